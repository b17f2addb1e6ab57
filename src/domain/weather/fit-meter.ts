import type { Decimal } from '../decimal.ts';
import { type DaySpan, lengthDays } from '../local-day.ts';
import type { DegreeDaySeries } from './degree-days.ts';
import { fitLine, type LineFit } from './fit-line.ts';
import { type PeriodPoint, pointsOf, type WeatherEvidence } from './fit-points.ts';
import type { WeatherCalendar } from './weather-calendar.ts';
import type { WeatherSettings } from './weather-settings.ts';

/** Why a meter has no fit that a figure may be corrected by. */
export const FIT_REFUSALS = [
  'not-heating',
  'no-weather-region',
  'region-changes',
  'period-too-short',
  'too-little-measured',
  'degree-days-missing',
  'too-few-points',
  'no-variation',
  'slope-not-positive',
  'slope-not-significant',
  'r-squared-too-low',
  'cvrmse-too-high',
] as const;
export type FitRefusal = (typeof FIT_REFUSALS)[number];

/** How a meter answers to the weather over a period: its points, the line through them, and whether it may be used. */
export type MeterFit = {
  period: DaySpan;
  /** The degree days that it is set against; null where the meter has no region, or is not for heating. */
  series: DegreeDaySeries | null;
  points: readonly PeriodPoint[];
  measuredDays: number;
  /** The line, also where it is not good enough; null where there is none. */
  line: LineFit | null;
  /** Null where the line may be used. */
  refused: { code: FitRefusal; detail: string } | null;
};

type Verdict = MeterFit['refused'];

const percent = (share: number): string => `${Number((share * 100).toFixed(2))} %`;
const figure = (value: Decimal | null): string => value?.toDecimalPlaces(4).toString() ?? 'not defined';

/** Judges a line by the settings, strictest evidence first. */
function judge(line: LineFit, { fit }: WeatherSettings): Verdict {
  const { slopePerDegreeDay: slope, slopeT, rSquared, cvRmse } = line;
  if (slope.lte(0)) {
    const detail = `the slope is ${figure(slope)}: expected above 0, more use in colder weather`;
    return { code: 'slope-not-positive', detail };
  }
  if (slopeT?.lt(fit.slopeTMin)) {
    const detail = `the slope is ${figure(slopeT)} standard errors above 0: expected at least ${fit.slopeTMin}`;
    return { code: 'slope-not-significant', detail };
  }
  if (rSquared === null || rSquared.lt(fit.rSquaredMin)) {
    const detail = `R² is ${figure(rSquared)}: expected at least ${fit.rSquaredMin}`;
    return { code: 'r-squared-too-low', detail };
  }
  if (cvRmse === null || cvRmse.gt(fit.cvRmseMax)) {
    const detail = `CV(RMSE) is ${figure(cvRmse)}: expected at most ${fit.cvRmseMax}`;
    return { code: 'cvrmse-too-high', detail };
  }
  return null;
}

function sufficiency(found: ReturnType<typeof pointsOf>, period: DaySpan, { fit }: WeatherSettings): Verdict {
  const days = lengthDays(period);
  if (days < fit.daysMin) {
    const detail = `the period has ${days} days: expected at least ${fit.daysMin}`;
    return { code: 'period-too-short', detail };
  }
  const { measuredDays, daysWithoutWeather, points } = found;
  if (measuredDays < days * fit.actualShareMin) {
    const detail = `${measuredDays} of ${days} days are measured, in whole months or totals of spans: expected at least ${percent(fit.actualShareMin)}; estimated and apportioned days are no evidence`;
    return { code: 'too-little-measured', detail };
  }
  if (measuredDays - daysWithoutWeather < days * fit.actualShareMin) {
    const detail = `${daysWithoutWeather} of ${measuredDays} measured days lack their degree days, or have them only as part of a month: expected at most ${percent(1 - fit.actualShareMin)} of ${days} days`;
    return { code: 'degree-days-missing', detail };
  }
  if (points.length >= fit.pointsMin) return null;
  return {
    code: 'too-few-points',
    detail: `there are ${points.length} months or totals of spans: expected at least ${fit.pointsMin}`,
  };
}

/** A meter that cannot be fitted, whatever its data. */
export function unfitted(period: DaySpan, code: FitRefusal, detail: string): MeterFit {
  return { period, series: null, points: [], measuredDays: 0, line: null, refused: { code, detail } };
}

/**
 * Fits a meter to the weather over a period: whether the evidence suffices is asked before the line is judged. A line is
 * given wherever there is one, so that a refusal can be understood.
 */
export function fitMeter(
  evidence: WeatherEvidence,
  series: DegreeDaySeries,
  weather: WeatherCalendar,
  period: DaySpan,
  settings: WeatherSettings,
): MeterFit {
  const found = pointsOf(evidence, weather, period, settings.fit.actualShareMin);
  const { points, measuredDays } = found;
  const line = fitLine(points);
  const insufficient = sufficiency(found, period, settings);
  const fit = { period, series, points, measuredDays, line };
  if (insufficient !== null) return { ...fit, refused: insufficient };
  if (line !== null) return { ...fit, refused: judge(line, settings) };
  const detail = 'the degree days are the same share of the days at every point: no slope can be told';
  return { ...fit, refused: { code: 'no-variation', detail } };
}
