import { type Decimal, roundKg, roundQuantity } from '../../../domain/decimal.ts';
import { answeredPeriod } from '../../../domain/figure-answer.ts';
import type { GridIntensity } from '../../../domain/grid/grid-intensity.ts';
import { matchTotals, type TimeMatch } from '../../../domain/grid/time-match.ts';
import type { TimeMatched } from '../../../services/grid/time-matched.ts';
import type { CsvColumn } from '../../csv.ts';
import type { GridIntensityOutput, TimeMatchedOutput, TimeMatchedRowOutput, TimeMatchOutput } from './schemas.ts';

/** What is said with every answer, so that the figure is never taken for the official one. */
const NOTE =
  'Beside the official figures and in none of them. The intensities are of CO2 alone, are estimates of the system operator, and have imports and the losses of the network in them: add no losses, and compare with no scope 2 figure of the annual factors.';

const orNull = (value: Decimal | null, round: (value: Decimal) => number): number | null =>
  value === null ? null : round(value);

function toMatch(match: TimeMatch, timeMean: number | null): TimeMatchOutput {
  const totals = matchTotals(match);
  return {
    kWh: roundQuantity(totals.kWh),
    kgCo2: roundKg(totals.kgCo2),
    gPerKwh: orNull(totals.gPerKwh, roundKg),
    kgCo2AtTimeMean: timeMean === null ? null : roundKg(totals.kWh.times(timeMean).div(1000)),
    forecastShare: orNull(totals.forecastShare, (share) => share.toDecimalPlaces(4).toNumber()),
    withoutIntensityKwh: roundQuantity(totals.withoutIntensityKwh),
    withoutIntervalsKwh: roundQuantity(match.withoutIntervals),
  };
}

/** Carbon by the time of use for its answer. */
export function toTimeMatched({
  question,
  today,
  rows,
  total,
  timeMeanGPerKwh,
  halfHours,
}: TimeMatched): TimeMatchedOutput {
  const { groupBy } = question;
  return {
    period: answeredPeriod(question.period, today),
    region: question.region,
    note: NOTE,
    timeMeanGPerKwh: timeMeanGPerKwh === null ? null : Math.round(timeMeanGPerKwh * 1000) / 1000,
    halfHours,
    data: rows.map(({ bucket, name, match }) => ({
      period: answeredPeriod(bucket, today),
      ...(groupBy !== 'none' && { [groupBy]: name ?? '' }),
      ...toMatch(match, timeMeanGPerKwh),
    })),
    total: toMatch(total, timeMeanGPerKwh),
  };
}

/** An intensity for its answer. */
export function toGridIntensity({ region, startMs, gPerKwh, measure }: GridIntensity): GridIntensityOutput {
  return { region, start: new Date(startMs).toISOString().replace('.000Z', 'Z'), gPerKwh, measure };
}

/** The columns of a list as CSV: those that a table is taken in. */
export const GRID_INTENSITY_COLUMNS: readonly CsvColumn<GridIntensityOutput>[] = [
  { header: 'region', value: (row) => row.region },
  { header: 'from', value: (row) => row.start },
  { header: 'actual', value: (row) => (row.measure === 'actual' ? row.gPerKwh : null) },
  { header: 'forecast', value: (row) => (row.measure === 'forecast' ? row.gPerKwh : null) },
];

/** The columns of carbon by the time of use as CSV. */
export const TIME_MATCHED_COLUMNS: readonly CsvColumn<TimeMatchedRowOutput>[] = [
  { header: 'period', value: (row) => row.period.label },
  { header: 'start', value: (row) => row.period.start },
  { header: 'end', value: (row) => row.period.end },
  { header: 'site', value: (row) => row.site },
  { header: 'meter', value: (row) => row.meter },
  { header: 'kWh', value: (row) => row.kWh },
  { header: 'kgCo2', value: (row) => row.kgCo2 },
  { header: 'gPerKwh', value: (row) => row.gPerKwh },
  { header: 'kgCo2AtTimeMean', value: (row) => row.kgCo2AtTimeMean },
  { header: 'forecastShare', value: (row) => row.forecastShare },
  { header: 'withoutIntensityKwh', value: (row) => row.withoutIntensityKwh },
  { header: 'withoutIntervalsKwh', value: (row) => row.withoutIntervalsKwh },
];
