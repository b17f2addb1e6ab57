import { clockChangeOf } from '../../calendar.ts';
import { type Cells, cellText } from '../cells.ts';
import { createDayValues, type DayValues } from '../day-values.ts';
import type { DayRowLayout, UploadClock } from '../layout.ts';
import { DAY_MS, type NumberedDay, numberedDay } from '../local-days.ts';
import { createMomentReader } from '../moment-text.ts';
import { MARK } from '../quality-words.ts';
import { readValue } from '../read-value.ts';
import { isFault } from '../row-fault.ts';
import { CLOCKS_TOLD_APART, type ClockEvidence } from './clock-choice.ts';
import type { Sample } from './recognition.ts';
import { eachRow } from './sample-lines.ts';

const DAY_MINUTES = 1440;

/** What rows of days on which the clocks change have been seen to hold. */
export type Seen = { clocks: Set<UploadClock>; reason: string };

/** What the hour of a spring day that the clock left out holds, and what other days hold there. */
type Hour = { values: number; zeros: number };

function hourOf({ values }: DayValues, at: number, length: number): Hour {
  const cells = Array.from(values.subarray(at, at + length)).filter((value) => !Number.isNaN(value));
  return { values: cells.length, zeros: cells.filter((value) => value === 0).length };
}

function springRow(row: DayValues, day: NumberedDay, perHour: number, nightIsUsed: boolean): Seen | null {
  const full = 24 * perHour;
  if (row.used <= full - perHour && row.used > full - 2 * perHour)
    return {
      clocks: new Set(['local']),
      reason: `The row of ${day.day}, when the clocks go forward, has ${row.used} values.`,
    };
  if (row.used !== full) return null;
  const { values, zeros } = hourOf(row, perHour, perHour);
  if (values === 0)
    return {
      clocks: new Set(['local48']),
      reason: `01:00 to 02:00 is blank on ${day.day}, when the clocks go forward.`,
    };
  if (zeros < values)
    return {
      clocks: new Set(['utc']),
      reason: `01:00 to 02:00 has values on ${day.day}, when that hour did not exist on the wall.`,
    };
  if (!nightIsUsed) return { clocks: new Set(['utc', 'local48']), reason: '' };
  return {
    clocks: new Set(['local48']),
    reason: `01:00 to 02:00 is zero on ${day.day}, when the clocks go forward, and not on other days.`,
  };
}

function autumnRow(row: DayValues, day: NumberedDay, perHour: number, total: number): Seen | null {
  const full = 24 * perHour;
  if (row.used > full)
    return {
      clocks: new Set(['local']),
      reason: `The row of ${day.day}, when the clocks go back, has ${row.used} values.`,
    };
  if (row.used !== full) return null;
  const sum = row.values.subarray(0, full).reduce((all, value) => all + (Number.isNaN(value) ? 0 : value), 0);
  if (total > sum * 1.005)
    return {
      clocks: new Set(['local48']),
      reason: `The total of ${day.day}, when the clocks go back, is larger than its ${full} values: the repeated hour is left out.`,
    };
  return {
    clocks: new Set(['utc', 'local48']),
    reason: `The row of ${day.day}, when the clocks go back, has ${full} values.`,
  };
}

/** A summer day of which only the last hour before midnight UTC is there: local midnight began the data. */
function isEdgeOfUtc(row: DayValues, perHour: number): boolean {
  return row.present > 0 && row.used === 24 * perHour && row.present <= perHour;
}

/** Looks at the rows of the sample for what shows by which clock their days run (rule E8). */
export function dayRowClock(sample: Sample, layout: DayRowLayout): ClockEvidence {
  const { date, total, repeatedHour, values } = layout.columns;
  const perHour = 60 / layout.resolutionMinutes;
  const valuesOf = createDayValues(layout);
  const { dated } = createMomentReader(layout.dateOrder);
  const seen: Seen[] = [];
  const springs: { row: DayValues; day: NumberedDay }[] = [];
  let nightIsUsed = false;
  let isImmaterial = true;
  let leaning: ClockEvidence['leaning'] = null;

  const look = (cells: Cells, row: DayValues, day: NumberedDay): void => {
    const { shiftMinutes } = clockChangeOf(day.day);
    if (day.startMs === day.number * DAY_MS && day.minutes === DAY_MINUTES)
      nightIsUsed ||= hourOf(row, perHour, perHour).zeros < hourOf(row, perHour, perHour).values;
    else isImmaterial = false;
    if (shiftMinutes > 0) springs.push({ row: { ...row, values: row.values.slice(0, 26 * perHour) }, day });
    if (shiftMinutes < 0) {
      const sum = total === null ? Number.NaN : readValue(cellText(cells, total.index));
      const found = autumnRow(row, day, perHour, typeof sum === 'number' ? sum : Number.NaN);
      if (found !== null) seen.push(found);
    }
    if (shiftMinutes === 0 && day.startMs !== day.number * DAY_MS) {
      nightIsUsed ||= hourOf(row, perHour, perHour).zeros < hourOf(row, perHour, perHour).values;
      if (isEdgeOfUtc(row, perHour))
        leaning = { clock: 'utc', reason: `${day.day} has only its last hour: local midnight in summer is 23:00 UTC.` };
    }
  };

  eachRow(sample, layout, (cells) => {
    const read = dated(cellText(cells, date.index));
    if (isFault(read)) return;
    if (read.offset === 0) leaning ??= { clock: 'utc', reason: 'The dates are written as instants in UTC.' };
    const row = valuesOf(cells, MARK.actual);
    if (!('detail' in row)) look(cells, row, numberedDay(read.day));
  });
  for (const { row, day } of springs) {
    const found = springRow(row, day, perHour, nightIsUsed);
    if (found !== null) seen.push(found);
  }
  const evidence = weigh(seen);
  if (repeatedHour.length > 0) {
    leaning = { clock: 'local', reason: 'The hour that autumn repeats has columns of its own.' };
    // In spring and autumn its 48 columns look like those of local48.
    if (evidence.allowed.has('local48')) return { ...weigh([]), isImmaterial, leaning };
  } else if (values.length > 24 * perHour) {
    const reason = `There are ${values.length} columns of values, as many as the longest local day has intervals.`;
    leaning = { clock: 'local', reason };
  }
  return { ...evidence, isImmaterial, leaning };
}

/** The clocks that everything seen allows, with the reasons that shut others out. */
export function weigh(seen: readonly Seen[]): Pick<ClockEvidence, 'allowed' | 'reasons'> {
  const allowed = new Set<UploadClock>(
    CLOCKS_TOLD_APART.filter((clock) => seen.every(({ clocks }) => clocks.has(clock))),
  );
  const reasons = [...new Set(seen.map(({ reason }) => reason))].filter((reason) => reason !== '');
  return { allowed, reasons: reasons.slice(0, 3) };
}
