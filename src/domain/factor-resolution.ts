import { Decimal, ZERO } from './decimal.ts';
import type { FactorYears } from './factor-policy.ts';
import { type Factor, type FactorSet, isOfficial } from './factor-set.ts';

/** Which greenhouse gases a figure counts: all as CO2e, or the published CO2 part alone (rule A6). */
export type Gas = 'co2e' | 'co2';

/** One published number behind a resolved factor. */
export type FactorSource = {
  set: FactorSet;
  factor: Factor;
  /** Kilograms per unit, as stored in the official file. */
  value: Decimal;
  days: number;
  /** The year the policy asked for. */
  yearAsked: number;
  /** The set of the year asked exists but lacks the line, so an earlier set's factor stands in (rule A4). */
  carriedForward: boolean;
  /** No set of the year asked is published yet, so the newest earlier one stands in (rule A7). */
  notPublished: boolean;
};

/**
 * What a quantity is multiplied with. `weighted` / `days` is the factor: with blended factors the division comes last,
 * once (rule A2).
 */
export type ResolvedFactor = { sources: readonly FactorSource[]; weighted: Decimal; days: number };

/** Why a line has no factor. */
export type NoFactor = { missing: true; reason: string };

/** Whether `set` stands before `other`: the newer one, and of one year a set of the operator's own. */
function isBefore(set: FactorSet, other: FactorSet): boolean {
  return set.year === other.year ? !isOfficial(set) && isOfficial(other) : set.year > other.year;
}

/** The newest of `sets` that `matches`; sets may come in any order. */
function newest(sets: readonly FactorSet[], matches: (set: FactorSet) => boolean): FactorSet | null {
  let found: FactorSet | null = null;
  for (const set of sets) if (matches(set) && (found === null || isBefore(set, found))) found = set;
  return found;
}

function sourceFor(
  sets: readonly FactorSet[],
  { year, days }: FactorYears[number],
  key: string,
  gas: Gas,
): FactorSource | NoFactor {
  // Whether an edition is out, and has the line, is a matter of the editions: a set of the operator's own has few lines.
  const wanted = newest(sets, (set) => set.year <= year && isOfficial(set)) ?? newest(sets, (set) => set.year <= year);
  // Never a later set for an earlier year, and never one whose value is blank (rule A4).
  const set = newest(sets, (candidate) => candidate.year <= year && candidate.factors.get(key)?.kgCo2e != null);
  const factor = set?.factors.get(key);
  if (set === null || factor === undefined)
    return { missing: true, reason: `no factor for ${key} in the ${year} set or any earlier one` };
  const value = gas === 'co2' ? factor.kgCo2 : factor.kgCo2e;
  if (value === null) return { missing: true, reason: `the ${set.year} set publishes no CO2 part for ${key}` };
  const notPublished = wanted !== null && wanted.year < year && set.year < year;
  const carriedForward = wanted !== null && set.year < wanted.year;
  return { set, factor, value, days, yearAsked: year, carriedForward, notPublished };
}

/** The factor of a line for the factor years of a day (rules A2, A4, A6); never zero for want of one. */
export function resolveFactor(
  sets: readonly FactorSet[],
  years: FactorYears,
  key: string,
  gas: Gas,
): ResolvedFactor | NoFactor {
  const sources: FactorSource[] = [];
  let weighted = ZERO;
  let days = 0;
  for (const year of years) {
    const source = sourceFor(sets, year, key, gas);
    if ('missing' in source) return source;
    sources.push(source);
    weighted = weighted.plus(source.value.times(source.days));
    days += source.days;
  }
  return { sources, weighted, days };
}

/** The factor as one number, in kilograms per unit. */
export function factorValue(factor: ResolvedFactor): Decimal {
  return factor.weighted.div(factor.days);
}

/** A factor as the publication displays it: five decimals (rule A5). */
export function factorAsDisplayed(value: Decimal): string {
  return new Decimal(value).toDecimalPlaces(5).toString();
}
