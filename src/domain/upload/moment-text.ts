import { readDay } from './day-text.ts';
import type { DateOrder } from './layout.ts';
import { type CellFault, isFault, quoted } from './row-fault.ts';

/** A time of day: minutes after midnight (up to 1440 for 24:00), with the minutes it is ahead of UTC where it says so. */
export type ReadTime = { minute: number; offset: number | null };

/** A date and time as written. */
export type ReadMoment = { day: number; minute: number; offset: number | null };

const TIME = /^(\d{1,2})[:.]?(\d{2})(?:[:.](\d{2})(?:\.\d+)?)?\s*(am|pm)?\s*(z|utc|gmt|bst|[+-]\d{2}:?\d{2})?$/i;

function offsetOf(zone: string | undefined): number | null {
  if (zone === undefined) return null;
  if (/^[zug]/i.test(zone)) return 0;
  if (/^b/i.test(zone)) return 60;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2));
  return zone.startsWith('-') ? -minutes : minutes;
}

const SPAN = /^(\d{1,2}):?(\d{2})(?::00)?(\s*(?:-|–|to)\s*)(\d{1,2}):?(\d{2})(?::00)?$/i;
/** Minutes after midnight without the hours that are nought, as in 0, 30, 100. */
const MINUTES_ALONE = /^(?:0|[1-5]?[05])$/;
const HOUR = 60;
const DAY_MINUTES = 1440;

/** The first time of a span such as 00:00 - 00:30; an offset such as 01:30-05:00 is none. */
function startOfSpan(text: string): string {
  const [, hours = '', minutes = '', dash = '', endHours = '', endMinutes = ''] = SPAN.exec(text) ?? [];
  if (dash === '') return text;
  const length = (Number(endHours) - Number(hours)) * HOUR + Number(endMinutes) - Number(minutes);
  const isSpan = dash.trim() !== dash || (length + DAY_MINUTES) % DAY_MINUTES <= HOUR;
  return isSpan ? `${hours}:${minutes}` : text;
}

/** Reads a time of day, such as 00:30, 0030, 30, 12:30 AM, 24:00, 00:30:00+01:00 or 00:00 - 00:30. */
export function readTime(written: string): ReadTime | CellFault {
  const text = startOfSpan(written);
  if (MINUTES_ALONE.test(text)) return { minute: Number(text), offset: null };
  const match = TIME.exec(text);
  const [, hours = '', minutes = '', seconds = '00', half, zone] = match ?? [];
  const hour = half === undefined ? Number(hours) : (Number(hours) % 12) + (half.toLowerCase() === 'pm' ? 12 : 0);
  const minute = hour * 60 + Number(minutes);
  const isWrongHalf = half !== undefined && Number(hours) > 12;
  if (match === null || Number(minutes) > 59 || minute > 1440 || isWrongHalf)
    return { code: 'not-a-time', detail: `${quoted(text)} is not a time of day: expected a form such as 00:30` };
  if (seconds !== '00')
    return { code: 'not-a-time', detail: `${quoted(text)} has seconds: intervals begin on a whole minute` };
  return { minute, offset: offsetOf(zone) };
}

/** Where a text of date and time is cut: after the date, before a time with a colon. */
const CUT = /^(.+?)(?:T|,?\s+)(\d{1,2}:\d{2}.*)$/i;
const COMPACT = /^(\d{8})T?(\d{4})$/;
/** A time before the date, as in 00:30:00 Sat 01/03/2025. */
const TIME_FIRST = /^(\d{1,2}:\d{2}(?::\d{2})?)\s+(\D{0,12}\d.*)$/;
/** The day number of a spreadsheet with a part of a day. */
const SPREADSHEET_MOMENT = /^([34567]\d{4})\.(\d+)$/;

const FORMS_MAX = 50_000;

/** A reader of dates and times that remembers what it has read: a file of a year has 365 dates and 48 times. */
export type MomentReader = {
  day(text: string): number | CellFault;
  time(text: string): ReadTime | CellFault;
  /** Date and time in one text; a date alone is its midnight. */
  moment(text: string): ReadMoment | CellFault;
  /** The date of a text that may have a time, of whatever form, beside it. */
  dated(text: string): ReadMoment | CellFault;
};

function remembered<T>(read: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    let result = known.get(text);
    if (result === undefined) {
      if (known.size === FORMS_MAX) known.clear();
      result = read(text);
      known.set(text, result);
    }
    return result;
  };
}

/** A text no longer than this has no room for a time. */
const DATE_LENGTH = 10;

function spreadsheetParts([, date = '', fraction = '']: RegExpExecArray): { date: string; time: string } {
  const minute = Math.round(Number(`0.${fraction}`) * DAY_MINUTES);
  return { date, time: `${Math.floor(minute / HOUR)}:${String(minute % HOUR).padStart(2, '0')}` };
}

/** Seconds or thousandths since 1970 in UTC, from 2001 to 2033. */
const EPOCH = /^1\d{9}(?:\d{3})?$/;
const SECONDS_LENGTH = 10;

/** Whole multiples of five minutes alone: the numbers of supply points have as many digits. */
function isEpoch(text: string): boolean {
  return EPOCH.test(text) && Number(text) % (text.length === SECONDS_LENGTH ? 300 : 300_000) === 0;
}

function epochParts(text: string): { date: string; time: string } {
  const instant = new Date(Number(text) * (text.length === SECONDS_LENGTH ? 1_000 : 1)).toISOString();
  return { date: instant.slice(0, 10), time: instant.slice(11) };
}

function cut(text: string): { date: string; time: string } | null {
  if (isEpoch(text)) return epochParts(text);
  const separator = text[10];
  if ((separator === ' ' || separator === 'T') && text.length >= 16)
    return { date: text.slice(0, 10), time: text.slice(11) };
  const spreadsheet = SPREADSHEET_MOMENT.exec(text);
  if (spreadsheet !== null) return spreadsheetParts(spreadsheet);
  if (text.length <= DATE_LENGTH) return null;
  const timeFirst = TIME_FIRST.exec(text);
  if (timeFirst !== null) return { date: timeFirst[2] ?? '', time: timeFirst[1] ?? '' };
  const match = COMPACT.exec(text) ?? CUT.exec(text);
  return match === null ? null : { date: match[1] ?? '', time: match[2] ?? '' };
}

/** The date of a text of a date and perhaps a time. */
export function dateTextOf(text: string): string {
  return cut(text)?.date ?? text;
}

/** Makes a reader of dates and times; `order` is that of dates in numbers, as for `readDay`. */
export function createMomentReader(order: DateOrder | null): MomentReader {
  const day = remembered((text) => readDay(text, order));
  const time = remembered(readTime);
  return {
    day,
    time,
    moment(text) {
      const parts = cut(text);
      const date = day(parts?.date ?? text);
      if (isFault(date))
        return parts === null ? { ...date, detail: date.detail.replace('not a date', 'not a date and time') } : date;
      if (parts === null) return { day: date, minute: 0, offset: null };
      const clock = time(parts.time.trim());
      return isFault(clock) ? clock : { day: date, minute: clock.minute, offset: clock.offset };
    },
    dated(text) {
      const parts = cut(text);
      const date = day(parts?.date ?? text);
      if (isFault(date)) return date;
      const clock = time((parts?.time ?? '00:00').trim().replace(/(:\d{2}):\d{2}(?:\.\d+)?/, '$1'));
      return { day: date, minute: isFault(clock) ? 0 : clock.minute, offset: isFault(clock) ? null : clock.offset };
    },
  };
}
