import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { fastifyPlugin } from 'fastify-plugin';
import { type Fault, Refusal } from '../../domain/refusal.ts';
import { LIMITS } from '../../limits.ts';
import { PROBLEM_MEDIA_TYPE, problemOf } from '../problem.ts';
import type { ProblemCode } from '../problem-catalogue.ts';
import { ProtocolError } from '../protocol-error.ts';
import { faultsOf, type RequestPart } from '../validation-faults.ts';

/** The only text a caller ever gets for a fault of the service. */
const INTERNAL_DETAIL =
  'The service failed while answering. Nothing was changed. The instance names this request in the log.';

type Outcome = {
  code: ProblemCode;
  detail: string;
  faults?: readonly Fault[];
  headers?: Readonly<Record<string, string>>;
};

function bodyLimitOf(request: FastifyRequest): number {
  return request.routeOptions.bodyLimit ?? LIMITS.configurationBodyBytesMax;
}

/** Fastify's own errors that a caller can raise, and what to say of them. */
const FRAMEWORK: Readonly<Record<string, (request: FastifyRequest) => Outcome>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: (request) => ({
    code: 'payload-too-large',
    detail: `The body is larger than the ${bodyLimitOf(request)} bytes that this address takes`,
  }),
  FST_ERR_CTP_INVALID_MEDIA_TYPE: (request) => ({
    code: 'unsupported-media-type',
    detail: `Content-Type '${request.headers['content-type'] ?? ''}' is not taken here: expected application/json`,
  }),
  FST_ERR_CTP_EMPTY_JSON_BODY: () => ({
    code: 'invalid-request',
    detail: 'The body is empty, yet Content-Type says it is JSON: send a JSON object, or no Content-Type',
  }),
  FST_ERR_CTP_INVALID_JSON_BODY: () => ({ code: 'invalid-request', detail: 'The body is not valid JSON' }),
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: () => ({
    code: 'invalid-request',
    detail: 'The body is not as long as Content-Length says',
  }),
  FST_ERR_BAD_URL: () => ({ code: 'invalid-request', detail: 'The address is not a valid percent-encoded path' }),
  FST_ERR_MAX_PARAM_LENGTH: () => ({
    code: 'uri-too-long',
    detail: `A part of the address is longer than ${LIMITS.pathSegmentLengthMax} characters`,
  }),
};

const BY_STATUS: Readonly<Record<number, ProblemCode>> = {
  408: 'request-timeout',
  413: 'payload-too-large',
  414: 'uri-too-long',
  415: 'unsupported-media-type',
  503: 'busy',
};

function validationOutcome(error: FastifyError): Outcome {
  const faults = faultsOf(error.validation ?? [], (error.validationContext ?? 'body') as RequestPart);
  const first = faults[0]?.detail ?? 'The request does not have the expected form';
  const detail = faults.length > 1 ? `${faults.length} faults, the first: ${first}` : first;
  return { code: 'invalid-request', detail, faults };
}

function outcomeOf(error: FastifyError | Refusal | ProtocolError, request: FastifyRequest): Outcome {
  // Anything can be thrown, also what is no error.
  if (!(error instanceof Error)) return { code: 'internal-error', detail: INTERNAL_DETAIL };
  if (error instanceof Refusal) return { code: error.code, detail: error.message, faults: error.faults };
  if (error instanceof ProtocolError) return { code: error.code, detail: error.message, headers: error.headers };
  if (error.validation !== undefined) return validationOutcome(error);
  const framework = FRAMEWORK[error.code];
  if (framework !== undefined) return framework(request);
  const status = error.statusCode ?? 500;
  const code = BY_STATUS[status];
  if (code !== undefined) return { code, detail: 'The request could not be taken' };
  if (status >= 400 && status < 500) return { code: 'invalid-request', detail: 'The request could not be read' };
  return { code: 'internal-error', detail: INTERNAL_DETAIL };
}

/** Answers any error with a problem document. Faults of the service go whole to the log and never to the caller. */
export function sendProblem(
  error: FastifyError | Refusal | ProtocolError,
  request: FastifyRequest,
  reply: FastifyReply,
) {
  const outcome = outcomeOf(error, request);
  const problem = problemOf(outcome.code, outcome.detail, request.id, outcome.faults);
  if (problem.status >= 500) request.log.error({ err: error }, 'request failed');
  if (problem.status === 503) reply.header('retry-after', LIMITS.retryAfterSeconds);
  return reply
    .code(problem.status)
    .headers({ 'cache-control': 'no-store', ...outcome.headers })
    .type(PROBLEM_MEDIA_TYPE)
    .send(problem);
}

/** Sets the error handler of the whole application. */
export const problemDetails = fastifyPlugin(
  async (app) => {
    app.setErrorHandler(sendProblem);
  },
  { name: 'problem-details' },
);
