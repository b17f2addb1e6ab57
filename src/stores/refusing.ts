import { toPrismaRefusal } from './prisma-errors.ts';

/**
 * The same reads, but a database that does not answer becomes a refusal the caller can act on (`busy`) instead of a
 * fault of the service.
 */
export function refusing<Reads extends object>(reads: Reads): Reads {
  const wrapped = Object.entries(reads).map(([name, read]: [string, (...args: unknown[]) => Promise<unknown>]) => [
    name,
    (...args: unknown[]) =>
      read(...args).catch((error: unknown) => {
        throw toPrismaRefusal(error);
      }),
  ]);
  return Object.fromEntries(wrapped) as Reads;
}
