import { type OtherEmission, otherEmissionKey } from '../../src/domain/footprint/other-emission.ts';
import { parsePeriod } from '../../src/domain/period.ts';

/** What is stated of a line in a period: a scope 1 figure of 1,000 kg; a test states the rest. */
export function statedOf(line: string, period: string, fields: Partial<OtherEmission> = {}): OtherEmission {
  const { start, end } = parsePeriod(period);
  return {
    key: otherEmissionKey(line, { start, end }),
    line,
    start,
    end,
    scope: 1,
    scope3Category: null,
    kgCo2e: 1_000,
    kgCo2: null,
    kgCo2eMarket: null,
    outsideOfScopesKgCo2e: null,
    method: 'a test',
    source: 'a test',
    provisional: false,
    note: null,
    ...fields,
  };
}
