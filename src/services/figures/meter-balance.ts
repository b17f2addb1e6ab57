import type { Interval } from '../../domain/buckets.ts';
import { localDayOf } from '../../domain/calendar.ts';
import type { EstateMeter } from '../../domain/estate.ts';
import type { LocalDay } from '../../domain/local-day.ts';
import { type BalanceRow, balanceRows, planBalance } from '../../domain/meter-balance.ts';
import type { Period } from '../../domain/period.ts';
import { Refusal } from '../../domain/refusal.ts';
import { LIMITS } from '../../limits.ts';
import { type FigureDeps, refuseTooLong } from './answer-figure.ts';

/** A meter against the ones that it feeds. */
export type MeterBalance = { meter: EstateMeter; period: Period; today: LocalDay; rows: BalanceRow[] };

/**
 * Sets a meter against the ones that it feeds directly.
 * @throws Refusal `unknown-meter`; `invalid-period` for a period that is too long; `invalid-request` for too many rows.
 */
export async function meterBalance(
  deps: Pick<FigureDeps, 'now' | 'currentEstate' | 'usage'>,
  key: string,
  period: Period,
  interval: Interval,
): Promise<MeterBalance> {
  refuseTooLong(period);
  const estate = await deps.currentEstate();
  const meter = estate.meters.find((candidate) => candidate.key === key);
  if (meter === undefined) throw new Refusal('unknown-meter', `There is no meter '${key}'`);
  const today = localDayOf(deps.now());
  const plan = planBalance(estate, meter, period, interval, today);
  const count = plan.buckets.length * plan.meters.length;
  if (count > LIMITS.figureRowsMax) {
    const detail = `the answer may have ${count} rows: expected at most ${LIMITS.figureRowsMax}; ask for a longer interval or a shorter period`;
    throw new Refusal('invalid-request', detail, [{ pointer: '?interval', code: 'too-many-rows', detail }]);
  }
  const segments = plan.segments.map(({ segment, stream }) => ({
    meterId: segment.meter.id,
    stream,
    start: segment.start,
    end: segment.end,
  }));
  const usage = await deps.usage.readUsage({ segments, cells: plan.cells });
  return { meter, period, today, rows: balanceRows(plan, usage, today) };
}
