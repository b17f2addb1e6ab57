import type { GridPathway, PathwayLine } from '../../src/domain/projection/grid-pathway.ts';

/** An assumed pathway of one line, by year; a test states the rest. */
export function pathwayOf(
  key: string,
  byYear: Readonly<Record<number, number>>,
  fields: Partial<GridPathway> = {},
  line: PathwayLine = 'generation',
): GridPathway {
  return {
    key,
    name: 'A pathway',
    basis: 'assumed',
    source: 'a test',
    publishedOn: null,
    factors: Object.entries(byYear).map(([year, kgCo2ePerKwh]) => {
      return { year: Number(year), line, kgCo2ePerKwh, kgCo2PerKwh: null };
    }),
    notes: null,
    ...fields,
  };
}
