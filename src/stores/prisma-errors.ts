import { Refusal } from '../domain/refusal.ts';
import { toRefusal } from './errors.ts';

const UNIQUE_VIOLATION = '23505';
/** Prisma had no connection to begin with in time, or the transaction took longer than it may. */
const TRANSACTION_TIMEOUT = 'P2028';

type PrismaFailure = { code?: unknown; meta?: { driverAdapterError?: { cause?: { originalCode?: unknown } } } };

/** The server's SQLSTATE behind an error of Prisma. */
function sqlStateOf(error: unknown): string | null {
  if (!(error instanceof Error)) return null;
  const code = (error as PrismaFailure).meta?.driverAdapterError?.cause?.originalCode;
  return typeof code === 'string' ? code : null;
}

function busy(message: string, cause: unknown): Refusal {
  return new Refusal('busy', message, [], { cause });
}

/**
 * What the caller should hear when a transaction of Prisma failed: `busy` where sending the same again may help and is
 * harmless, otherwise the error itself. Configuration is written under locks, so that a unique key is only ever violated
 * by two first writes meeting.
 */
export function toPrismaRefusal(error: unknown): unknown {
  const sqlState = sqlStateOf(error);
  if (sqlState === UNIQUE_VIOLATION) return busy('Two writes met in the database; send the request again.', error);
  if ((error as PrismaFailure | null)?.code === TRANSACTION_TIMEOUT)
    return busy('The database did not get to this in time; send the request again.', error);
  if (sqlState === null) return toRefusal(error);
  const mapped = toRefusal(Object.assign(new Error('The database refused a statement.'), { code: sqlState }));
  return mapped instanceof Refusal ? busy(mapped.message, error) : error;
}
