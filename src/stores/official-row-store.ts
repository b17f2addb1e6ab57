import { Decimal } from '../domain/decimal.ts';
import type { SourceRow } from '../domain/found-factor.ts';
import type { FoundOfficialRow, OfficialRowFilter } from '../domain/found-official-row.ts';
import type { FactorRow, Prisma, PrismaClient } from './prisma-client/client.ts';

/** A factor with parts has a row for each gas; its own is the one of all gases, or the first there is. */
const isWhole = (ghg: string): boolean => /^kg co2e$/i.test(ghg.trim());

/** The rows of the publisher's files in which factors stand, by set id and key. */
export async function readSourceRows(
  prisma: PrismaClient,
  factors: readonly { setId: number; key: string }[],
): Promise<Map<string, SourceRow>> {
  const setIds = [...new Set(factors.map(({ setId }) => setId))];
  if (setIds.length === 0) return new Map();
  const rows = await prisma.factorRow.findMany({
    where: { setId: { in: setIds }, factorKey: { in: [...new Set(factors.map(({ key }) => key))] } },
    orderBy: { rowNumber: 'asc' },
    include: { file: true },
  });
  const found = new Map<string, SourceRow>();
  const whole = new Set<string>();
  for (const { setId, factorKey, ghg, rowNumber, rowId, file } of rows) {
    const at = `${setId} ${factorKey}`;
    if (whole.has(at) || (found.has(at) && !isWhole(ghg))) continue;
    if (isWhole(ghg)) whole.add(at);
    found.set(at, { fileSha256: file.sha256, sheet: file.sheet, rowNumber, rowId });
  }
  return found;
}

function fromRow({ setId: _, value, ...row }: FactorRow): FoundOfficialRow {
  return { ...row, value: value === null ? null : new Decimal(value.toString()) };
}

function whereFilter(filter: OfficialRowFilter): Prisma.FactorRowWhereInput {
  const { text, scope, level1, uom, factorKey, blank, after } = filter;
  const conditions: Prisma.FactorRowWhereInput[] = [{ file: { set: { key: filter.set, version: filter.version } } }];
  const like = (part: string) => ({ contains: part.replace(/[\\%_]/g, '\\$&'), mode: 'insensitive' }) as const;
  const same = (whole: string) => ({ equals: whole, mode: 'insensitive' }) as const;
  for (const word of text?.split(/\s+/) ?? [])
    conditions.push({
      OR: [
        ...(['level1', 'level2', 'level3', 'level4', 'columnText', 'uom', 'ghg'] as const).map((column) => ({
          [column]: like(word),
        })),
        { rowId: word },
      ],
    });
  if (scope !== null) conditions.push({ scope: same(scope) });
  if (level1 !== null) conditions.push({ level1: same(level1) });
  if (uom !== null) conditions.push({ uom: same(uom) });
  if (factorKey !== null) conditions.push({ factorKey });
  if (blank !== null) conditions.push({ value: blank ? null : { not: null } });
  if (after !== null) conditions.push({ rowNumber: { gt: after } });
  return { AND: conditions };
}

/** Reads the rows of publishers' files. */
export function createOfficialRowStore(prisma: PrismaClient) {
  return {
    /** Rows that pass a filter, in the order of the file. */
    async findRows(filter: OfficialRowFilter): Promise<FoundOfficialRow[]> {
      const where = whereFilter(filter);
      const rows = await prisma.factorRow.findMany({ where, orderBy: { rowNumber: 'asc' }, take: filter.limit });
      return rows.map(fromRow);
    },
  };
}
