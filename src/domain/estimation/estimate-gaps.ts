import type { CheckedDay } from '../checks/meter-series.ts';
import { type FactorsByDay, factorInputs } from '../gas/kept-factors.ts';
import { intervalMinutes, intervalsOfDay } from '../interval-profile.ts';
import type { DayTypeOf } from '../like-days.ts';
import { addDays, type DaySpan, type LocalDay } from '../local-day.ts';
import type { EstimationSettings } from './estimation-settings.ts';
import { type EvidenceTimeline, evidenceTimeline, type OpenRun, openRuns } from './evidence-timeline.ts';
import { type Filled, fillDegreeDays, fillLikeDays, fillLinear, fillYearBefore } from './fill-run.ts';
import type { HeatingModelOf } from './heating-model.ts';
import type { EstimationMethod, LeftReason } from './methods.ts';
import type { DayEstimate, EstimatedPart } from './own-estimate.ts';

/** What is known of a meter when its gaps are estimated. */
export type EstimatedMeter = {
  /** The first day with a quantity; null where there is none. */
  firstDay: LocalDay | null;
  stored: readonly CheckedDay[];
  /** The spans of days that a bill or register readings fix. */
  totals: readonly DaySpan[];
  /** Stretches in service up to yesterday, ascending, longer than what is asked, so that a gap is seen as a whole. */
  service: readonly DaySpan[];
  /** The days whose gaps are to be estimated. */
  asked: DaySpan;
  /** Whether data should have come by now. */
  isOverdue: boolean;
  /** What turned volumes of gas into the energy that its estimates are made of (rule E6); empty for other meters. */
  factors: FactorsByDay;
  /** Of which kind its days are. */
  dayTypeOf: DayTypeOf;
  /** What its heating is estimated by. */
  heatingModelOf: HeatingModelOf;
};

/** A gap that stays missing. */
export type LeftGap = DaySpan & { minutes: number; reason: LeftReason };

/** What comes of estimating the gaps of a meter. */
export type EstimatedGaps = { days: DayEstimate[]; left: LeftGap[] };

type Outcome = { method: EstimationMethod; filled: NonNullable<Filled>; run: OpenRun } | { reason: LeftReason };

const DAY_MINUTES = 1440;

/** Fills a gap that evidence follows, by its length (rule E11). */
function fillInside(
  timeline: EvidenceTimeline,
  run: OpenRun,
  settings: EstimationSettings,
  heatingModelOf: HeatingModelOf,
): Outcome {
  const { linear, likeDays, yearBefore } = settings;
  const outcome = (method: EstimationMethod, filled: Filled): Outcome | null =>
    filled === null ? null : { method, filled, run };
  if (run.minutes > yearBefore.daysMax * DAY_MINUTES) return { reason: 'longer-than-limit' };
  const isShort = timeline.resolutionMinutes < DAY_MINUTES && run.minutes <= linear.hoursMax * 60;
  const isWeek = run.minutes <= likeDays.daysMax * DAY_MINUTES;
  return (
    (isShort ? outcome('linear', fillLinear(timeline, run)) : null) ??
    (isWeek ? outcome('like-days', fillLikeDays(timeline, run, likeDays)) : null) ??
    outcome('degree-days', fillDegreeDays(timeline, run, heatingModelOf)) ??
    outcome('year-before', fillYearBefore(timeline, run, yearBefore)) ?? { reason: 'too-little-data' }
  );
}

/** Carries an overdue meter on past its last value, as far as the limit allows (rule E11). */
function accrue(timeline: EvidenceTimeline, run: OpenRun, settings: EstimationSettings): Outcome {
  const start = run.places[0]?.day ?? '';
  const end = addDays(start, settings.accrual.daysMax);
  const places = run.places.filter(({ day }) => day < end);
  const minutes = places.reduce((sum, { day }) => sum + intervalMinutes(day, timeline.resolutionMinutes), 0);
  const part = { places, minutes };
  const filled = fillLikeDays(timeline, part, settings.likeDays, start);
  return filled === null ? { reason: 'too-little-data' } : { method: 'accrual', filled, run: part };
}

