import { Prisma } from '../prisma-client/client.ts';

/** Whether the version `v` of a query stands now, or stood at a clock reading. */
export function standing(atSeq: string | null): Prisma.Sql {
  if (atSeq === null) return Prisma.sql`v.superseded_by is null`;
  const isLater = (column: Prisma.Sql) =>
    Prisma.sql`exists (select from change c where c.id = ${column} and c.seq > ${atSeq}::bigint)`;
  return Prisma.sql`not ${isLater(Prisma.sql`v.change_id`)}
    and (v.superseded_by is null or ${isLater(Prisma.sql`v.superseded_by`)})`;
}

/** A row of a query for versions that stood: whose version it is, and the change that wrote it. */
export type StandingRow = { id: number; change_id: bigint };

/** Which versions to read with their owners: those of the given changes, which a list of the owners' own narrows down. */
export function ofChanges(found: readonly StandingRow[]): { changeId: { in: bigint[] } } {
  return { changeId: { in: found.map((row) => row.change_id) } };
}

/** The rows of a list in its order, each with the version that stood; what is gone since the list was read is left out. */
export function inOrder<Owner extends { id: number; versions: { changeId: bigint }[] }, Value>(
  owners: readonly Owner[],
  found: readonly StandingRow[],
  read: (owner: Owner) => Value | null,
): Value[] {
  return withStandingVersion(owners, found).flatMap((owner) => read(owner) ?? []);
}

/** The owners with the one version that stood: a change can have written versions of several of them. */
export function withStandingVersion<Owner extends { id: number; versions: { changeId: bigint }[] }>(
  owners: readonly Owner[],
  found: readonly StandingRow[],
): Owner[] {
  const byId = new Map(owners.map((owner) => [owner.id, owner]));
  return found.flatMap(({ id, change_id: changeId }) => {
    const owner = byId.get(id);
    if (owner === undefined) return [];
    return [{ ...owner, versions: owner.versions.filter((version) => version.changeId === changeId) }];
  });
}
