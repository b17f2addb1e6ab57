import type { PoolClient } from 'pg';
import type { EstimateSums } from '../../domain/estimation/own-estimate.ts';
import { conversionsOfDays, energySums } from '../../domain/gas/convert-totals.ts';
import { groupBy } from '../../domain/group-by.ts';
import type { IntervalProfile } from '../../domain/interval-profile.ts';
import { addDays, type DaySpan, earlier, type LocalDay, later } from '../../domain/local-day.ts';
import { type ReceivedProfile, type RefusedDay, type SettledMeter, settleMeter } from '../../domain/settle-meter.ts';
import type { DaySums, SpanConflict, SpanTotal } from '../../domain/span-totals.ts';
import type { HeatingShape } from '../../domain/weather/heating-weights.ts';
import type { GasContexts } from '../gas/gas-contexts.ts';
import { storeConversions } from '../gas/gas-conversions.ts';
import { heatingShapes } from '../weather/heating-shapes.ts';
import { currentEstimateSums } from './gap-estimates.ts';
import { stageDays } from './stage.ts';

/** Staged days that meet a stored profile they do not replace whole, or another staged row of the same day. */
const UNSETTLED_DAYS = `
select i.meter_id, i.day
from meter_day_stage i
join meter_day d on d.meter_id = i.meter_id and d.day = i.day
where d.intervals is not null and i.intervals is not null
  and (i.estimated_minutes > 0 or i.actual_minutes < i.resolution_minutes * cardinality(i.intervals))
union
select i.meter_id, i.day from meter_day_stage i group by i.meter_id, i.day having count(*) > 1
union
select i.meter_id, i.day
from meter_day_stage i
join gap_estimate g on g.meter_id = i.meter_id and g.day = i.day and g.superseded_by is null
where i.quantity_micro is null`;

const STAGED_EDGES = `
select i.meter_id, min(i.day) as first_day, max(i.day) as last_day
from meter_day_stage i where i.meter_id = any($1::integer[]) group by i.meter_id`;

const TAKE_STAGED = `
delete from meter_day_stage i using unnest($1::integer[], $2::date[]) w(meter_id, day)
where i.meter_id = w.meter_id and i.day = w.day
returning i.meter_id, i.day, i.resolution_minutes, i.quality, i.intervals, i.line`;

const STORED_DAYS = `
select d.meter_id, d.day, d.resolution_minutes, d.quality, d.intervals
from meter_day d join unnest($1::integer[], $2::date[]) w(meter_id, day) on d.meter_id = w.meter_id and d.day = w.day`;

/** Days settled in one round trip: enough to make trips few, few enough to keep memory small. */
const DAYS_PER_BATCH = 5_000;

type ProfileRow = {
  meter_id: number;
  day: LocalDay;
  resolution_minutes: number | null;
  quality: string | null;
  intervals: (number | null)[] | null;
  line?: number | null;
};

function profileOf(row: ProfileRow): IntervalProfile | null {
  if (row.resolution_minutes === null || row.intervals === null) return null;
  return { resolutionMinutes: row.resolution_minutes, values: row.intervals, quality: row.quality };
}

/** Staged days of meters that are read in a volume: their sums are not the quantities that count. */
const STAGED_VOLUMES = 'select distinct i.meter_id, i.day from meter_day_stage i where i.meter_id = any($1::integer[])';

