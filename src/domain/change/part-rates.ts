import type { Line } from '../activities.ts';
import { Decimal, ZERO } from '../decimal.ts';
import { type EmissionsBasis, emittedKg, type Resolve, rememberingResolve } from '../emissions.ts';
import type { FactorYears } from '../factor-policy.ts';
import type { FactorSet } from '../factor-set.ts';
import { type LineDims, type LinePart, lineSplitter } from '../figure-lines.ts';
import type { FigureQuestion } from '../figure-question.ts';
import { asksSelfUse, GRID } from '../market/compose-market.ts';
import type { MarketMix } from '../market/market-mix.ts';
import type { SoldSelfUse } from '../market/market-plan.ts';
import { type FactorStep, factorStep } from './factor-kinds.ts';
import { boughtRate, type MarketRate, marketStep, selfUseRate } from './market-rate.ts';

/**
 * What one metered unit emits by a line. `kg` holds what is quantified of it, and is 0 where no factor is published; `isOwn`
 * says that a heat network's own factor stands in place of the published one, `market` that the line is that of the market
 * basis.
 */
export type LineRate = {
  dims: LineDims;
  factorKey: string;
  kg: Decimal;
  isQuantified: boolean;
  isOwn: boolean;
  market: MarketRate | null;
};
export type LineRates = ReadonlyMap<Line, LineRate>;

/** What covers a quantity on the market basis; `selfUse` is that of its stream. */
export type Covered = { mix: MarketMix; sold: SoldSelfUse | null; selfUse: -1 | 0 | 1 };

/** What decides the factors of some days; `covered` is null on the location basis. Equal ones are the same objects. */
export type RatedDays = { basis: EmissionsBasis; years: FactorYears; covered: Covered | null };

/** Factors per metered unit, each worked out once. */
export type PartRates = {
  /** A name of days with the same factors. */
  nameOf(days: RatedDays): string;
  of(days: RatedDays): LineRates;
  /** The difference of a line's factor by its kinds; null where a period has no factor for it. */
  step(line: Line, first: RatedDays, second: RatedDays): FactorStep | null;
};

type Asked = Pick<FigureQuestion, 'groupBy' | 'scopes' | 'lines' | 'gas'>;

const ONE = new Decimal(1);
/** What the last digits of a division may leave. */
const NOTHING = new Decimal('1e-30');

function remembered<Value>(): (key: string, make: () => Value) => Value {
  const known = new Map<string, Value>();
  return (key, make) => {
    const value = known.get(key) ?? make();
    known.set(key, value);
    return value;
  };
}

/** Numbers objects in the order in which they are met. */
function numbering(): (value: object) => number {
  const numbers = new WeakMap<object, number>();
  let count = 0;
  return (value) => {
    const number = numbers.get(value) ?? count++;
    numbers.set(value, number);
    return number;
  };
}

function publishedRates(parts: readonly LinePart[]): Map<Line, LineRate> {
  return new Map(
    parts.flatMap(({ dims, lines }) =>
      lines.map(({ line, factorKey, kg, nationalKg }): [Line, LineRate] => {
        const own = { isOwn: nationalKg !== undefined, market: null };
        return [line, { dims, factorKey, kg: kg ?? ZERO, isQuantified: kg !== null, ...own }];
      }),
    ),
  );
}

function marketRate(market: MarketRate, dims: LineDims): LineRate {
  return { dims, factorKey: GRID, kg: market.kg, isQuantified: market.isQuantified, isOwn: false, market };
}

/** Works out rates: published factors, and in their place what covers bought electricity and sold self-use (rules C1, C4). */
function ratesOf(question: Asked, sets: readonly FactorSet[], reportedLines: readonly string[], resolve: Resolve) {
  const { gas } = question;
  const splitter = lineSplitter(question, sets, reportedLines);
  const ofSelfUse = ({ basis, years }: RatedDays, { mix, sold, selfUse }: Covered): LineRates => {
    if (basis.control !== 'operated' || !asksSelfUse(question, reportedLines)) return new Map();
    const kWh = ONE.times(selfUse);
    const dims = splitter.ofSelfUse(kWh, basis)[0]?.dims ?? splitter.none();
    const market = selfUseRate(kWh, mix, sold, resolve(years, GRID), gas);
    return new Map([['own-generation', marketRate(market, dims)]]);
  };
  return (days: RatedDays): LineRates => {
    const { basis, years, covered } = days;
    if (covered !== null && covered.selfUse !== 0) return ofSelfUse(days, covered);
    const parts = splitter.ofUse(ONE, basis, years);
    const rates = publishedRates(parts);
    if (covered === null) return rates;
    for (const { dims, lines } of parts)
      for (const line of lines)
        if (line.line === 'generation' && line.scope === 2)
          rates.set(line.line, marketRate(boughtRate(line, covered.mix, gas), dims));
    return rates;
  };
}

/** Factors per metered unit of the lines that a question includes. */
export function partRates(question: Asked, sets: readonly FactorSet[], reportedLines: readonly string[]): PartRates {
  const resolve = rememberingResolve(sets, question.gas);
  const make = ratesOf(question, sets, reportedLines, resolve);
  const numberOf = numbering();
  const nameOf = ({ basis, years, covered }: RatedDays): string => {
    const name = `${numberOf(basis)} ${numberOf(years)}`;
    return covered === null ? name : `${name} ${numberOf(covered.mix)} ${covered.sold} ${covered.selfUse}`;
  };
  const rates = remembered<LineRates>();
  const steps = remembered<FactorStep>();
  const gridStep = (first: FactorYears, second: FactorYears): FactorStep =>
    factorStep('electricity', GRID, first, second, (years) => emittedKg(ONE, resolve(years, GRID)));
  const of = (days: RatedDays): LineRates => rates(nameOf(days), () => make(days));
  /** How published factors differ, and beside them what else makes the lines of one activity differ. */
  const published = (
    line: Line,
    whole: Decimal,
    factorKey: string,
    first: RatedDays,
    second: RatedDays,
  ): FactorStep => {
    const { basis } = second;
    const rateOf = (years: FactorYears): Decimal | null => {
      const rate = of({ basis, years, covered: null }).get(line);
      return rate?.isQuantified ? rate.kg : null;
    };
    const found = factorStep(basis.activity, factorKey, first.years, second.years, rateOf);
    const rest = found.reduce((left, { rate }) => left.minus(rate), whole);
    return rest.abs().lte(NOTHING) ? found : [...found, { kind: 'edition', rate: rest }];
  };
  return {
    nameOf,
    of,
    step(line, first, second) {
      const [before, after] = [of(first).get(line), of(second).get(line)];
      if (!before?.isQuantified || !after?.isQuantified) return null;
      return steps(`${line} ${nameOf(first)} ${nameOf(second)}`, () => {
        if (before.market !== null && after.market !== null)
          return marketStep(before.market, after.market, gridStep(first.years, second.years));
        const whole = after.kg.minus(before.kg);
        if (!before.isOwn && !after.isOwn) return published(line, whole, after.factorKey, first, second);
        return whole.isZero() ? [] : [{ kind: 'ownHeat', rate: whole }];
      });
    },
  };
}
