import { Decimal } from '../decimal.ts';
import { addMonths, isLocalDay, type LocalDay } from '../local-day.ts';
import { type Fault, Refusal } from '../refusal.ts';

/** Degree days below a base temperature, which heating answers to, or above it, which cooling answers to. */
export const DEGREE_DAY_KINDS = ['heating', 'cooling'] as const;
export type DegreeDayKind = (typeof DEGREE_DAY_KINDS)[number];

/** Which degree days: of which region, below or above which temperature. The base is part of what they are. */
export type DegreeDaySeries = { region: string; kind: DegreeDayKind; baseTemperatureC: Decimal };

/** A day's value, or the total of a calendar month where the days are not known; `day` is then its first. */
export type DegreeDayResolution = 'day' | 'month';

/** One value of a series, with where it comes from. */
export type DegreeDayValue = DegreeDaySeries & {
  resolution: DegreeDayResolution;
  day: LocalDay;
  degreeDays: Decimal;
  source: string;
};

/** One value as it comes, with the place by which a refusal names it. Either `day` or `month` is given. */
export type DegreeDayEntry = {
  region: string;
  kind: string;
  baseTemperatureC: number;
  source: string;
  day?: string | undefined;
  month?: string | undefined;
  degreeDays: number;
  pointer: string;
};

/** A region as the publisher of the degree days names or numbers it, such as `midland` or `6`. */
export const REGION_PATTERN = '^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$';
const REGION = new RegExp(REGION_PATTERN);

/** What no base temperature, and no day of weather, can be. */
export const DEGREE_DAY_LIMITS = { baseFrom: 0, baseTo: 40, perDayMax: 70 } as const;

/** Longest name of a source. */
export const SOURCE_LENGTH_MAX = 200;

const PLAIN_TEXT = /^[^\s\p{Cc}\p{Cs}]([^\p{Cc}\p{Cs}]*[^\s\p{Cc}\p{Cs}])?$/u;
const MONTH = /^(199\d|2[01]\d\d)-(0[1-9]|1[0-2])$/;

const decimalsOf = (value: number): number => new Decimal(value).decimalPlaces();

/** A series in one text: equal texts are one series. */
export function seriesKey({ region, kind, baseTemperatureC }: DegreeDaySeries): string {
  return `${region}\n${kind}\n${baseTemperatureC.toFixed()}`;
}

/** A series as people read it. */
export function seriesName({ region, kind, baseTemperatureC }: DegreeDaySeries): string {
  return `${kind} degree days of region '${region}' to ${baseTemperatureC.toFixed()} °C`;
}

/** What is wrong with the name of a series; null where nothing is. Pointers begin at that of its entry. */
export function seriesFault(
  { region, kind, baseTemperatureC, source }: Pick<DegreeDayEntry, 'region' | 'kind' | 'baseTemperatureC' | 'source'>,
  pointer: string,
): Fault | null {
  if (!REGION.test(region)) {
    const detail = `'${region}' is not a region: expected 1 to 40 letters, digits and . _ - that begin with a letter or digit`;
    return { pointer: `${pointer}/region`, code: 'invalid-region', detail };
  }
  if (!(DEGREE_DAY_KINDS as readonly string[]).includes(kind)) {
    const detail = `'${kind}' is no kind of degree days: expected ${DEGREE_DAY_KINDS.join(' or ')}`;
    return { pointer: `${pointer}/kind`, code: 'not-allowed', detail };
  }
  const { baseFrom, baseTo } = DEGREE_DAY_LIMITS;
  if (!(baseTemperatureC >= baseFrom && baseTemperatureC <= baseTo) || decimalsOf(baseTemperatureC) > 2) {
    const detail = `${baseTemperatureC} is no base temperature: expected ${baseFrom} to ${baseTo} °C with at most two decimals, such as 15.5`;
    return { pointer: `${pointer}/baseTemperatureC`, code: 'value-out-of-range', detail };
  }
  if (source.length > SOURCE_LENGTH_MAX || !PLAIN_TEXT.test(source)) {
    const detail = `the source is '${source.slice(0, 60)}': expected where the degree days come from, in 1 to ${SOURCE_LENGTH_MAX} characters`;
    return { pointer: `${pointer}/source`, code: 'missing', detail };
  }
  return null;
}

