import { Decimal } from '../decimal.ts';
import { type Factor, type FactorSet, isOfficial } from '../factor-set.ts';
import { type Fault, Refusal } from '../refusal.ts';

/** Lines of electricity that a pathway may state, with the factors that they take the place of. */
export const PATHWAY_LINES = {
  generation: 'electricity.grid.generation',
  'td-losses': 'electricity.grid.td_losses',
  'wtt-generation': 'electricity.grid.wtt_generation',
  'wtt-td': 'electricity.grid.wtt_td',
} as const;
export type PathwayLine = keyof typeof PATHWAY_LINES;

/** What one kWh of a line emits in the edition of a year; kilograms. */
export type PathwayFactor = { year: number; line: PathwayLine; kgCo2ePerKwh: number; kgCo2PerKwh: number | null };

/** Grid factors of years to come, as somebody publishes or the council assumes them. None is shipped. */
export type GridPathway = {
  key: string;
  name: string;
  /** Whether a source publishes these numbers, or they are an assumption. */
  basis: 'published' | 'assumed';
  source: string;
  publishedOn: string | null;
  factors: readonly PathwayFactor[];
  notes: string | null;
};

/** Years in which a line has no factor although an earlier and a later one have. */
function gapsOf(line: string, factors: readonly PathwayFactor[]): Fault[] {
  const years = factors.flatMap((factor) => (factor.line === line ? [factor.year] : [])).sort((a, b) => a - b);
  const [first = 0, last = -1] = [years[0], years.at(-1)];
  const missing: number[] = [];
  for (let year = first; year <= last; year += 1) if (!years.includes(year)) missing.push(year);
  if (missing.length === 0) return [];
  const detail = `${line} has no factor for ${missing.join(', ')}: expected every year from its first to its last, because nothing is made up between them`;
  return [{ pointer: '/factors', code: 'missing-year', detail }];
}

/**
 * Checks what a schema cannot say of a pathway: one number for a year and line, and no years left out between two.
 * @throws Refusal `invalid-request` with every fault.
 */
export function checkGridPathway({ factors }: GridPathway): void {
  const seen = new Set<string>();
  const repeated = factors.flatMap(({ year, line }, index): Fault[] => {
    const name = `${line} ${year}`;
    if (!seen.has(name)) {
      seen.add(name);
      return [];
    }
    return [{ pointer: `/factors/${index}`, code: 'repeated', detail: `${line} of ${year} is stated before` }];
  });
  const gaps = [...new Set(factors.map(({ line }) => line))].flatMap((line) => gapsOf(line, factors));
  const faults = [...repeated, ...gaps];
  if (faults[0] !== undefined) throw new Refusal('invalid-request', faults[0].detail, faults);
}

/** The newest year of which an edition of the publisher is among the sets. */
export function newestEdition(sets: readonly FactorSet[]): number {
  return Math.max(...sets.filter(isOfficial).map(({ year }) => year), 0);
}

const decimal = (value: number | null): Decimal | null => (value === null ? null : new Decimal(value));

/**
 * Factor sets with those of a pathway behind them: one for each of its years after the newest edition in use, because what
 * is published by now is not for a pathway to say. A line that it leaves out stays at the newest edition.
 */
export function withPathway(sets: readonly FactorSet[], pathway: GridPathway | null): FactorSet[] {
  if (pathway === null) return [...sets];
  const published = newestEdition(sets);
  const years = [...new Set(pathway.factors.map(({ year }) => year))].filter((year) => year > published).sort();
  const added = years.map((year): FactorSet => {
    const factors = pathway.factors
      .filter((factor) => factor.year === year)
      .map(({ line, kgCo2ePerKwh, kgCo2PerKwh }): [string, Factor] => {
        const key = PATHWAY_LINES[line];
        const amounts = { kgCo2e: decimal(kgCo2ePerKwh), kgCo2: decimal(kgCo2PerKwh) };
        const about = { name: `Electricity, ${line}`, unit: 'kWh', scope: line === 'generation' ? '2' : '3' };
        return [key, { key, ...about, ...amounts, source: pathway.source, confidence: pathway.basis }];
      });
    return {
      id: `grid-pathway.${pathway.key}`,
      version: String(year),
      year,
      title: pathway.name,
      publisher: pathway.name,
      publishedOn: pathway.publishedOn,
      gwp: '',
      source: pathway.source,
      digest: '',
      factors: new Map(factors),
      fuelProperties: new Map(),
    };
  });
  return [...sets, ...added].sort((a, b) => a.year - b.year);
}

/** The first year of a pathway that is used: the first after the newest edition; null where there is none. */
export function firstUsed({ factors }: GridPathway, edition: number): number | null {
  const years = factors.map(({ year }) => year).filter((year) => year > edition);
  return years.length === 0 ? null : Math.min(...years);
}
