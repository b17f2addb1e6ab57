import { groupBy } from '../group-by.ts';
import type { Question } from './recognise/recognition.ts';
import { follow, newSeries, type Series } from './recognise/rising-series.ts';
import { risingText } from './recognise/rising-values.ts';
import type { PrintedBill } from './settle-bills.ts';

/** Months without a fall from which on they are asked about: use falls at some time of the year. */
const MONTHS_MIN = 10;
/** The same of a meter that is read by its register, where the steps are little beside the values. */
const REGISTER = { months: 6, stepShareMax: 0.25 } as const;

function seriesOf(bills: readonly Pick<PrintedBill, 'from' | 'totalMicro'>[]): Series | null {
  const values = bills.toSorted((a, b) => a.from - b.from).map(({ totalMicro }) => Number(totalMicro) / 1e6);
  const [first, ...others] = values;
  if (first === undefined) return null;
  const series = newSeries(first);
  for (const value of others) follow(series, value);
  return series;
}

/** Whether the months of a meter look like what its dials show at their ends. */
function isCounter({ first, count, rises, falls, stepMax }: Series, isRegister: boolean): boolean {
  if (falls > 0 || rises < count - 1) return false;
  return count >= MONTHS_MIN || (isRegister && count >= REGISTER.months && stepMax <= first * REGISTER.stepShareMax);
}

/**
 * What is asked about months of which each shows more than the one before, as dials do that are read at the end of each. Null
 * where no meter's do.
 */
export function askRisingMonths(bills: readonly Pick<PrintedBill, 'meter' | 'from' | 'totalMicro'>[]): Question | null {
  for (const own of groupBy(bills, ({ meter }) => meter.id).values()) {
    const series = seriesOf(own);
    const meter = own[0]?.meter;
    if (series !== null && meter !== undefined && isCounter(series, meter.kind === 'register'))
      return risingText(meter.key, series).question;
  }
  return null;
}
