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
export type WeatherOfParts = (parts: readonly ChangePart[]) => Promise<WeatherOfPart[]>;

/** Opens what tells of one question: each meter is fitted once, however many splits ask for it. */
export type WeatherOfChange = (question: ChangeQuestion) => WeatherOfParts;

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

/** The meters that may answer to the weather, of parts in which they are compared with themselves. */
function heatingMeters(parts: readonly ChangePart[]): EstateMeter[] {
  const meters = new Map<number, EstateMeter>();
  for (const { first, second } of parts) {
    if (first === null || second === null) continue;
    const meter = meterOf(second);
    if (mayHeat(meter)) meters.set(meter.id, meter);
  }
  return [...meters.values()];
}

/**
 * What the weather did, by fits of the meters' use to degree days (rule G1). The fit is that of the earlier period, whichever
 * way round the two are compared, so that swapping them negates every part.
 */
export function weatherOfChange(figures: FigureDeps): WeatherOfChange {
  return ({ figure, comparedWith }) => {
    const earlier = figure.period.start < comparedWith.start ? figure.period : comparedWith;
    const fits = new Map<number, MeterFit>();
    return async (parts) => {
      const unknown = heatingMeters(parts).filter(({ id }) => !fits.has(id));
      const found = unknown.length === 0 ? [] : await weatherSlope(figures, unknown, earlier);
      unknown.forEach(({ id }, index) => {
        const fit = found[index];
        if (fit !== undefined) fits.set(id, fit);
      });
      const series = [...fits.values()].flatMap((fit) => fit.series ?? []);
      if (series.length === 0) return parts.map((part) => shiftOf(part, fits, []));
      const calendars = [
        await readCalendars(figures.weather, series, comparedWith),
        await readCalendars(figures.weather, series, figure.period),
      ];
      return parts.map((part) => shiftOf(part, fits, calendars));
    };
  };
}
