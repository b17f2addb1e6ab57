import type { Closure } from '../../../domain/closures.ts';
import type { CsvColumn } from '../../csv.ts';
import type { ClosureInput, ClosureOutput } from './schemas.ts';

/** A closure from its request. */
export function fromClosureInput(key: string, input: ClosureInput): Closure {
  const { sites = [], categories = [], portfolios = [], ...fields } = input;
  return { key, ...fields, sites, categories, portfolios };
}

/** A closure for its answer: of the sites what names some. */
export function toClosure({ sites, categories, portfolios, ...fields }: Closure): ClosureOutput {
  return {
    ...fields,
    ...(sites.length > 0 && { sites: [...sites] }),
    ...(categories.length > 0 && { categories: [...categories] }),
    ...(portfolios.length > 0 && { portfolios: [...portfolios] }),
  };
}

/** The columns of a list as CSV. */
export const CLOSURE_COLUMNS: readonly CsvColumn<ClosureOutput>[] = [
  { header: 'key', value: ({ key }) => key },
  { header: 'name', value: ({ name }) => name },
  { header: 'firstDay', value: ({ firstDay }) => firstDay },
  { header: 'lastDay', value: ({ lastDay }) => lastDay },
  { header: 'sites', value: ({ sites }) => sites?.join(' ') },
  { header: 'categories', value: ({ categories }) => categories?.join('; ') },
  { header: 'portfolios', value: ({ portfolios }) => portfolios?.join('; ') },
];
