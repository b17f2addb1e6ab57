import { randomUUID } from 'node:crypto';
import type { Socket } from 'node:net';
import type { ConnectionError } from 'fastify';
import { problemOf, rawProblemAnswer } from './problem.ts';
import type { ProblemCode } from './problem-catalogue.ts';

const CAUSES: Readonly<Record<string, { code: ProblemCode; detail: string }>> = {
  HPE_HEADER_OVERFLOW: { code: 'headers-too-large', detail: 'The headers of the request are too large' },
  ERR_HTTP_REQUEST_TIMEOUT: { code: 'request-timeout', detail: 'The request did not arrive in time' },
};

/** Answers bytes that are no HTTP request: there is no request object yet, so the answer is written to the socket. */
export function answerClientError(error: ConnectionError, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return;
  const cause = CAUSES[error.code] ?? { code: 'invalid-request', detail: 'What was sent is not a valid HTTP request' };
  if (socket.writable) socket.write(rawProblemAnswer(problemOf(cause.code, cause.detail, randomUUID())));
  socket.destroy(error);
}
