import type { ChangeQuestion } from '../../domain/change/change-question.ts';
import type { ChangePart } from '../../domain/change/pair-legs.ts';
import type { WeatherOfPart } from '../../domain/change/split-change.ts';
import type { EstateMeter } from '../../domain/estate.ts';
import { scaleOf } from '../../domain/floor-split.ts';
import type { MeterFit } from '../../domain/weather/fit-meter.ts';
import { mayHeat } from '../../domain/weather/heating-meter.ts';
import type { FigureDeps } from '../figures/answer-figure.ts';
import { type Calendars, readCalendars } from '../weather/fit-meters.ts';
import { weatherSlope } from '../weather/weather-change.ts';

/** Tells of the parts of a change what the weather did to them; in the order of the parts. */
export type WeatherOfChange = (parts: readonly ChangePart[], question: ChangeQuestion) => Promise<WeatherOfPart[]>;

/** The meter whose use a part is: of what is taken out of a meter for a tenant, the tenant's own. */
function meterOf({ counted: { segment, sub } }: NonNullable<ChangePart['second']>): EstateMeter {
  return sub ?? segment.meter;
}

function shiftOf(
  { first, second }: ChangePart,
  fits: ReadonlyMap<number, MeterFit>,
  calendars: Calendars[],
): WeatherOfPart {
  if (first === null || second === null) return undefined;
  const meter = meterOf(second);
  if (!mayHeat(meter)) return undefined;
  const fit = fits.get(meter.id);
  const [before, after] = calendars;
  if (fit === undefined || fit.refused !== null || fit.line === null || fit.series === null) return null;
  const from = before?.(fit.series).of(first.days) ?? null;
  const to = after?.(fit.series).of(second.days) ?? null;
  if (from === null || to === null) return null;
  const shift = fit.line.slopePerDegreeDay.times(to.minus(from)).times(scaleOf(second.counted.stream));
  return second.counted.sub === null ? shift : shift.negated();
}

/**
 * What the weather did, by fits of the meters' use to degree days (rule G1). The fit is that of the earlier period, whichever
 * way round the two are compared, so that swapping them negates every part.
 */
export function weatherOfChange(figures: FigureDeps): WeatherOfChange {
  return async (parts, { figure, comparedWith }) => {
    const heating = parts.flatMap(({ first, second }) =>
      first !== null && second !== null && mayHeat(meterOf(second)) ? [meterOf(second)] : [],
    );
    const meters = [...new Map(heating.map((meter) => [meter.id, meter])).values()];
    const earlier = figure.period.start < comparedWith.start ? figure.period : comparedWith;
    const fits = meters.length === 0 ? [] : await weatherSlope(figures, meters, earlier);
    const byMeter = new Map(meters.flatMap(({ id }, index) => (fits[index] === undefined ? [] : [[id, fits[index]]])));
    const series = fits.flatMap((fit) => (fit.series === null ? [] : [fit.series]));
    const calendars =
      series.length === 0
        ? []
        : [
            await readCalendars(figures.weather, series, comparedWith),
            await readCalendars(figures.weather, series, figure.period),
          ];
    return parts.map((part) => shiftOf(part, byMeter, calendars));
  };
}
