import { spansOfBills } from '../bill-spans.ts';
import type { StoredBilledPeriod } from '../billed-period.ts';
import type { EstateMeter } from '../estate.ts';
import { addWorkingDays } from '../like-days.ts';
import { addDays, type DaySpan, daysBetween, type LocalDay, later, lengthDays } from '../local-day.ts';
import type { CheckSettings } from './check-settings.ts';
import type { MeterFinding } from './finding.ts';
import { medianOf } from './meter-series.ts';

/** Bills up to this long come by the month, the others by the quarter or less often. */
const MONTHLY_DAYS_MAX = 45;
const QUARTER_DAYS_MAX = 100;

type Due = { by: LocalDay; rule: string };

/** The days of bills, and of deliveries those until the next: how long it commonly is from one to another. */
export function expectedLengths(bills: readonly StoredBilledPeriod[]): DaySpan[] {
  const own = bills.filter(({ isDelivery }) => isDelivery !== true);
  const delivered = spansOfBills(bills).filter((each) => each.bills.some(({ isDelivery }) => isDelivery === true));
  return [...own, ...delivered.map(({ span }) => span)];
}

/** When the data after the last day should have come. A bill that covers more than a quarter has its own length to wait. */
function dueAfter(
  meter: EstateMeter,
  last: LocalDay,
  bills: readonly DaySpan[],
  settings: CheckSettings['overdue'],
): Due {
  const after = (days: number, rule: string): Due => {
    const allowed = Math.max(days, meter.usualDelayDays ?? 0);
    return { by: addDays(last, allowed), rule: `${allowed} days after ${rule}` };
  };
  if (meter.kind === 'register') return after(settings.registerDays, 'the last reading');
  if (meter.kind === 'interval') {
    if (meter.activity !== 'electricity') return after(settings.amrDays, 'the last day');
    const by = addWorkingDays(last, settings.halfHourlyWorkingDays);
    const usual = addDays(last, meter.usualDelayDays ?? 0);
    return { by: later(by, usual), rule: `${settings.halfHourlyWorkingDays} working days after the last day` };
  }
  const rule = 'the last bill ends';
  if (meter.activity === 'water' || meter.activity === 'wastewater') return after(settings.waterBillDays, rule);
  const length = bills.length === 0 ? MONTHLY_DAYS_MAX : medianOf(bills.map(lengthDays));
  if (length <= MONTHLY_DAYS_MAX) return after(settings.monthlyBillDays, rule);
  if (length <= QUARTER_DAYS_MAX) return after(settings.quarterlyBillDays, rule);
  return after(Math.round(length) + settings.monthlyBillDays, rule);
}

/**
 * A meter whose data should have come by now (rule E12), by the kind of data that is expected from it. `lastDay` is the
 * last day that evidence gives a quantity; null where there is none.
 */
export function checkOverdue(
  meter: EstateMeter,
  lastDay: LocalDay | null,
  bills: readonly DaySpan[],
  asked: DaySpan,
  today: LocalDay,
  { overdue }: CheckSettings,
): MeterFinding[] {
  const last = lastDay ?? (meter.from === null ? null : addDays(meter.from, -1));
  if (last === null) return [];
  const start = addDays(last, 1);
  const inService = meter.to === null || start < meter.to;
  const due = dueAfter(meter, last, bills, overdue);
  if (!inService || today <= due.by || start >= asked.end) return [];
  const seen = daysBetween(last, today) - 1;
  const since = lastDay === null ? `no data since it came into service on ${start}` : `no data after ${last}`;
  const detail = `${since}: expected by ${due.by}, ${due.rule}`;
  const end = meter.to !== null && meter.to < today ? meter.to : today;
  return [{ check: 'overdue', start, end, detail, seen, expected: daysBetween(last, due.by), unit: 'days' }];
}
