import type { GridPathway, PathwayFactor } from '../../../domain/projection/grid-pathway.ts';
import type { CsvColumn } from '../../csv.ts';
import type { GridPathwayInput, GridPathwayOutput } from './schemas.ts';

const byLineAndYear = (a: PathwayFactor, b: PathwayFactor): number =>
  a.line === b.line ? a.year - b.year : a.line < b.line ? -1 : 1;

/** A pathway from its request, its factors by line and year, so that their order says nothing. */
export function fromGridPathwayInput(key: string, input: GridPathwayInput): GridPathway {
  const { factors, publishedOn, notes, ...fields } = input;
  return {
    key,
    ...fields,
    publishedOn: publishedOn ?? null,
    factors: factors
      .map(({ kgCo2PerKwh, ...factor }) => ({ ...factor, kgCo2PerKwh: kgCo2PerKwh ?? null }))
      .sort(byLineAndYear),
    notes: notes ?? null,
  };
}

/** A pathway for its answer. */
export function toGridPathway({ factors, publishedOn, notes, ...fields }: GridPathway): GridPathwayOutput {
  return {
    ...fields,
    ...(publishedOn !== null && { publishedOn }),
    factors: factors.map(({ kgCo2PerKwh, ...factor }) => ({
      ...factor,
      ...(kgCo2PerKwh !== null && { kgCo2PerKwh }),
    })),
    ...(notes !== null && { notes }),
  };
}

const yearsOf = ({ factors }: GridPathwayOutput): number[] => factors.map(({ year }) => year);

/** The columns of a list as CSV; of the factors which lines and years they are of. */
export const GRID_PATHWAY_COLUMNS: readonly CsvColumn<GridPathwayOutput>[] = [
  { header: 'key', value: ({ key }) => key },
  { header: 'name', value: ({ name }) => name },
  { header: 'basis', value: ({ basis }) => basis },
  { header: 'source', value: ({ source }) => source },
  { header: 'publishedOn', value: ({ publishedOn }) => publishedOn },
  { header: 'lines', value: ({ factors }) => [...new Set(factors.map(({ line }) => line))].join(' ') },
  { header: 'firstYear', value: (pathway) => Math.min(...yearsOf(pathway)) },
  { header: 'lastYear', value: (pathway) => Math.max(...yearsOf(pathway)) },
];
