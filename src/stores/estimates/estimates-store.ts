import type { Pool, PoolClient } from 'pg';
import { estimateMeter } from '../../domain/estimation/estimate-meter.ts';
import { type DayEstimate, estimateSums } from '../../domain/estimation/own-estimate.ts';
import { energySums } from '../../domain/gas/convert-totals.ts';
import type { LocalDay } from '../../domain/local-day.ts';
import { meterDayOf, withEstimate } from '../../domain/settle-meter.ts';
import { intervalsOnly } from '../../domain/span-totals.ts';
import type { EstimateOutcome, EstimatesStore, EstimateWork } from '../../services/estimates/estimates-store.ts';
import { inChange, withConnection } from '../change.ts';
import { readCheckedDays, readMeterTotals } from '../evidence-reader.ts';
import { readKeptFactors } from '../gas/conversions-reader.ts';
import { gasContexts } from '../gas/gas-contexts.ts';
import { endEstimates, insertEstimates, knownEstimates, type MeterEstimate } from '../readings/gap-estimates.ts';
import { openStage, type StagedDay, stageDays } from '../readings/stage.ts';
import { touchedMeters } from '../readings/touched-meters.ts';
import { lockMeters, writeStagedDays } from '../readings/write-meter-days.ts';

/** What is to be written: new or other estimates, estimates that end, and the days as they will stand. */
type Plan = {
  outcome: EstimateOutcome;
  fresh: MeterEstimate[];
  ended: { meterId: number; day: LocalDay }[];
  staged: StagedDay[];
};

const METERS_PER_BATCH = 16;

const isSame = (a: DayEstimate, b: DayEstimate | undefined): boolean =>
  b !== undefined &&
  a.resolutionMinutes === b.resolutionMinutes &&
  a.values.every((value, index) => value === b.values[index]) &&
  JSON.stringify(a.parts.map(inOrder)) === JSON.stringify(b.parts.map(inOrder));

/** A part with its members in one order: stored JSON comes back in another. */
function inOrder({ method, from, to, inputs }: DayEstimate['parts'][number]): unknown[] {
  return [method, from, to, Object.entries(inputs).sort(([a], [b]) => (a < b ? -1 : 1))];
}

async function planBatch(client: PoolClient, work: EstimateWork, batch: EstimateWork['meters'], plan: Plan) {
  const { rules, window } = work;
  const ids = batch.map(({ meter }) => meter.id);
  const factors = await readKeptFactors(client, ids, window);
  const days = await readCheckedDays(client, ids, window, true, factors);
  const totals = await readMeterTotals(client, ids);
  const standing = await knownEstimates(client, ids, rules.asked);
  const gas = await gasContexts(client, ids, new Set());
  for (const { meter, service, dayTypeOf, heatingModelOf } of batch) {
    const sumsOf = energySums(gas.get(meter.id));
    const stored = days.get(meter.id) ?? [];
    const gaps = estimateMeter(
      {
        meter,
        service,
        stored,
        factors: factors.get(meter.id) ?? new Map(),
        dayTypeOf,
        heatingModelOf,
        ...(totals.get(meter.id) ?? { bills: [], totals: [] }),
      },
      rules,
    );
    plan.outcome.meters.push({ meter, gaps });
    const before = new Map((standing.get(meter.id) ?? []).map((estimate) => [estimate.day, estimate]));
    const profiles = new Map(stored.map(({ day, profile }) => [day, profile]));
    const staged = (day: LocalDay) => {
      const profile = profiles.get(day) ?? null;
      return meterDayOf(meter.id, day, profile, intervalsOnly(day, profile, sumsOf));
    };
    for (const estimate of gaps.days) {
      const { day } = estimate;
      const stays = isSame(estimate, before.get(day));
      before.delete(day);
      if (stays) continue;
      plan.fresh.push({ meterId: meter.id, estimate });
      plan.staged.push(withEstimate(staged(day), estimateSums(estimate)));
    }
    for (const day of before.keys()) {
      plan.ended.push({ meterId: meter.id, day });
      plan.staged.push(staged(day));
    }
  }
}

async function planAll(client: PoolClient, work: EstimateWork): Promise<Plan> {
  const outcome: EstimateOutcome = { meters: [], daysWritten: 0, daysEnded: 0, seq: null };
  const plan: Plan = { outcome, fresh: [], ended: [], staged: [] };
  for (let first = 0; first < work.meters.length; first += METERS_PER_BATCH)
    await planBatch(client, work, work.meters.slice(first, first + METERS_PER_BATCH), plan);
  outcome.daysWritten = plan.fresh.length;
  outcome.daysEnded = plan.ended.length;
  return plan;
}

/**
 * Keeps estimates in PostgreSQL, by the same write as readings: meters locked first, evidence read under the lock,
 * revisions of what is replaced, the clock last.
 */
export function makeEstimatesStore(pool: Pool): EstimatesStore {
  return {
    estimate: (work) =>
      withConnection(pool, async (client) => {
        await openStage(client);
        const stamp = { kind: 'estimation', principal: work.principal, uploadId: null, config: false } as const;
        const { result, stamped } = await inChange(client, stamp, async (drawChangeId) => {
          await lockMeters(
            client,
            work.meters.map(({ meter }) => meter.id),
          );
          const plan = await planAll(client, work);
          const { outcome, fresh, ended, staged } = plan;
          if (work.dryRun || staged.length === 0) return { touched: null, result: outcome };
          const changeId = await drawChangeId();
          await stageDays(client, staged);
          const { touched } = await writeStagedDays(client, changeId);
          const moved = [...ended, ...fresh.map(({ meterId, estimate }) => ({ meterId, day: estimate.day }))];
          await endEstimates(client, moved, changeId);
          await insertEstimates(client, fresh, changeId);
          return { touched: touchedMeters(touched), result: outcome };
        });
        return { ...result, seq: stamped?.seq.toString() ?? null };
      }),
  };
}
