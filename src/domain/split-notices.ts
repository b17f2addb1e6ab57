import type { SplitFaults } from './deduct-tenants.ts';
import type { FigureRow } from './figure-table.ts';

const days = (count: number): string => (count === 1 ? '1 day' : `${count} days`);

/** What a reader should know about tenants' parts that could not be taken out as they should (rule D3). */
export function splitNotices({ incomplete, exceeded }: SplitFaults): string[] {
  return [
    ...incomplete.map(
      ({ main, sub, days: count }) =>
        `tenant-split-incomplete: ${sub} has no data on ${days(count)} on which ${main} above it has; the tenant's part of these days stays with the council.`,
    ),
    ...exceeded.map(
      ({ main, days: count, excess, unit, first }) =>
        `sub-exceeds-main: on ${days(count)}, the first ${first}, the tenants' sub-meters read ${excess} ${unit} more than ${main} above them; the negative remainder is kept.`,
    ),
  ];
}

/** What a reader should know where more was exported than generated (rule B4). */
export function selfUseNotices(rows: readonly FigureRow[]): string[] {
  const negative = rows.filter(({ flow, sums }) => flow === 'use' && sums.selfUseKwh?.isNegative() === true);
  const first = negative.find(({ sums }) => sums.selfUseKwh?.isZero() === false);
  if (first === undefined) return [];
  const site = first.dims.site == null ? '' : ` at ${first.dims.site}`;
  return [
    `negative-self-use: more was exported than generated in ${first.bucket.label}${site} (${first.sums.selfUseKwh} kWh), which one of the meters has wrong; it is kept.`,
  ];
}