/** Days to settle, by meter: those that meet stored evidence or need converting, and every day of the spans they touch. */
async function daysToSettle(
  client: PoolClient,
  spans: ReadonlyMap<number, readonly SpanTotal[]>,
  touched: ReadonlyMap<number, readonly DaySpan[]>,
  mode: StagedEvidence,
  gas: GasContexts,
): Promise<Map<number, Set<LocalDay>>> {
  const days = new Map<number, Set<LocalDay>>();
  const daysOf = (meterId: number): Set<LocalDay> => {
    const set = days.get(meterId) ?? new Set();
    days.set(meterId, set);
    return set;
  };
  if (mode === 'merge') {
    const unsettled = await client.query<{ meter_id: number; day: LocalDay }>(UNSETTLED_DAYS);
    for (const row of unsettled.rows) daysOf(row.meter_id).add(row.day);
  }
  const inVolume = [...gas].flatMap(([meterId, { volumeUnit }]) => (volumeUnit === null ? [] : meterId));
  if (inVolume.length > 0) {
    const { rows } = await client.query<{ meter_id: number; day: LocalDay }>(STAGED_VOLUMES, [inVolume]);
    for (const row of rows) daysOf(row.meter_id).add(row.day);
  }

  if (spans.size === 0 && touched.size === 0) return days;
  const staged = await client.query<{ meter_id: number; first_day: LocalDay; last_day: LocalDay }>(STAGED_EDGES, [
    [...spans.keys()],
  ]);
  const windows = new Map(
    staged.rows.map((row) => [row.meter_id, { start: row.first_day, end: addDays(row.last_day, 1) }]),
  );
  for (const meterId of new Set([...spans.keys(), ...touched.keys()])) {
    const moved = [...(touched.get(meterId) ?? [])];
    const window = windows.get(meterId);
    if (window !== undefined) moved.push(window);
    if (moved.length === 0) continue;
    for (const span of [...(touched.get(meterId) ?? []), ...overlapClosure(spans.get(meterId) ?? [], moved)]) {
      for (let day = span.start; day < span.end; day = addDays(day, 1)) daysOf(meterId).add(day);
    }
  }
  return days;
}

/** The spans that share days with `moved`, and the spans that share days with those, and so on. */
function overlapClosure<T extends DaySpan>(spans: readonly T[], moved: readonly DaySpan[]): T[] {
  let start = moved.reduce((day, span) => earlier(day, span.start), moved[0]?.start ?? '');
  let end = moved.reduce((day, span) => later(day, span.end), moved[0]?.end ?? '');
  let found: T[] = [];
  for (;;) {
    const next = spans.filter((span) => span.start < end && start < span.end);
    if (next.length === found.length) return next;
    found = next;
    start = found.reduce((day, span) => earlier(day, span.start), start);
    end = found.reduce((day, span) => later(day, span.end), end);
  }
}

/** What settling found. */
export type Settlement = {
  keptActual: number;
  conflicts: (SpanConflict & { meterId: number })[];
  refused: RefusedDay[];
  /** Conversions of gas intervals that were ended or written. */
  conversionsWritten: number;
};

type MeterDays = { meterId: number; days: LocalDay[] };

/** Cuts the work into batches of whole meters, ascending. */
function batchesOf(days: ReadonlyMap<number, ReadonlySet<LocalDay>>): MeterDays[][] {
  const batches: MeterDays[][] = [];
  let size = DAYS_PER_BATCH;
  for (const meterId of [...days.keys()].sort((a, b) => a - b)) {
    const own = [...(days.get(meterId) ?? [])].sort();
    if (size >= DAYS_PER_BATCH) {
      batches.push([]);
      size = 0;
    }
    batches.at(-1)?.push({ meterId, days: own });
    size += own.length;
  }
  return batches;
}

const byMeter = (rows: readonly ProfileRow[]) => groupBy(rows, (row) => row.meter_id);

/**
 * How staged profiles meet stored ones: `merge`, as arriving data does; `instead`, as the whole evidence of their days, where
 * an earlier state is brought back. A day staged `instead` without a profile has none from then on.
 */
export type StagedEvidence = 'merge' | 'instead';

/** Whether the estimates of a staged row, known by its line, are to replace actual values (rule E2). */
export type ReplacingLines = (line: number | null) => boolean;

const NONE_REPLACES: ReplacingLines = () => false;

function receivedFrom(row: ProfileRow, replaces: ReplacingLines): ReceivedProfile[] {
  const profile = profileOf(row);
  const line = row.line ?? null;
  return profile === null ? [] : [{ profile, line, replaceActual: replaces(line) }];
}

