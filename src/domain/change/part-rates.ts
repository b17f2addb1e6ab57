import type { Line } from '../activities.ts';
import { Decimal } from '../decimal.ts';
import type { EmissionsBasis } from '../emissions.ts';
import type { FactorYears } from '../factor-policy.ts';
import type { LineDims, LineSplitter } from '../figure-lines.ts';
import { type FactorStep, factorStep } from './factor-kinds.ts';

/**
 * What one metered unit emits by a line; `kg` is null where no factor is published, `isOwn` says that a heat network's own
 * factor stands in place of the published one.
 */
export type LineRate = { dims: LineDims; factorKey: string; kg: Decimal | null; isOwn: boolean };
export type LineRates = ReadonlyMap<Line, LineRate>;

/** What decides the factors of some days. */
export type RatedDays = { basis: EmissionsBasis; years: FactorYears };

/** Factors per metered unit, each worked out once. */
export type PartRates = {
  of(basis: EmissionsBasis, years: FactorYears): LineRates;
  /** The difference of a line's factor by its kinds; null where a period has no factor for it. */
  step(line: Line, first: RatedDays, second: RatedDays): FactorStep | null;
};

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

/** Factors per metered unit of the lines that a question includes. */
export function partRates(splitter: LineSplitter): PartRates {
  const names = new WeakMap<object, string>();
  const nameOf = (value: object): string => {
    const name = names.get(value) ?? JSON.stringify(value);
    names.set(value, name);
    return name;
  };
  const rates = remembered<LineRates>();
  const steps = remembered<FactorStep>();
  const of = (basis: EmissionsBasis, years: FactorYears): LineRates =>
    rates(`${nameOf(basis)} ${nameOf(years)}`, () => {
      const parts = splitter.ofUse(ONE, basis, years);
      return new Map(
        parts.flatMap(({ dims, lines }) =>
          lines.map(({ line, factorKey, kg, nationalKg }): [Line, LineRate] => {
            return [line, { dims, factorKey, kg, isOwn: nationalKg !== undefined }];
          }),
        ),
      );
    });
  /** How published factors differ, and beside them what else makes the lines of one activity differ. */
  const published = (
    line: Line,
    whole: Decimal,
    factorKey: string,
    first: RatedDays,
    second: RatedDays,
  ): FactorStep => {
    const { basis } = second;
    const rateOf = (years: FactorYears): Decimal | null => of(basis, years).get(line)?.kg ?? null;
    const found = factorStep(basis.activity, factorKey, first.years, second.years, rateOf);
    const rest = found.reduce((left, { rate }) => left.minus(rate), whole);
    return rest.abs().lte(NOTHING) ? found : [...found, { kind: 'edition', rate: rest }];
  };
  return {
    of,
    step(line, first, second) {
      const [before, after] = [of(first.basis, first.years).get(line), of(second.basis, second.years).get(line)];
      if (before === undefined || after === undefined || before.kg === null || after.kg === null) return null;
      const whole = after.kg.minus(before.kg);
      const days = [first, second].map(({ basis, years }) => `${nameOf(basis)} ${nameOf(years)}`);
      return steps(`${line} ${days.join(' ')}`, () => {
        if (!before.isOwn && !after.isOwn) return published(line, whole, after.factorKey, first, second);
        return whole.isZero() ? [] : [{ kind: 'ownHeat', rate: whole }];
      });
    },
  };
}
