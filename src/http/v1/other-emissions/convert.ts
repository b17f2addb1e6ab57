import {
  namedSpan,
  type OtherEmission,
  otherEmissionKey,
  parseStatedPeriod,
} from '../../../domain/footprint/other-emission.ts';
import type { CsvColumn } from '../../csv.ts';
import type { OtherEmissionInput, OtherEmissionOutput, OtherEmissionParams } from './schemas.ts';

/** The key of the figure that an address names. */
export function keyOf({ line, period }: OtherEmissionParams): string {
  return otherEmissionKey(line, parseStatedPeriod(period));
}

/** A figure from its request. */
export function fromOtherEmissionInput(params: OtherEmissionParams, input: OtherEmissionInput): OtherEmission {
  const { start, end } = parseStatedPeriod(params.period);
  return {
    key: keyOf(params),
    line: params.line,
    start,
    end,
    scope: input.scope,
    scope3Category: input.scope3Category ?? null,
    kgCo2e: input.kgCo2e,
    kgCo2: input.kgCo2 ?? null,
    kgCo2eMarket: input.kgCo2eMarket ?? null,
    outsideOfScopesKgCo2e: input.outsideOfScopesKgCo2e ?? null,
    method: input.method,
    source: input.source,
    provisional: input.provisional ?? false,
    note: input.note ?? null,
  };
}

/** A figure for its answer. */
export function toOtherEmission(stated: OtherEmission): OtherEmissionOutput {
  const { line, scope, scope3Category, kgCo2e, kgCo2, kgCo2eMarket, outsideOfScopesKgCo2e, note } = stated;
  return {
    line,
    period: namedSpan(stated),
    scope,
    ...(scope3Category !== null && { scope3Category }),
    kgCo2e,
    ...(kgCo2 !== null && { kgCo2 }),
    ...(kgCo2eMarket !== null && { kgCo2eMarket }),
    ...(outsideOfScopesKgCo2e !== null && { outsideOfScopesKgCo2e }),
    method: stated.method,
    source: stated.source,
    ...(note !== null && { note }),
    provisional: stated.provisional,
  };
}

/** The columns of a list as CSV. */
export const OTHER_EMISSION_COLUMNS: readonly CsvColumn<OtherEmissionOutput>[] = [
  { header: 'line', value: ({ line }) => line },
  { header: 'period', value: ({ period }) => period.label },
  { header: 'start', value: ({ period }) => period.start },
  { header: 'end', value: ({ period }) => period.end },
  { header: 'scope', value: ({ scope }) => scope },
  { header: 'scope3Category', value: ({ scope3Category }) => scope3Category },
  { header: 'kgCo2e', value: ({ kgCo2e }) => kgCo2e },
  { header: 'kgCo2', value: ({ kgCo2 }) => kgCo2 },
  { header: 'kgCo2eMarket', value: ({ kgCo2eMarket }) => kgCo2eMarket },
  { header: 'outsideOfScopesKgCo2e', value: ({ outsideOfScopesKgCo2e }) => outsideOfScopesKgCo2e },
  { header: 'provisional', value: ({ provisional }) => provisional },
  { header: 'method', value: ({ method }) => method },
  { header: 'source', value: ({ source }) => source },
];
