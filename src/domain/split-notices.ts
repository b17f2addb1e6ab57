import type { SplitFaults } from './deduct-tenants.ts';

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
