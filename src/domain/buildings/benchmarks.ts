import type { Activity } from '../activities.ts';
import { inForce } from '../dated.ts';
import type { Decimal } from '../decimal.ts';
import type { Dated } from '../estate.ts';
import type { DaySpan, LocalDay } from '../local-day.ts';
import { type Fault, Refusal } from '../refusal.ts';
import type { Site } from '../site.ts';

/** What buildings of one use typically take a year, per square metre of floor area. */
export type BenchmarkUse = {
  use: string;
  name: string;
  electricityKwhPerM2: Decimal;
  fossilThermalKwhPerM2: Decimal;
  /** Categories of sites that take it where the site names no use of its own. */
  siteCategories: readonly string[];
};

/** What a kWh of a fuel counts that the two fixed factors do not cover, as the operator states it. */
export type EnergyConversion = {
  activity: Activity;
  /** Heat network that it is of; null: of any. */
  heatNetwork: string | null;
  kgCo2PerKwh: Decimal;
  source: string;
};

/** One edition of a table of benchmarks. It is never edited. */
export type BenchmarkEdition = {
  table: string;
  edition: string;
  source: string;
  /** First day of the periods it is used for to the end of. */
  validFrom: LocalDay;
  uses: readonly BenchmarkUse[];
  conversions: readonly EnergyConversion[];
};

/** The uses that a site is set against, from a day on; more than one where the building has mixed uses. */
export type BenchmarkUsePeriod = Dated<{ uses: readonly string[] }>;

/** Activities whose factor is fixed: stating another one would rate a building by a method of one's own. */
const FIXED: readonly Activity[] = ['electricity', 'natural-gas'];
const NO_ENERGY: readonly Activity[] = ['water', 'wastewater'];

function useFault(uses: readonly BenchmarkUse[]): Fault | null {
  const useOf = new Map<string, string>();
  const seen = new Set<string>();
  for (const [index, { use, siteCategories, electricityKwhPerM2, fossilThermalKwhPerM2 }] of uses.entries()) {
    const pointer = `/uses/${index}`;
    if (seen.has(use))
      return { pointer: `${pointer}/use`, code: 'repeated', detail: `use '${use}' is given twice: expected once` };
    seen.add(use);
    if (electricityKwhPerM2.plus(fossilThermalKwhPerM2).isZero()) {
      const detail = `use '${use}' has no typical energy at all: expected electricity or fossil-thermal above 0`;
      return { pointer: `${pointer}/electricityKwhPerM2`, code: 'out-of-range', detail };
    }
    for (const [place, category] of siteCategories.entries()) {
      const before = useOf.get(category);
      if (before !== undefined) {
        const detail = `category '${category}' is mapped to '${before}' and to '${use}': expected one use for a category`;
        return { pointer: `${pointer}/siteCategories/${place}`, code: 'repeated', detail };
      }
      useOf.set(category, use);
    }
  }
  return null;
}

function conversionFault(conversions: readonly EnergyConversion[]): Fault | null {
  const seen = new Set<string>();
  for (const [index, { activity, heatNetwork }] of conversions.entries()) {
    const pointer = `/conversions/${index}/activity`;
    if (FIXED.includes(activity)) {
      const detail = `${activity} has a conversion: expected none, its factor is fixed by the method`;
      return { pointer, code: 'not-applicable', detail };
    }
    if (NO_ENERGY.includes(activity))
      return { pointer, code: 'not-applicable', detail: `${activity} has a conversion: it is no energy` };
    if (heatNetwork !== null && activity !== 'district-heat') {
      const detail = `the conversion of ${activity} names the heat network '${heatNetwork}': expected that of district-heat alone`;
      return { pointer: `/conversions/${index}/heatNetwork`, code: 'not-applicable', detail };
    }
    const name = `${activity}\n${heatNetwork ?? ''}`;
    if (seen.has(name)) {
      const detail = `${activity}${heatNetwork === null ? '' : ` of '${heatNetwork}'`} has two conversions: expected one`;
      return { pointer, code: 'repeated', detail };
    }
    seen.add(name);
  }
  return null;
}

/**
 * Checks what a schema cannot say of an edition of benchmarks.
 * @throws Refusal `invalid-request` naming the use or the fuel.
 */
