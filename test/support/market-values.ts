import { type Instrument, type InstrumentKind, QUALITY_CRITERIA } from '../../src/domain/supply/instrument.ts';
import type { ResidualMix } from '../../src/domain/supply/residual-mix.ts';

const YEAR = { from: '2025-04-01', to: '2026-04-01' };

/** An instrument of 2025/26 that meets every criterion, as a plain value; its key is its kind. */
export function instrumentOf(kind: InstrumentKind, fields: Partial<Instrument>): Instrument {
  return {
    key: kind,
    name: kind,
    kind,
    factor: 0,
    gasBasis: 'co2e',
    ...YEAR,
    certificateYear: '2025/26',
    retiredFor: 'Example council',
    criteriaMet: QUALITY_CRITERIA,
    matching: 'annual',
    evidence: { description: 'A test' },
    ...fields,
  };
}

/** A residual mix of 2025/26, made up for tests. */
export function residualOf(factor: number, fields: Partial<ResidualMix> = {}): ResidualMix {
  return {
    key: 'r',
    publisher: 'A test',
    gasBasis: 'co2e',
    ...YEAR,
    factor,
    source: 'A test',
    licence: 'A test',
    ...fields,
  };
}
