import { QUALITY_CRITERIA } from '../../src/domain/supply/instrument.ts';
import type { TestApp } from './app.ts';
import { ask } from './estate.ts';

/** Certificates of 2025/26 that meet every criterion. */
export const REGO = {
  kind: 'rego',
  factor: 0,
  from: '2025-04-01',
  to: '2026-04-01',
  certificateYear: '2025/26',
  retiredFor: 'Example council',
  criteriaMet: [...QUALITY_CRITERIA],
  evidence: { description: 'Statement of the supplier, June 2026' },
};

/** A residual mix of 2025/26, made up for tests. */
export const RESIDUAL = {
  publisher: 'A test',
  gasBasis: 'co2e',
  from: '2025-04-01',
  to: '2026-04-01',
  factor: 0.3,
  source: 'A test',
  licence: 'A test',
};

type Kg = {
  scope1: number;
  scope2: number;
  total: number;
  scope2Market?: number;
  totalMarket?: number;
  scope1Market?: number;
};
type Tier = { kWh: number; share: number | null; kgCo2e: number; flag?: string };

/** What tests look at of a row or total on the market basis. */
export type MarketRow = {
  emissionsKgCo2e: Kg;
  tiers?: Record<'certificates' | 'supplierProduct' | 'residualMix' | 'gridAverage', Tier>;
  greenGasKwh?: number;
  flags?: string[];
  provisional?: string[];
  notQuantified: string[];
} & Record<string, unknown>;
export type MarketAnswer = {
  basis: string;
  data: MarketRow[];
  total: MarketRow;
  market: { instruments: Record<string, unknown>[] };
};

/** What tests ask and write of the market basis. */
export function marketOf(service: TestApp) {
  const put = (path: string, body: object) => service.send('PUT', `/v1/${path}`, { body });
  return {
    put,
    instrument: async (key: string, fields: object) => {
      const response = await put(`instruments/${key}`, { ...REGO, ...fields });
      if (response.statusCode > 201) throw new Error(response.body);
    },
    remove: (key: string) => service.send('DELETE', `/v1/instruments/${key}`),
    market: (query: string) => ask<MarketAnswer>(service, `/v1/emissions?basis=market&period=2025/26&${query}`),
  };
}