function runSpan({ places }: OpenRun): DaySpan {
  return { start: places[0]?.day ?? '', end: addDays(places.at(-1)?.day ?? '', 1) };
}

/** Sorts the values of filled gaps by day. */
function openDays(timeline: EvidenceTimeline, factors: FactorsByDay) {
  const days = new Map<LocalDay, { values: (number | null)[]; parts: EstimatedPart[] }>();
  return {
    add({ method, filled, run }: Extract<Outcome, { method: EstimationMethod }>, asked: DaySpan): void {
      const common = { ...filled.inputs, ...factorInputs(filled.sources, factors) };
      const open = new Map<LocalDay, EstimatedPart>();
      run.places.forEach(({ day, index }, place) => {
        if (day < asked.start || day >= asked.end) return;
        const own = days.get(day) ?? {
          values: new Array<null>(intervalsOfDay(day, timeline.resolutionMinutes)).fill(null),
          parts: [],
        };
        days.set(day, own);
        own.values[index] = filled.values[place] ?? null;
        const last = own.parts.at(-1);
        if (last !== undefined && last.to === index && open.get(day) === last) last.to = index + 1;
        else {
          const part = { method, from: index, to: index + 1, inputs: { ...common, ...filled.inputsOfDay?.get(day) } };
          open.set(day, part);
          own.parts.push(part);
        }
      });
    },
    all: (): DayEstimate[] =>
      [...days]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([day, own]) => ({ day, resolutionMinutes: timeline.resolutionMinutes, ...own })),
  };
}

/** Whether a gap reaches the end of the time in service, so that nothing is known after it. */
function isLeading(timeline: EvidenceTimeline, { places }: OpenRun, service: readonly DaySpan[]): boolean {
  const last = places.at(-1);
  if (last === undefined || addDays(last.day, 1) !== service.at(-1)?.end) return false;
  return last.index === timeline.at(last.day).isOpen.length - 1;
}

/** Whether nothing is known before a gap, `first` being the first day that evidence says something of. */
function isBeforeFirst({ places }: OpenRun, first: LocalDay): boolean {
  const [place] = places;
  return place === undefined || place.day < first || (place.day === first && place.index === 0);
}

/**
 * Estimates what evidence leaves open of the asked days (rule E11). Only measured values feed estimates; an estimate of a
 * supplier is evidence, and a day that a bill or register readings cover is theirs. What cannot be estimated is listed.
 */
export function estimateGaps(meter: EstimatedMeter, settings: EstimationSettings): EstimatedGaps {
  const { firstDay: first, stored, totals, service, asked, isOverdue, factors, dayTypeOf } = meter;
  const timeline = evidenceTimeline(stored, totals, dayTypeOf);
  const days = openDays(timeline, factors);
  const left: LeftGap[] = [];
  for (const run of service.flatMap((span) => openRuns(timeline, span))) {
    const span = runSpan(run);
    if (span.end <= asked.start || span.start >= asked.end) continue;
    const leading = isLeading(timeline, run, service);
    const leave = (reason: LeftReason): number => left.push({ ...span, minutes: run.minutes, reason });
    if (first === null || isBeforeFirst(run, first)) leave('before-first-value');
    else if (leading && !isOverdue) leave('not-overdue');
    else {
      const outcome = leading
        ? accrue(timeline, run, settings)
        : fillInside(timeline, run, settings, meter.heatingModelOf);
      if ('reason' in outcome) leave(outcome.reason);
      else {
        days.add(outcome, asked);
        const next = run.places[outcome.run.places.length];
        if (next !== undefined)
          left.push({
            start: next.day,
            end: span.end,
            minutes: run.minutes - outcome.run.minutes,
            reason: 'past-accrual',
          });
      }
    }
  }
  return { days: days.all(), left };
}
