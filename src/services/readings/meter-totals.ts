import { type BillEvidence, type UsedBill, usesOfBills } from '../../domain/bill-uses.ts';
import type { StoredBilledPeriod } from '../../domain/billed-period.ts';
import type { Estate } from '../../domain/estate.ts';
import type { IntervalProfile } from '../../domain/interval-profile.ts';
import type { LocalDay } from '../../domain/local-day.ts';
import { Refusal } from '../../domain/refusal.ts';
import { type UsedRead, usesOfReads } from '../../domain/registers/read-uses.ts';
import type { RegisterMeter, StoredRead } from '../../domain/registers/register-read.ts';
import { spansOfReads } from '../../domain/registers/register-spans.ts';
import { type Page, type PageRequest, pageOf } from '../page.ts';

/** When a bill or read came, in which file, and when another took its place. */
export type Kept = { recordedAt: Date; upload: string | null; supersededAt: Date | null };

/** All bills and register reads of one meter, those that were superseded too, in the order of their days. */
export type KeptTotals = {
  bills: readonly (StoredBilledPeriod & Kept)[];
  reads: readonly (StoredRead & Kept)[];
  meter: RegisterMeter;
  /** The intervals of all days that bills and reads touch. */
  profiles: ReadonlyMap<LocalDay, IntervalProfile>;
};

/** What listing bills and register reads needs. */
export type MeterTotalsDeps = { currentEstate(): Promise<Estate>; keptTotals(meterId: number): Promise<KeptTotals> };

/** A bill with what became of it. */
export type ListedBill = StoredBilledPeriod & Kept & UsedBill;
/** A register read with what became of it. */
export type ListedRead = StoredRead & Kept & UsedRead;

/** `countsEnergy`: intervals and reads are in the unit of the bills, so that these can be set against them. */
type ComparedTotals = KeptTotals & { countsEnergy: boolean };

async function totalsOf(deps: MeterTotalsDeps, key: string): Promise<ComparedTotals> {
  const meter = (await deps.currentEstate()).meters.find((candidate) => candidate.key === key);
  if (meter === undefined) throw new Refusal('unknown-meter', `There is no meter '${key}'`);
  const kept = await deps.keptTotals(meter.id);
  // Bills of gas are in kWh; intervals and reads of a volume are no measure for them.
  const countsEnergy = meter.readingUnit === meter.unit;
  return { ...kept, countsEnergy, profiles: countsEnergy ? kept.profiles : new Map() };
}

const ID_DIGITS = 20;

/** Where an entry stands in its list: by day, and among those of a day in the order in which they came. */
const positionOf = (day: LocalDay, id: string): string => `${day} ${id.padStart(ID_DIGITS, '0')}`;

function pageBy<Row>(rows: readonly Row[], position: (row: Row) => string, { after, limit }: PageRequest): Page<Row> {
  const rest = rows.filter((row) => after === null || position(row) > after);
  return pageOf(rest.slice(0, limit + 1), limit, position);
}

/**
 * The bills of a meter, in the order of their days, each with what became of it (rules E1, E3).
 * @throws Refusal `unknown-meter`.
 */
export async function listBills(deps: MeterTotalsDeps, key: string, request: PageRequest): Promise<Page<ListedBill>> {
  const kept = await totalsOf(deps, key);
  const reads = kept.reads.filter(({ supersededAt }) => supersededAt === null);
  const standing = kept.bills.filter(({ supersededAt }) => supersededAt === null);
  const { profiles } = kept;
  const registerTotals = kept.countsEnergy ? spansOfReads(reads, kept.meter) : [];
  const evidence: BillEvidence = { standing, registerTotals, profiles };
  const uses = usesOfBills(evidence);
  const credited = new Set(standing.map(({ credits }) => credits?.id));
  const rows = kept.bills.map((bill): ListedBill => {
    const gone: UsedBill = {
      use: credited.has(bill.id) ? 'cancelled' : 'superseded',
      span: null,
      reconciliation: null,
    };
    return { ...bill, ...(uses.get(bill.id) ?? gone) };
  });
  return pageBy(rows, ({ start, id }) => positionOf(start, id), request);
}

/**
 * The register reads of a meter, in the order of their days, each with what became of it (rules E2, E3, E10).
 * @throws Refusal `unknown-meter`.
 */
export async function listReads(deps: MeterTotalsDeps, key: string, request: PageRequest): Promise<Page<ListedRead>> {
  const kept = await totalsOf(deps, key);
  const uses = usesOfReads(
    kept.reads.filter(({ supersededAt }) => supersededAt === null),
    kept.meter,
  );
  const rows = kept.reads.map(
    (read): ListedRead => ({ ...read, ...(uses.get(read.id) ?? { use: 'superseded', advance: null }) }),
  );
  return pageBy(rows, ({ day, id }) => positionOf(day, id), request);
}
