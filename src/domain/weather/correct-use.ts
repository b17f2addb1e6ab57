import { minutesOfDay } from '../calendar.ts';
import { type Decimal, ZERO } from '../decimal.ts';
import { addDays, type DaySpan, lengthDays } from '../local-day.ts';
import { FIT_REFUSALS, type FitRefusal } from './fit-meter.ts';
import type { WeatherEvidence } from './fit-points.ts';

/** Why days are not brought to the reference: the fit was refused, or there is nothing to bring them to or from. */
export const NOT_CORRECTED = [...FIT_REFUSALS, 'no-reference'] as const;
export type NotCorrected = FitRefusal | 'no-reference';

/** How the days of a meter are corrected over a span in which nothing of it changes; otherwise why they are not. */
export type Correction = DaySpan &
  (
    | { slopePerDegreeDay: Decimal; actualOf(span: DaySpan): Decimal | null; referenceOf(span: DaySpan): Decimal }
    | { code: NotCorrected; detail: string }
  );

/** What became of the known days of a span. Quantities in the meter's unit. */
export type CorrectedUse = {
  /** Measured use of the days that are corrected, and by how much. */
  measured: Decimal;
  correction: Decimal;
  days: number;
  /** Measured use of the days that are not, by reason. */
  left: Map<NotCorrected, { detail: string; measured: Decimal; days: number }>;
};

/** Nothing corrected yet. */
export function noUse(): CorrectedUse {
  return { measured: ZERO, correction: ZERO, days: 0, left: new Map() };
}

/** Adds what became of some days to what became of others. */
export function addUse(to: CorrectedUse, { measured, correction, days, left }: CorrectedUse): void {
  to.measured = to.measured.plus(measured);
  to.correction = to.correction.plus(correction);
  to.days += days;
  for (const [code, other] of left) addLeft(to, code, other.detail, other.measured, other.days);
}

function addLeft(use: CorrectedUse, code: NotCorrected, detail: string, measured: Decimal, days: number): void {
  const before = use.left.get(code) ?? { detail, measured: ZERO, days: 0 };
  use.left.set(code, { ...before, measured: before.measured.plus(measured), days: before.days + days });
}

/**
 * Brings the known days of a span to reference weather: each by slope × (reference degree days − degree days), in the share
 * of the day that is known. What does not answer to the weather stays as it was measured. Each day is decided by itself, so
 * that months add up to years; a day whose degree days are missing is left, and said.
 */
export function correctUse(days: WeatherEvidence['days'], span: DaySpan, correction: Correction): CorrectedUse {
  const use = noUse();
  for (let day = span.start; day < span.end; day = addDays(day, 1)) {
    const known = days.get(day);
    if (known === undefined || known.quantity === null) continue;
    if ('code' in correction) {
      addLeft(use, correction.code, correction.detail, known.quantity, 1);
      continue;
    }
    const asDay = { start: day, end: addDays(day, 1) };
    const actual = correction.actualOf(asDay);
    if (actual === null) {
      addLeft(use, 'degree-days-missing', `degree days of ${day} are missing`, known.quantity, 1);
      continue;
    }
    const minutes = minutesOfDay(day);
    const knownMinutes = Math.min(minutes, known.actualMinutes + known.estimatedMinutes);
    const weather = correction.referenceOf(asDay).minus(actual).times(correction.slopePerDegreeDay);
    use.measured = use.measured.plus(known.quantity);
    use.correction = use.correction.plus(weather.times(knownMinutes).div(minutes));
    use.days += 1;
  }
  return use;
}

/**
 * The same of a span of which every day is known whole, from its sum alone: what the weather did to its days adds up. Null
 * where the degree days of one of them are missing.
 */
export function correctWhole(quantity: Decimal, span: DaySpan, correction: Correction): CorrectedUse | null {
  const use = noUse();
  const days = lengthDays(span);
  if ('code' in correction) {
    addLeft(use, correction.code, correction.detail, quantity, days);
    return use;
  }
  const actual = correction.actualOf(span);
  if (actual === null) return null;
  const weather = correction.referenceOf(span).minus(actual).times(correction.slopePerDegreeDay);
  return { ...use, measured: quantity, correction: weather, days };
}
