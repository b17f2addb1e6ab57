import { Decimal, sum, ZERO } from '../decimal.ts';
import type { EmissionsBasis, LineEmission } from '../emissions.ts';
import { type FactorPolicy, type FactorSpan, factorSpans } from '../factor-policy.ts';
import type { FactorSet } from '../factor-set.ts';
import { lineSplitter } from '../figure-lines.ts';
import type { FigureQuestion } from '../figure-question.ts';
import { lengthDays } from '../local-day.ts';
import type { Period } from '../period.ts';
import { addScopes, type ByScope, byScope, NO_EMISSIONS, timesScopes, totalOfScopes } from './by-scope.ts';
import type { SeriesPart } from './use-series.ts';

/** What one unit emits in a year, by the lines of a question, with the sets that say so. */
export type Rate = {
  kgPerUnit: Decimal;
  /** The same by scope. */
  byScope: ByScope;
  /** False where the question takes none of its lines. */
  isCounted: boolean;
  sets: readonly string[];
  notQuantified: readonly string[];
};

/** Rates of years to come by basis. */
export type EmissionRates = {
  /** What one unit of a basis emits in a year. */
  ofBasis(basis: EmissionsBasis, year: Period): Rate;
  /** The same of a series: its parts weigh by what they used in the base year. */
  ofParts(parts: readonly SeriesPart[], year: Period): Rate;
  /** Gross kWh of a quantity; null for what is no energy (rule B9). */
  energyOf(basis: EmissionsBasis, quantity: Decimal, year: Period): Decimal | null;
};

const NONE: Rate = { kgPerUnit: ZERO, byScope: NO_EMISSIONS, isCounted: false, sets: [], notQuantified: [] };
const unique = (names: readonly string[]): string[] => [...new Set(names)].sort();

type Spans = readonly (FactorSpan & { share: Decimal })[];

function setsOf(lines: readonly LineEmission[]): string[] {
  return lines.flatMap(({ factor }) => factor?.sources.map(({ set }) => `${set.id}@${set.version}`) ?? []);
}

/**
 * Rates over factor sets, by the policy of a question (rules A1, A2, A4): a year whose edition is not out takes the newest
 * earlier one that has the line. Where a year has more than one factor, they weigh by days.
 */
export function emissionRates(
  question: Pick<FigureQuestion, 'scopes' | 'lines' | 'gas'> & { policy: FactorPolicy },
  sets: readonly FactorSet[],
  reportedLines: readonly string[],
  reportingYearStart: string,
): EmissionRates {
  const splitter = lineSplitter({ ...question, groupBy: [] }, sets, reportedLines);
  const spansByYear = new Map<string, Spans>();
  const spansOf = (year: Period): Spans => {
    const known = spansByYear.get(year.start);
    if (known !== undefined) return known;
    const spans = factorSpans(year, question.policy, reportingYearStart).map((span) => ({
      ...span,
      share: new Decimal(lengthDays(span)).div(lengthDays(year)),
    }));
    spansByYear.set(year.start, spans);
    return spans;
  };
  const one = new Decimal(1);
  const known = new WeakMap<EmissionsBasis, Map<string, Rate>>();

  const ofBasis = (basis: EmissionsBasis, year: Period): Rate => {
    const byYear = known.get(basis) ?? new Map<string, Rate>();
    known.set(basis, byYear);
    const found = byYear.get(year.start);
    if (found !== undefined) return found;
    const inSpans = spansOf(year).map(({ years, share }) => {
      const lines = splitter.ofUse(one, basis, years).flatMap((part) => part.lines);
      return { share, lines: lines.filter(({ scope }) => scope !== 'outside') };
    });
    const lines = inSpans.flatMap((span) => span.lines);
    const kgOf = (of: readonly LineEmission[]): Decimal => sum(of.map(({ kg }) => kg ?? ZERO));
    const scopes = byScope((scope) =>
      sum(inSpans.map((span) => kgOf(span.lines.filter((line) => line.scope === scope)).times(span.share))),
    );
    const rate = {
      ...{ kgPerUnit: totalOfScopes(scopes), byScope: scopes },
      isCounted: lines.length > 0,
      sets: unique(setsOf(lines)),
      notQuantified: unique(lines.flatMap(({ kg, line }) => (kg === null ? [`${basis.activity}.${line}`] : []))),
    };
    byYear.set(year.start, rate);
    return rate;
  };

  return {
    ofBasis,
    ofParts(parts, year) {
      const whole = sum(parts.map(({ quantity }) => quantity));
      if (whole.isZero()) return NONE;
      const [only, ...others] = parts;
      if (only !== undefined && others.length === 0) return ofBasis(only.basis, year);
      const rates = parts.map(({ basis, quantity }) => ({ ...ofBasis(basis, year), quantity }));
      const used = addScopes(rates.map((rate) => timesScopes(rate.byScope, rate.quantity)));
      const scopes = byScope((scope) => used[scope].div(whole));
      return {
        ...{ kgPerUnit: totalOfScopes(used).div(whole), byScope: scopes },
        isCounted: rates.some(({ isCounted }) => isCounted),
        sets: unique(rates.flatMap((rate) => rate.sets)),
        notQuantified: unique(rates.flatMap((rate) => rate.notQuantified)),
      };
    },
    energyOf(basis, quantity, year) {
      const { value, unit } = splitter.finalEnergy(quantity, basis, spansOf(year)[0]?.years ?? []);
      return unit === 'kWh' ? value : null;
    },
  };
}
