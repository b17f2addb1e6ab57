import type { Decimal } from '../../../domain/decimal.ts';
import { roundQuantity } from '../../../domain/decimal.ts';
import { answeredPeriod } from '../../../domain/figure-answer.ts';
import type { BalancedMeter, BalanceRow } from '../../../domain/meter-balance.ts';
import type { MeterBalance } from '../../../services/figures/meter-balance.ts';
import type { CsvColumn } from '../../csv.ts';
import type { BalanceOutput, BalanceRowOutput } from './schemas.ts';

const rounded = (quantity: Decimal | null): number | null => (quantity === null ? null : roundQuantity(quantity));

function toMeter({ meter, quantity, coverage }: BalancedMeter): BalanceRowOutput['main'] {
  return { meter: meter.key, quantity: rounded(quantity), coverage };
}

function flagsOf({ subExceedsMain, incomplete }: BalanceRow): BalanceRowOutput['flags'] {
  return [...(subExceedsMain ? ['sub-exceeds-main' as const] : []), ...(incomplete ? ['incomplete' as const] : [])];
}

/** A balance for its answer. */
export function toBalance({ meter, period, today, rows }: MeterBalance): BalanceOutput {
  return {
    meter: meter.key,
    unit: meter.unit,
    period: answeredPeriod(period, today),
    data: rows.map((row) => ({
      period: answeredPeriod(row.bucket, today),
      main: toMeter(row.main),
      subs: row.subs.map(toMeter),
      subTotal: rounded(row.subTotal),
      remainder: rounded(row.remainder),
      flags: flagsOf(row),
    })),
  };
}

/** One line of a balance as CSV: a meter of a slice, or its remainder. */
export type BalanceLine = Omit<BalanceRowOutput['main'], 'meter'> &
  Pick<BalanceRowOutput, 'period'> & { meter: string | null; part: 'main' | 'sub' | 'remainder'; flags: string };

/** A balance line by line: of each slice the meter above, the ones below and the remainder. */
export function balanceLines({ data }: BalanceOutput): BalanceLine[] {
  return data.flatMap(({ period, main, subs, remainder, flags }): BalanceLine[] => [
    { period, part: 'main', ...main, flags: '' },
    ...subs.map((sub): BalanceLine => ({ period, part: 'sub', ...sub, flags: '' })),
    { period, part: 'remainder', meter: null, quantity: remainder, coverage: null, flags: flags.join(' ') },
  ]);
}

export const BALANCE_COLUMNS: readonly CsvColumn<BalanceLine>[] = [
  { header: 'period', value: (line) => line.period.label },
  { header: 'start', value: (line) => line.period.start },
  { header: 'end', value: (line) => line.period.end },
  { header: 'part', value: (line) => line.part },
  { header: 'meter', value: (line) => line.meter },
  { header: 'quantity', value: (line) => line.quantity },
  { header: 'coverageActual', value: (line) => line.coverage?.actual },
  { header: 'coverageEstimated', value: (line) => line.coverage?.estimated },
  { header: 'coverageMissing', value: (line) => line.coverage?.missing },
  { header: 'flags', value: (line) => line.flags },
];