export function checkBenchmarkEdition({ uses, conversions }: BenchmarkEdition): void {
  const fault = useFault(uses) ?? conversionFault(conversions);
  if (fault !== null) throw new Refusal('invalid-request', fault.detail, [fault]);
}

/** Something that was looked for, or why it was not found. */
export type Found<Value> = { found: Value } | { fault: Fault };

const notFound = (code: string, pointer: string, detail: string): { fault: Fault } => ({
  fault: { pointer, code, detail },
});

/**
 * The edition that a period is rated by: of the table asked for, or of the only one there is, the newest that is valid by
 * the last day of the period.
 */
export function editionFor(
  editions: readonly BenchmarkEdition[],
  asked: string | null,
  { end }: DaySpan,
): Found<BenchmarkEdition> {
  const tables = [...new Set(editions.map(({ table }) => table))].sort();
  const pointer = '?benchmarks';
  if (tables.length === 0)
    return notFound(
      'no-benchmark',
      pointer,
      'no benchmarks are kept: upload an edition with PUT /v1/benchmarks/{table}/{edition}',
    );
  const table = asked ?? (tables.length === 1 ? tables[0] : undefined);
  if (table === undefined)
    return notFound('no-benchmark', pointer, `benchmarks is not given: expected one of ${tables.join(', ')}`);
  if (!tables.includes(table))
    return notFound('no-benchmark', pointer, `benchmarks is '${table}': expected one of ${tables.join(', ')}`);
  const own = editions.filter((edition) => edition.table === table);
  const [newest] = own.filter(({ validFrom }) => validFrom < end).sort((a, b) => (a.validFrom > b.validFrom ? -1 : 1));
  if (newest !== undefined) return { found: newest };
  const first = own.map(({ validFrom }) => validFrom).sort()[0];
  const detail = `no edition of the benchmarks '${table}' is valid before ${end}: the first is valid from ${first}`;
  return notFound('no-benchmark', pointer, detail);
}

/** The use that a site is set against, and how it is known. */
export type SiteUse = { use: BenchmarkUse; via: 'site' | 'category' };

/** The one use that a site has on all days of a period: its own, or that of its category. */
export function useOfSite(
  site: Pick<Site, 'key' | 'category' | 'benchmarkUses'>,
  edition: BenchmarkEdition,
  period: DaySpan,
): Found<SiteUse> {
  const pointer = '/benchmarkUses';
  const name = `${edition.table} ${edition.edition}`;
  const changes = site.benchmarkUses.filter(({ from }) => from !== null && from > period.start && from < period.end);
  if (changes.length > 0) {
    const named = changes.map(({ from, uses }) => `${uses.join(' and ')} from ${from}`).join(', ');
    const detail = `the use of site '${site.key}' changes within the period (${named}): expected one use on all days`;
    return notFound('benchmark-use-changed', pointer, detail);
  }
  const uses = inForce(site.benchmarkUses, period.start)?.uses ?? [];
  if (uses.length > 1) {
    const detail = `site '${site.key}' has the uses ${uses.join(' and ')}: expected one, since a rating of mixed uses needs the floor area of each and an assessor`;
    return notFound('mixed-uses', pointer, detail);
  }
  const [own] = uses;
  if (own !== undefined) {
    const use = edition.uses.find((candidate) => candidate.use === own);
    if (use !== undefined) return { found: { use, via: 'site' } };
    const held = edition.uses.map((candidate) => candidate.use).join(', ');
    const detail = `site '${site.key}' has the use '${own}', which the benchmarks ${name} do not have: expected one of ${held}`;
    return notFound('no-benchmark', pointer, detail);
  }
  const { category } = site;
  if (category === null) {
    const detail = `site '${site.key}' has neither benchmarkUses nor a category: expected one that the benchmarks ${name} have`;
    return notFound('no-benchmark', pointer, detail);
  }
  const use = edition.uses.find(({ siteCategories }) => siteCategories.includes(category));
  if (use !== undefined) return { found: { use, via: 'category' } };
  const detail = `no use of the benchmarks ${name} is mapped to the category '${category}' of site '${site.key}': give the site benchmarkUses, or the use the category`;
  return notFound('no-benchmark', '/category', detail);
}
