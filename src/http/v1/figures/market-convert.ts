import { roundQuantity } from '../../../domain/decimal.ts';
import { standingOf } from '../../../domain/market/instrument-standing.ts';
import type { AnsweredFigure } from '../../../services/figures/answer-figure.ts';
import type { CsvColumn } from '../../csv.ts';
import type { MarketBasisOutput } from './market-schemas.ts';
import type { EmissionsRow } from './schemas.ts';

type InstrumentOutput = MarketBasisOutput['instruments'][number];

/** What the market basis of an answer rests on: every instrument and residual mix whose days touch the period. */
export function toMarketBasis({ estate, question, market }: AnsweredFigure): MarketBasisOutput {
  const { start, end } = question.period;
  const touches = ({ from, to }: { from: string; to: string }): boolean => from < end && start < to;
  const results = new Map(market?.allocation.results.map((result) => [result.instrument.key, result]));
  const instruments = estate.supply.instruments.filter(touches).map((instrument): InstrumentOutput => {
    const { key, kind, from, to, kWh, evidence } = instrument;
    const { usable, reasons } = standingOf(instrument);
    const result = results.get(key);
    return {
      instrument: key,
      kind,
      from,
      to,
      used: usable !== null,
      reasons,
      ...(kWh === undefined ? {} : { kWh }),
      ...(result === undefined
        ? {}
        : {
            importKwh: roundQuantity(result.importKwh),
            availableKwh: roundQuantity(result.availableKwh),
            share: roundQuantity(result.share),
            usedKwh: roundQuantity(result.usedKwh),
            surplusKwh: roundQuantity(result.surplusKwh),
            ...(result.overlaps.length === 0 ? {} : { overlaps: result.overlaps }),
            ...(result.provisional ? { provisional: true as const } : {}),
          }),
      evidence: evidence.description,
    };
  });
  return { instruments, residualMixes: estate.supply.residualMixes.filter(touches).map(({ key }) => key) };
}

/** The columns of the market basis as CSV. */
export const MARKET_COLUMNS: readonly CsvColumn<EmissionsRow>[] = [
  { header: 'scope2MarketKgCo2e', value: (row) => row.emissionsKgCo2e?.scope2Market },
  { header: 'totalMarketKgCo2e', value: (row) => row.emissionsKgCo2e?.totalMarket },
  { header: 'scope1MarketKgCo2e', value: (row) => row.emissionsKgCo2e?.scope1Market },
  ...(['certificates', 'supplierProduct', 'residualMix', 'gridAverage'] as const).map((tier) => ({
    header: `${tier}Kwh`,
    value: (row: EmissionsRow) => row.tiers?.[tier].kWh,
  })),
  { header: 'greenGasKwh', value: (row) => row.greenGasKwh },
];
