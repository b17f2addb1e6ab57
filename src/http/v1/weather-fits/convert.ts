import { inForce } from '../../../domain/dated.ts';
import { Decimal, roundQuantity } from '../../../domain/decimal.ts';
import { addDays } from '../../../domain/local-day.ts';
import { parsePeriod } from '../../../domain/period.ts';
import { fitted, type LineFit } from '../../../domain/weather/fit-line.ts';
import type { PeriodPoint } from '../../../domain/weather/fit-points.ts';
import type { FitQuestion, FittedMeter } from '../../../services/weather/weather-fits.ts';
import type { Knowledge } from '../../../services/weather/weather-reader.ts';
import type { CsvColumn } from '../../csv.ts';
import type { FitQuery, WeatherFitOutput, WeatherFitRow, WeatherPointOutput } from './schemas.ts';

/** What is asked of fits, from a query. */
export function fromFitQuery({ period, baseTemperatureC }: FitQuery): FitQuestion {
  return {
    period: period === undefined ? null : parsePeriod(period, '?period'),
    baseTemperatureC: baseTemperatureC === undefined ? null : new Decimal(baseTemperatureC),
  };
}

const rounded = (value: Decimal | null): number | null => (value === null ? null : roundQuantity(value));

function toLine(line: LineFit): NonNullable<WeatherFitRow['line']> {
  return {
    basePerDay: roundQuantity(line.basePerDay),
    slopePerDegreeDay: roundQuantity(line.slopePerDegreeDay),
    points: line.points,
    rSquared: rounded(line.rSquared),
    cvRmse: rounded(line.cvRmse),
    slopeStandardError: roundQuantity(line.slopeStandardError),
    slopeT: rounded(line.slopeT),
  };
}

/** A fit for a list. */
export function toFitRow({ meter, fit }: FittedMeter): WeatherFitRow {
  const { series, line, refused, period } = fit;
  const site = inForce(meter.placements, addDays(period.end, -1))?.site;
  return {
    meter: meter.key,
    ...(site === undefined ? {} : { site }),
    activity: meter.activity,
    unit: meter.unit,
    period: { start: period.start, end: period.end },
    ...(series === null ? {} : { degreeDays: { ...series, baseTemperatureC: series.baseTemperatureC.toNumber() } }),
    accepted: refused === null,
    ...(refused === null ? {} : { refusal: refused }),
    measuredDays: fit.measuredDays,
    ...(line === null ? {} : { line: toLine(line) }),
  };
}

function toPoint(point: PeriodPoint, line: LineFit | null): WeatherPointOutput {
  const expected = line === null ? null : fitted(line, point);
  return {
    start: point.start,
    end: point.end,
    source: point.source,
    days: point.days,
    degreeDays: roundQuantity(point.degreeDays),
    quantity: roundQuantity(point.quantity),
    fitted: rounded(expected),
    residual: expected === null ? null : roundQuantity(point.quantity.minus(expected)),
  };
}

/** A fit with what it was told from. */
export function toFit({ knowledge, ...fitted }: FittedMeter & { knowledge: Knowledge }): WeatherFitOutput {
  const { line, points } = fitted.fit;
  return { ...toFitRow(fitted), knowledge, points: points.map((point) => toPoint(point, line)) };
}

/** The columns of a list of fits as CSV. */
export const FIT_COLUMNS: readonly CsvColumn<WeatherFitRow>[] = [
  { header: 'meter', value: (row) => row.meter },
  { header: 'site', value: (row) => row.site },
  { header: 'activity', value: (row) => row.activity },
  { header: 'unit', value: (row) => row.unit },
  { header: 'start', value: (row) => row.period.start },
  { header: 'end', value: (row) => row.period.end },
  { header: 'region', value: (row) => row.degreeDays?.region },
  { header: 'baseTemperatureC', value: (row) => row.degreeDays?.baseTemperatureC },
  { header: 'accepted', value: (row) => row.accepted },
  { header: 'refusal', value: (row) => row.refusal?.code },
  { header: 'refusalDetail', value: (row) => row.refusal?.detail },
  { header: 'measuredDays', value: (row) => row.measuredDays },
  { header: 'points', value: (row) => row.line?.points },
  { header: 'basePerDay', value: (row) => row.line?.basePerDay },
  { header: 'slopePerDegreeDay', value: (row) => row.line?.slopePerDegreeDay },
  { header: 'rSquared', value: (row) => row.line?.rSquared },
  { header: 'cvRmse', value: (row) => row.line?.cvRmse },
  { header: 'slopeStandardError', value: (row) => row.line?.slopeStandardError },
  { header: 'slopeT', value: (row) => row.line?.slopeT },
];

/** The columns of the points of one fit as CSV. */
export const POINT_COLUMNS: readonly CsvColumn<WeatherPointOutput>[] = [
  { header: 'start', value: (row) => row.start },
  { header: 'end', value: (row) => row.end },
  { header: 'source', value: (row) => row.source },
  { header: 'days', value: (row) => row.days },
  { header: 'degreeDays', value: (row) => row.degreeDays },
  { header: 'quantity', value: (row) => row.quantity },
  { header: 'fitted', value: (row) => row.fitted },
  { header: 'residual', value: (row) => row.residual },
];
