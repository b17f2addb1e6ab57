import { Refusal } from '../../domain/refusal.ts';
import { toRefusal } from '../errors.ts';
import type { SentError } from './worker-messages.ts';

/** Makes an error that can be sent to another thread. */
export function toSentError(thrown: unknown): SentError {
  const error = toRefusal(thrown);
  if (error instanceof Refusal)
    return { refusal: { code: error.code, faults: error.faults }, message: error.message, stack: error.stack };
  if (error instanceof Error) return { refusal: null, message: error.message, stack: error.stack };
  return { refusal: null, message: String(error), stack: undefined };
}

/** Makes the error again. */
export function fromSentError({ refusal, message, stack }: SentError): Error {
  const error = refusal === null ? new Error(message) : new Refusal(refusal.code, message, refusal.faults);
  if (stack !== undefined) error.stack = stack;
  return error;
}