function settleOne(
  { meterId, days }: MeterDays,
  mode: StagedEvidence,
  replaces: ReplacingLines,
  staged: readonly ProfileRow[],
  stored: readonly ProfileRow[],
  totals: readonly SpanTotal[],
  estimates: ReadonlyMap<LocalDay, EstimateSums>,
  sumsOf: DaySums | undefined,
  heating: HeatingShape | undefined,
): SettledMeter {
  const merged = mode === 'instead' ? [] : [...staged].sort((a, b) => (a.line ?? 0) - (b.line ?? 0));
  const received = new Map(
    [...groupBy(merged, ({ day }) => day)].map(
      ([day, rows]) => [day, rows.flatMap((row) => receivedFrom(row, replaces))] as const,
    ),
  );
  const profiles = new Map<LocalDay, IntervalProfile>();
  for (const row of stored) {
    const profile = profileOf(row);
    if (profile !== null) profiles.set(row.day, profile);
  }
  for (const row of mode === 'instead' ? staged : []) {
    const profile = profileOf(row);
    if (profile === null) profiles.delete(row.day);
    else profiles.set(row.day, profile);
  }
  const first = days[0] ?? '';
  const last = days.at(-1) ?? '';
  const spans = totals.filter((span) => span.start <= last && first < span.end);
  const inSpans = spans.filter((span) => days.some((day) => span.start <= day && day < span.end));
  // Where another state is brought back, what was estimated beside the one before it ends.
  const brought = new Set(mode === 'instead' ? staged.map((row) => row.day) : []);
  const standing = new Map([...estimates].filter(([day]) => !brought.has(day)));
  const evidence = { meterId, stored: profiles, received, spans: inSpans, estimates: standing, sumsOf, heating, days };
  const settled = settleMeter(evidence);
  // A day of which nothing is known gets a row only where it replaces one.
  const known = new Set(stored.map((row) => row.day));
  return {
    ...settled,
    days: settled.days.filter((day) => day.quantityMicro !== null || day.profile !== null || known.has(day.day)),
  };
}

/**
 * Brings the staged days of locked meters together with what is stored: partial and estimated profiles are merged, the
 * totals of spans spread over the time that nothing better covers, and volumes of gas turned into energy. Afterwards the
 * stage holds one row a day, as it is to be stored. Without a change to keep them under, conversions of gas are not kept.
 */
export async function settleStage(
  client: PoolClient,
  spans: ReadonlyMap<number, readonly SpanTotal[]>,
  touched: ReadonlyMap<number, readonly DaySpan[]>,
  gas: GasContexts,
  changeId: string | null,
  mode: StagedEvidence = 'merge',
  replaces: ReplacingLines = NONE_REPLACES,
): Promise<Settlement> {
  const settlement: Settlement = { keptActual: 0, conflicts: [], refused: [], conversionsWritten: 0 };
  const heating = await heatingShapes(client, spans);
  for (const batch of batchesOf(await daysToSettle(client, spans, touched, mode, gas))) {
    const meterIds = batch.flatMap(({ meterId, days }) => days.map(() => meterId));
    const days = batch.flatMap((entry) => entry.days);
    const staged = byMeter((await client.query<ProfileRow>(TAKE_STAGED, [meterIds, days])).rows);
    const stored = byMeter((await client.query<ProfileRow>(STORED_DAYS, [meterIds, days])).rows);
    const estimates = await currentEstimateSums(client, meterIds, days);
    for (const entry of batch) {
      const { meterId } = entry;
      const context = gas.get(meterId);
      const settled = settleOne(
        entry,
        mode,
        replaces,
        staged.get(meterId) ?? [],
        stored.get(meterId) ?? [],
        spans.get(meterId) ?? [],
        estimates.get(meterId) ?? new Map(),
        energySums(context),
        heating.get(meterId),
      );
      await stageDays(client, settled.days);
      if (changeId !== null && context !== undefined && context.volumeUnit !== null) {
        const conversions = conversionsOfDays(settled.days, context);
        settlement.conversionsWritten += await storeConversions(
          client,
          meterId,
          ['interval'],
          entry.days,
          conversions,
          changeId,
        );
      }
      settlement.keptActual += settled.keptActual;
      settlement.conflicts.push(...settled.conflicts.map((conflict) => ({ ...conflict, meterId })));
      settlement.refused.push(...settled.refused);
    }
  }
  return settlement;
}
