import type { BalancedSegment } from '../self-use.ts';
import { type MeterFinding, printed } from './finding.ts';
import { type MeterSeries, runsOf, spanAt } from './meter-series.ts';

/** A generation or export meter of a site, with the days on which it is part of the site's self-use. */
export type BalancedSeries = { part: BalancedSegment; series: MeterSeries };

/** Days are sums of millionths, which plain numbers add with a residue. */
const RESIDUE_KWH = 1e-6;

/**
 * Days on which a site exports more than it generates (rule B4), which one of the meters has wrong. Only days count of
 * which every meter is measured: a bill that is spread over its days says nothing of one of them.
 */
export function checkSelfUse(balanced: readonly BalancedSeries[]): MeterFinding[] {
  const [first] = balanced;
  if (first === undefined) return [];
  const { series: calendar } = first;
  const days = Array.from({ length: calendar.days }, () => ({ generated: 0, exported: 0 }));
  for (const { part, series } of balanced) {
    const { segment, selfUse } = part;
    days.forEach((sums, place) => {
      const { start, end } = spanAt(series, place, place + 1);
      if (start < segment.start || end > segment.end) return;
      const quantity = series.measured[place] === 1 ? (series.quantity[place] ?? Number.NaN) : Number.NaN;
      if (selfUse === 1) sums.generated += quantity;
      else sums.exported += quantity;
    });
  }
  const excess = (place: number): number => {
    const { generated, exported } = days[place] ?? { generated: 0, exported: 0 };
    return exported - generated;
  };
  return runsOf(calendar, (place) => excess(place) > RESIDUE_KWH).map(({ from, to }): MeterFinding => {
    const run = days.slice(from, to);
    const seen = run.reduce((kwh, { exported }) => kwh + exported, 0);
    const expected = run.reduce((kwh, { generated }) => kwh + generated, 0);
    const detail = `${printed(seen)} kWh left the site, which generated ${printed(expected)}: one of the meters has it wrong, and the negative self-use is kept`;
    return { check: 'export-above-generation', ...spanAt(calendar, from, to), detail, seen, expected, unit: 'kWh' };
  });
}
