import { addMonths, daysBetween, earlier, monthStart } from '../local-day.ts';
import type { CheckSettings } from './check-settings.ts';
import { type MeterFinding, printed } from './finding.ts';
import { dayAt, type MeterSeries, spanAt } from './meter-series.ts';

type Sums = { main: number; below: number; days: number };

/** What the main meter and those below it used on the days on which all of them are known. */
function sumsOf(main: MeterSeries, below: readonly MeterSeries[], from: number, to: number): Sums {
  const sums: Sums = { main: 0, below: 0, days: 0 };
  for (let day = from; day < to; day += 1) {
    if (main.full[day] !== 1 || below.some(({ full }) => full[day] !== 1)) continue;
    sums.days += 1;
    sums.main += main.quantity[day] ?? 0;
    for (const { quantity } of below) sums.below += quantity[day] ?? 0;
  }
  return sums;
}

/** Months of the asked days, as places. */
function monthsOf(main: MeterSeries): { from: number; to: number }[] {
  const months: { from: number; to: number }[] = [];
  const end = dayAt(main, main.asked.to);
  for (let day = dayAt(main, main.asked.from); day < end; ) {
    const next = earlier(addMonths(monthStart(day), 1), end);
    months.push({ from: daysBetween(main.start, day), to: daysBetween(main.start, next) });
    day = next;
  }
  return months;
}

/**
 * Sub-meters against the meter that feeds them (rule E12): more below than above in a month cannot be; a large remainder
 * over the whole time is good to know. Only days count on which all of them are known, and only meters of the main
 * meter's activity and unit.
 */
export function checkSubMeters(
  main: MeterSeries,
  children: readonly MeterSeries[],
  { subMeters }: CheckSettings,
): MeterFinding[] {
  const { activity, unit } = main.meter;
  const isLike = ({ meter }: MeterSeries): boolean =>
    meter.activity === activity && meter.unit === unit && meter.direction === 'import';
  const below = children.filter(isLike);
  if (below.length === 0) return [];
  const names = below.map(({ meter }) => meter.key).join(', ');
  const above = monthsOf(main).flatMap(({ from, to }): MeterFinding[] => {
    const sums = sumsOf(main, below, from, to);
    if (sums.days === 0 || sums.below <= sums.main * (1 + subMeters.excessShare)) return [];
    const detail = `sub-meters ${names} add up to ${printed(sums.below)} ${unit}, the meter above them to ${printed(sums.main)}, on ${sums.days} days known of all`;
    return [
      {
        check: 'sub-meters-above-main',
        ...spanAt(main, from, to),
        detail,
        seen: sums.below,
        expected: sums.main,
        unit,
      },
    ];
  });
  const { from, to } = main.asked;
  const whole = sumsOf(main, below, from, to);
  const remainder = whole.main - whole.below;
  if (whole.days === 0 || !(remainder > whole.main * subMeters.remainderShare)) return above;
  const detail = `${printed(remainder)} of ${printed(whole.main)} ${unit} are on none of the sub-meters ${names}, on ${whole.days} days known of all`;
  return [
    ...above,
    {
      check: 'sub-meter-remainder',
      ...spanAt(main, from, to),
      detail,
      seen: remainder,
      expected: whole.main * subMeters.remainderShare,
      unit,
    },
  ];
}
