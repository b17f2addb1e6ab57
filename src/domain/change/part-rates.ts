import type { Line } from '../activities.ts';
import { Decimal } from '../decimal.ts';
import type { EmissionsBasis } from '../emissions.ts';
import type { FactorYears } from '../factor-policy.ts';
import type { LineDims, LineSplitter } from '../figure-lines.ts';
import { type FactorStep, factorStep } from './factor-kinds.ts';

/** What one metered unit emits by a line; `kg` is null where no factor is published. */
export type LineRate = { dims: LineDims; factorKey: string; kg: Decimal | null };
export type LineRates = ReadonlyMap<Line, LineRate>;

/** Factors per metered unit, each worked out once. */
export type PartRates = {
  of(basis: EmissionsBasis, years: FactorYears): LineRates;
  step(basis: EmissionsBasis, line: Line, factorKey: string, first: FactorYears, second: FactorYears): FactorStep;
};

const ONE = new Decimal(1);

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
          lines.map(({ line, factorKey, kg }): [Line, LineRate] => [line, { dims, factorKey, kg }]),
        ),
      );
    });
  return {
    of,
    step: (basis, line, factorKey, first, second) =>
      steps(`${nameOf(basis)} ${line} ${nameOf(first)} ${nameOf(second)}`, () =>
        factorStep(basis.activity, factorKey, first, second, (years) => of(basis, years).get(line)?.kg ?? null),
      ),
  };
}
