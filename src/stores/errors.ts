import pg from 'pg';
import { Refusal } from '../domain/refusal.ts';

/**
 * What the caller should hear when the database did not do the work: `busy` (503, try again) where waiting may
 * help and repeating is harmless, since the same data written twice changes nothing; otherwise the error itself.
 * After a connection lost at COMMIT the work may have been done, so the message never says that it was not.
 */
export function toRefusal(error: unknown): unknown {
  if (error instanceof Refusal) return error;
  const code = errorCode(error);
  const message = code === undefined ? undefined : busyMessage(code);
  if (message !== undefined) return new Refusal('busy', message, [], { cause: error });
  if (isLostConnection(error)) return new Refusal('busy', LOST, [], { cause: error });
  return error;
}

/** Whether the connection an error came from can no longer be used. */
export function isLostConnection(error: unknown): boolean {
  const code = errorCode(error);
  if (code !== undefined) return LOST_CODES.has(code) || code.startsWith('08') || code.startsWith('57P');
  return error instanceof Error && LOST_MESSAGES.test(error.message);
}

const LOST = 'The database did not answer; send the request again.';

const LOST_CODES = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ENOENT', 'ETIMEDOUT', 'EHOSTUNREACH']);

/** pg reports these without a code. */
const LOST_MESSAGES =
  /^(Connection terminated|Client has encountered a connection error|timeout exceeded when trying to connect|Client was closed)/;

function busyMessage(code: string): string | undefined {
  if (code === '55P03') return 'Another write of the same meters is running; send the request again.';
  if (code === '40P01' || code === '40001') return 'Two writes met in the database; send the request again.';
  if (code === '53300') return 'The database has no free connection; send the request again.';
  return undefined;
}

function errorCode(error: unknown): string | undefined {
  if (error instanceof pg.DatabaseError) return error.code;
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.code;
  return undefined;
}
