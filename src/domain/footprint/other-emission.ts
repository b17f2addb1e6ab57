import { type DaySpan, earlier, type LocalDay, lengthDays } from '../local-day.ts';
import { calendarYear, financialYear, monthPeriod, type Period, parsePeriod } from '../period.ts';
import { type Fault, Refusal } from '../refusal.ts';

/**
 * What the council states of emissions that no meter here measures: its fleet, travel, refrigerants (rule H8). `key` names
 * line and days; kilograms are of all of them.
 */
export type OtherEmission = DaySpan & {
  key: string;
  line: string;
  scope: 1 | 2 | 3;
  scope3Category: number | null;
  kgCo2e: number;
  /** The CO2 of it, for targets about CO2 alone; null where it is not stated. */
  kgCo2: number | null;
  /** Of scope 2: the same on the market basis; null where it is not stated (rule C2). */
  kgCo2eMarket: number | null;
  /** Biogenic CO2 beside it, in no total; null where none is stated (rule B1). */
  outsideOfScopesKgCo2e: number | null;
  method: string;
  source: string;
  provisional: boolean;
  note: string | null;
};

/** The longest that one figure may stand for. */
const DAYS_MAX = 366;

/** The name of a line and its days in the store. */
export function otherEmissionKey(line: string, { start, end }: DaySpan): string {
  return `${line} ${start}/${end}`;
}

/**
 * Reads the period of a figure: at most a year of the one grammar.
 * @throws Refusal `invalid-period`.
 */
export function parseStatedPeriod(text: string): Period {
  const period = parsePeriod(text, '{period}');
  const days = lengthDays(period);
  if (days <= DAYS_MAX) return period;
  const detail = `period '${text}' has ${days} days: expected at most a year, so that each year can be told apart`;
  throw new Refusal('invalid-period', detail, [{ pointer: '{period}', code: 'period-too-long', detail }]);
}

const quarterName = (start: LocalDay): string =>
  `${start.slice(0, 4)}-Q${Math.floor((Number(start.slice(5, 7)) - 1) / 3) + 1}`;

/** Days with the shortest name that the grammar has for them, however they were written. */
export function namedSpan({ start, end }: DaySpan): Period {
  const year = Number(start.slice(0, 4));
  const named = [financialYear(year), calendarYear(year), parsePeriod(quarterName(start)), monthPeriod(start)];
  const same = named.find((period) => period.start === start && period.end === end);
  return same ?? { label: `${start}/${end}`, start, end };
}

function placeFault({ scope, scope3Category, kgCo2eMarket }: OtherEmission): Fault | null {
  const refuse = (field: string, code: string, detail: string): Fault => ({ pointer: `/${field}`, code, detail });
  if (scope === 3 && scope3Category === null)
    return refuse('scope3Category', 'required', 'scope 3 needs its category: expected scope3Category, 1 to 15');
  if (scope !== 3 && scope3Category !== null)
    return refuse('scope3Category', 'unexpected-field', `a category belongs to scope 3, and the scope is ${scope}`);
  if (scope !== 2 && kgCo2eMarket !== null)
    return refuse('kgCo2eMarket', 'unexpected-field', `the market basis is of scope 2, and the scope is ${scope}`);
  return null;
}

function faultOf(stated: OtherEmission, today: LocalDay): Fault | null {
  const { end, kgCo2e, kgCo2 } = stated;
  if (end > today) {
    const detail = `the period ends on ${end}, which is after ${earlier(end, today)}: expected days that are over; state the months or quarters that are`;
    return { pointer: '{period}', code: 'period-not-over', detail };
  }
  if (kgCo2 !== null && kgCo2 > kgCo2e) {
    const detail = `kgCo2 is ${kgCo2}: expected at most kgCo2e, which is ${kgCo2e}`;
    return { pointer: '/kgCo2', code: 'value-out-of-range', detail };
  }
  return placeFault(stated);
}

/**
 * Checks what a schema cannot say of a figure: that its days are over and its members fit its scope.
 * @throws Refusal `invalid-request` with a pointer.
 */
export function checkOtherEmission(stated: OtherEmission, today: LocalDay): void {
  const fault = faultOf(stated, today);
  if (fault !== null) throw new Refusal('invalid-request', fault.detail, [fault]);
}

/**
 * A day of a line has one figure: two for the same day would be counted twice.
 * @throws Refusal `conflict` naming the figure that stands.
 */
export function refuseOverlap(stated: OtherEmission, all: readonly OtherEmission[]): void {
  const other = all.find(
    ({ key, line, start, end }) =>
      line === stated.line && key !== stated.key && start < stated.end && stated.start < end,
  );
  if (other === undefined) return;
  const detail = `'${stated.line}' is stated for ${namedSpan(other).label}, which shares days with ${namedSpan(stated).label}: delete that figure first, or state other days`;
  throw new Refusal('conflict', detail, [{ pointer: '{period}', code: 'overlapping', detail }]);
}
