import type { ProblemCode } from './problem-catalogue.ts';

/** A refusal by the HTTP layer itself, with the headers its status calls for. `message` is public. */
export class ProtocolError extends Error {
  readonly code: ProblemCode;
  readonly headers: Readonly<Record<string, string>>;

  constructor(code: ProblemCode, message: string, headers: Readonly<Record<string, string>> = {}) {
    super(message);
    this.name = 'ProtocolError';
    this.code = code;
    this.headers = headers;
  }
}
