import { STATUS_CODES } from 'node:http';
import type { Fault } from '../domain/refusal.ts';
import { LIMITS } from '../limits.ts';
import { PROBLEM_TYPES, type ProblemCode, problemTypeUri } from './problem-catalogue.ts';

export const PROBLEM_MEDIA_TYPE = 'application/problem+json';

/** An RFC 9457 problem answer. `status` always equals the status line. */
export type Problem = {
  type: string;
  title: string;
  status: number;
  detail: string;
  instance: string;
  errors?: Fault[];
};

/** Builds a problem answer; faults beyond the limit are counted in `detail`, not listed. */
export function problemOf(
  code: ProblemCode,
  detail: string,
  requestId: string,
  faults: readonly Fault[] = [],
): Problem {
  const { status, title } = PROBLEM_TYPES[code];
  const beyond = faults.length - LIMITS.problemFaultsMax;
  return {
    type: problemTypeUri(code),
    title,
    status,
    detail: beyond > 0 ? `${detail} (${beyond} more faults are not listed)` : detail,
    instance: `urn:request:${requestId}`,
    ...(faults.length > 0 && { errors: faults.slice(0, LIMITS.problemFaultsMax).map((fault) => ({ ...fault })) }),
  };
}

/** The raw HTTP/1.1 answer for a connection that fails before there is a request. */
export function rawProblemAnswer(problem: Problem): string {
  const body = JSON.stringify(problem);
  return [
    `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status] ?? ''}`,
    `Content-Type: ${PROBLEM_MEDIA_TYPE}; charset=utf-8`,
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
    '',
    body,
  ].join('\r\n');
}
