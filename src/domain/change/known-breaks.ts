import type { FactorYears } from '../factor-policy.ts';

/** A year in which the publisher changed how a factor is made, or the data behind it: the step into that year's set. */
export type KnownBreak = {
  /** Year of the first set after the break. */
  year: number;
  /** Keys of the factors, or what they begin with. */
  keys: readonly string[];
  what: string;
  source: string;
};

const COLLECTION = 'https://www.gov.uk/government/collections/government-conversion-factors-for-company-reporting';

/**
 * Breaks of the published series that the publisher tells of itself (rules B7, G1). The step of a factor into such a year
 * is no change of the world by that much. What is not listed counts as a change of the grid or of the year's edition.
 */
export const KNOWN_BREAKS: readonly KnownBreak[] = [
  {
    year: 2021,
    keys: ['water.supply', 'water.treatment'],
    what: 'the carbon accounts of the water companies for 2020 took the place of an industry publication of 2012: supply 57 % lower, treatment 62 % lower',
    source: `2021 set, major changes: ${COLLECTION}`,
  },
  {
    year: 2025,
    keys: ['water.supply', 'water.treatment'],
    what: 'one water company reported better data: supply 25 % higher, treatment 8 % lower',
    source: `2025 set, major changes: ${COLLECTION}`,
  },
  {
    year: 2026,
    keys: ['electricity.grid.'],
    what: 'the delay of the data was cut from two years to one, so that the step holds two years of the grid: generation 26 % lower, losses 30 % lower',
    source: `2026 set, major changes: ${COLLECTION}`,
  },
];

/** The breaks of one factor, in order of their years. */
export function breaksOf(factorKey: string): readonly KnownBreak[] {
  return KNOWN_BREAKS.filter(({ keys }) => keys.some((key) => factorKey.startsWith(key)));
}

/** The breaks of one factor that lie between the factor years of two periods. */
export function breaksBetween(factorKey: string, first: FactorYears, second: FactorYears): readonly KnownBreak[] {
  const years = [...first, ...second].map(({ year }) => year);
  const [from, to] = [Math.min(...years), Math.max(...years)];
  return breaksOf(factorKey).filter(({ year }) => from < year && year <= to);
}
