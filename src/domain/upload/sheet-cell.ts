/** A cell of a workbook: what is stored in it and how it is shown. */
export type SheetCell = { t: string; v?: unknown; z?: string | number };

/** What a number format says about a number. */
type Shown = { date: boolean; time: boolean; elapsed: boolean; digits: number };

const DAY_SECONDS = 86_400;
const MINUTE_SECONDS = 60;
/** Days from 1899-12-30, where workbooks count from, to 1970-01-01; and to the start of those that count from 1904. */
const EPOCH_DAYS = 25_569;
const DAYS_TO_1904 = 1_462;
/** The last day of the year 9999. */
const SERIAL_MAX = 2_958_465;
/** A fraction of a day has no exact binary form: what is this near to a whole minute is that minute. */
const MINUTE_TOLERANCE_SECONDS = 1;

/** Whole numbers from here on have lost digits: a workbook stores fifteen. */
const EXACT_MAX = 1e15;
const MILLIONTHS = 1e6;
/** What sums in binary leave behind the tenth digit, such as 0.1 + 0.2 = 0.30000000000000004. */
const RESIDUE_SHARE_MAX = 1e-10;

const ERRORS: Readonly<Record<number, string>> = {
  0: '#NULL!',
  7: '#DIV/0!',
  15: '#VALUE!',
  23: '#REF!',
  29: '#NAME?',
  36: '#NUM!',
  42: '#N/A',
  43: '#GETTING_DATA',
};

const formats = new Map<string, Shown>();
const FORMATS_MAX = 1_000;

/** Reads the first section of a number format, without its quoted texts, colours and locales. */
function shownBy(format: string): Shown {
  const known = formats.get(format);
  if (known !== undefined) return known;
  const elapsed = /\[(?:h+|m+|s+)\]/i.test(format);
  const tokens = (format.split(';')[0] ?? '').replace(/"[^"]*"|\\.|_.|\*.|\[[^\]]*\]/g, '');
  const isGeneral = /^general$/i.test(tokens.trim());
  const shown = {
    date: !isGeneral && /[yd]|m{3}/i.test(tokens),
    time: !isGeneral && (elapsed || /[hs]/i.test(tokens)),
    elapsed,
    digits: /^0{2,}$/.test(tokens) ? tokens.length : 0,
  };
  if (formats.size === FORMATS_MAX) formats.clear();
  formats.set(format, shown);
  return shown;
}

const two = (value: number) => String(value).padStart(2, '0');

/** A count of seconds as hours and minutes, with seconds where there are some. */
function clockText(seconds: number): string {
  const minutes = Math.floor(seconds / MINUTE_SECONDS);
  const rest = seconds % MINUTE_SECONDS;
  const time = `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
  return rest === 0 ? time : `${time}:${two(rest)}`;
}

function secondsOf(serial: number): number {
  const minute = Math.round((serial * DAY_SECONDS) / MINUTE_SECONDS) * MINUTE_SECONDS;
  return Math.abs(serial * DAY_SECONDS - minute) < MINUTE_TOLERANCE_SECONDS ? minute : Math.round(serial * DAY_SECONDS);
}

/** A number that is shown as a date, a time or both, as ISO text; what is shown of a time alone is its clock. */
function momentText(serial: number, { date, time, elapsed }: Shown, from1904: boolean): string | null {
  if (serial < 0 || serial > SERIAL_MAX) return null;
  const seconds = secondsOf(serial);
  if (!date) return clockText(elapsed ? seconds : seconds % DAY_SECONDS);
  const days = Math.floor(seconds / DAY_SECONDS) + (from1904 ? DAYS_TO_1904 : 0) - EPOCH_DAYS;
  const day = new Date(days * DAY_SECONDS * 1000).toISOString().slice(0, 10);
  const clock = seconds % DAY_SECONDS;
  return time || clock !== 0 ? `${day} ${clockText(clock)}` : day;
}

/**
 * The text that stands for a cell in a delimited file. Numbers keep what is stored, not what is shown, except that a
 * residue of binary sums is rounded to six decimals; `onResidue` hears of it. Whole numbers of more than fifteen digits,
 * whose last are lost, are written as such (1.2e+20), so that they are refused wherever digits matter.
 */
export function sheetCellText({ t, v, z }: SheetCell, from1904: boolean, onResidue: () => void): string {
  if (t === 'e') return ERRORS[Number(v)] ?? '#ERROR!';
  if (typeof v === 'boolean') return v ? 'TRUE' : 'FALSE';
  if (typeof v !== 'number') return v === undefined || v === null ? '' : String(v);
  const shown = shownBy(String(z ?? 'General'));
  const moment = shown.date || shown.time ? momentText(v, shown, from1904) : null;
  if (moment !== null) return moment;
  if (Math.abs(v) >= EXACT_MAX) return v.toExponential();
  if (Number.isInteger(v)) return v >= 0 ? String(v).padStart(shown.digits, '0') : String(v);
  const rounded = Math.round(v * MILLIONTHS) / MILLIONTHS;
  if (rounded === v || Math.abs(rounded - v) > Math.abs(v) * RESIDUE_SHARE_MAX) return String(v);
  onResidue();
  return String(rounded);
}
