import type { Decimal } from '../decimal.ts';
import type { FactorSetSeed } from './factor-set-seed.ts';

const text = (value: Decimal | null): string => (value === null ? '' : value.toFixed());

function byKey<T extends { key: string }>(entries: ReadonlyMap<string, T>): T[] {
  return [...entries.values()].sort((a, b) => (a.key < b.key ? -1 : 1));
}

/**
 * Everything of a set that decides a figure, as one text that is the same for the same figures whatever the order,
 * the wording and the file they came in: a line of identity, then a tab-separated line a factor and a fuel, by key.
 * Its SHA-256 is the set's digest.
 */
export function factorSetFigures({ edition, factors, fuelProperties }: FactorSetSeed): string {
  const lines = [[edition.id, edition.version, edition.year].join('\t')];
  for (const factor of byKey(factors)) {
    const numbers = [factor.kgCo2e, factor.kgCo2, factor.kgCh4Co2e, factor.kgN2oCo2e];
    lines.push(['factor', factor.key, factor.unit, factor.scope, ...numbers.map(text)].join('\t'));
  }
  for (const fuel of byKey(fuelProperties)) {
    const perMass = [fuel.netKwhPerKg, fuel.grossKwhPerKg, fuel.litresPerTonne];
    const perVolume = [fuel.netKwhPerLitre, fuel.grossKwhPerLitre, fuel.grossKwhPerM3];
    lines.push(['fuel', fuel.key, ...[...perMass, ...perVolume].map(text)].join('\t'));
  }
  return `${lines.join('\n')}\n`;
}
