import type { FastifyReply, FastifyRequest } from 'fastify';
import { LayoutQuestions } from '../../../domain/upload/layout-questions.ts';
import type { ReceivedUpload, UploadManner } from '../../../services/uploads/uploads.ts';
import { PROBLEM_MEDIA_TYPE } from '../../problem.ts';
import { toQuestionsProblem, toUploadAnswer, toUploadProblem } from './convert.ts';

const RESPOND_ASYNC = /(?:^|,)\s*respond-async\s*(?:[;,]|$)/i;

/** Whether the caller would rather not wait for the end (RFC 7240). */
function prefersAsync({ headers }: FastifyRequest): boolean {
  return RESPOND_ASYNC.test([headers.prefer ?? []].flat().join(','));
}

/** How an upload is asked for. Its address is in the answer from the moment it has one, whatever becomes of it. */
export function mannerOf(request: FastifyRequest, reply: FastifyReply): UploadManner {
  const isAsync = prefersAsync(request);
  return {
    isAsync,
    onStart(id) {
      reply.header('location', `/v1/uploads/${id}`);
      if (isAsync) reply.header('preference-applied', 'respond-async');
    },
  };
}

/** Sends the record of an upload: 201 at its end, 202 before, a problem where it was refused. */
export function sendUpload(request: FastifyRequest, reply: FastifyReply, { upload, refusal }: ReceivedUpload) {
  if (refusal instanceof LayoutQuestions)
    return reply
      .code(422)
      .type(PROBLEM_MEDIA_TYPE)
      .send(toQuestionsProblem(refusal, upload, request.id));
  if (refusal !== null) throw refusal;
  if (upload.status === 'processing') return reply.code(202).send(toUploadAnswer(upload));
  if (upload.status !== 'refused' || upload.result === null) return reply.code(201).send(toUploadAnswer(upload));
  return reply
    .code(422)
    .type(PROBLEM_MEDIA_TYPE)
    .send(toUploadProblem(upload, upload.result, request.id));
}