/** Days of the month that begins on a day. */
function daysInMonth(first: LocalDay): number {
  return new Date(Date.UTC(Number(first.slice(0, 4)), Number(first.slice(5, 7)), 0)).getUTCDate();
}

function timeFault({ day, month, pointer }: DegreeDayEntry, today: LocalDay): Fault | null {
  if ((day === undefined) === (month === undefined)) {
    const detail = `a value has ${day === undefined ? "neither 'day' nor 'month'" : "'day' and 'month'"}: expected one of them`;
    return { pointer, code: 'ambiguous', detail };
  }
  if (day !== undefined) {
    if (!isLocalDay(day)) {
      const detail = `'${day}' is not a day: expected YYYY-MM-DD between 1990 and 2199`;
      return { pointer: `${pointer}/day`, code: 'invalid-day', detail };
    }
    if (day < today) return null;
    const detail = `${day} has not ended: expected a day before ${today}; a forecast is not the weather that was`;
    return { pointer: `${pointer}/day`, code: 'in-the-future', detail };
  }
  const text = month ?? '';
  if (!MONTH.test(text)) {
    const detail = `'${text}' is not a month: expected YYYY-MM between 1990 and 2199`;
    return { pointer: `${pointer}/month`, code: 'invalid-month', detail };
  }
  if (addMonths(`${text}-01`, 1) <= today) return null;
  const detail = `${text} has not ended: expected a month before ${today.slice(0, 7)}`;
  return { pointer: `${pointer}/month`, code: 'in-the-future', detail };
}

function valueFault({ degreeDays, day, month, pointer }: DegreeDayEntry): Fault | null {
  const most = DEGREE_DAY_LIMITS.perDayMax * (day === undefined ? daysInMonth(`${month}-01`) : 1);
  if (degreeDays >= 0 && degreeDays <= most && decimalsOf(degreeDays) <= 6) return null;
  const detail = `${degreeDays} are no degree days of a ${day === undefined ? 'month' : 'day'}: expected 0 to ${most}, with at most six decimals; they are never negative`;
  return { pointer: `${pointer}/degreeDays`, code: 'value-out-of-range', detail };
}

/**
 * Checks degree days as they come. The same value twice is one; a day or month of a series with two values is refused,
 * because nothing says which is right.
 * @throws Refusal `invalid-request` with a fault for each entry that is no good.
 */
export function checkDegreeDays(entries: readonly DegreeDayEntry[], today: LocalDay): DegreeDayValue[] {
  const faults: Fault[] = [];
  const values = new Map<string, DegreeDayValue>();
  for (const entry of entries) {
    const fault = seriesFault(entry, entry.pointer) ?? timeFault(entry, today) ?? valueFault(entry);
    if (fault !== null) {
      faults.push(fault);
      continue;
    }
    const { region, source, day, month, pointer } = entry;
    const kind = entry.kind === 'cooling' ? 'cooling' : 'heating';
    const series = { region, kind, baseTemperatureC: new Decimal(entry.baseTemperatureC) } as const;
    const resolution = day === undefined ? 'month' : 'day';
    const degreeDays = new Decimal(entry.degreeDays);
    const value: DegreeDayValue = { ...series, resolution, day: day ?? `${month}-01`, degreeDays, source };
    const key = `${seriesKey(series)}\n${resolution}\n${value.day}`;
    const before = values.get(key);
    if (before !== undefined && !before.degreeDays.equals(degreeDays)) {
      const detail = `${seriesName(series)}: ${day ?? month} has two values, ${before.degreeDays} and ${degreeDays}`;
      faults.push({ pointer: `${pointer}/degreeDays`, code: 'conflicting-values', detail });
    }
    values.set(key, value);
  }
  if (faults[0] !== undefined) throw new Refusal('invalid-request', faults[0].detail, faults);
  return [...values.values()];
}
