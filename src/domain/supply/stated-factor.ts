import { Decimal } from '../decimal.ts';
import type { Gas, NoFactor, ResolvedFactor } from '../factor-resolution.ts';
import type { FactorSet } from '../factor-set.ts';
import type { FigureFlag } from '../figure-flags.ts';

/** Where a factor comes from that no published set holds: who states it, since when, and what it rests on. */
export type FactorStatement = {
  id: string;
  version: string;
  publisher: string;
  name: string;
  gasBasis: Gas;
  evidence: { description: string; url?: string };
};

function sourceText({ description, url }: FactorStatement['evidence']): string {
  return url === undefined ? description : `${description} <${url}>`;
}

function setOf({ id, version, publisher, name, evidence }: FactorStatement): FactorSet {
  return {
    id,
    version,
    year: Number(version.slice(0, 4)),
    title: name,
    publisher,
    publishedOn: null,
    gwp: 'as stated',
    source: sourceText(evidence),
    // It is of no published set whose figures could be added up.
    digest: '',
    factors: new Map(),
    fuelProperties: new Map(),
  };
}

/**
 * A stated factor as figures take one: `share` of `value` kilograms per kWh, with its evidence as the source. One that
 * counts CO2 alone is taken for all gases and flagged; one for all gases has no CO2 part (rule A6). 0 is 0 in both.
 */
export function statedFactor(
  statement: FactorStatement,
  value: number,
  share: Decimal,
  gas: Gas,
): { factor: ResolvedFactor | NoFactor; flags: FigureFlag[] } {
  const { id, name, gasBasis, evidence, version } = statement;
  if (gas === 'co2' && gasBasis === 'co2e' && value !== 0)
    return { factor: { missing: true, reason: `${id} states no CO2 part` }, flags: [] };
  const kg = new Decimal(value);
  const kgCo2 = gasBasis === 'co2' || kg.isZero() ? kg : null;
  const source = sourceText(evidence);
  const factor = { key: id, name, unit: 'kWh', scope: 'stated', kgCo2e: kg, kgCo2, source, confidence: 'stated' };
  const year = Number(version.slice(0, 4));
  const marks = { days: 1, yearAsked: year, carriedForward: false, notPublished: false };
  return {
    factor: { sources: [{ set: setOf(statement), factor, value: kg, ...marks }], weighted: kg.times(share), days: 1 },
    flags: gas === 'co2e' && gasBasis === 'co2' && value !== 0 ? ['co2-only-factor'] : [],
  };
}
