import { inForce } from './dated.ts';
import type { Estate, EstateMeter, EstateSite } from './estate.ts';
import { CLOSURE_DAY, type DayTypeOf, dayTypeOf } from './like-days.ts';
import { addDays, type LocalDay, lengthDays } from './local-day.ts';
import { type Fault, Refusal } from './refusal.ts';

/** Days on which some sites are closed while others work, school holidays above all (rules E11, E12). */
export type Closure = {
  key: string;
  name: string;
  firstDay: LocalDay;
  /** The last day of it, which is part of it. */
  lastDay: LocalDay;
  /** The sites that it holds for: by key, by category, and by the portfolio they are in on the day. */
  sites: readonly string[];
  categories: readonly string[];
  portfolios: readonly string[];
};

/** A longer one is a site that is out of service, not one that is closed. */
export const CLOSURE_DAYS_MAX = 366;

function faultOf({ firstDay, lastDay, sites, categories, portfolios }: Closure): Fault | null {
  if (lastDay < firstDay) {
    const detail = `lastDay is ${lastDay}: expected a day not before firstDay, which is ${firstDay}`;
    return { pointer: '/lastDay', code: 'wrong-order', detail };
  }
  const days = lengthDays({ start: firstDay, end: addDays(lastDay, 1) });
  if (days > CLOSURE_DAYS_MAX) {
    const detail = `the closure has ${days} days: expected at most ${CLOSURE_DAYS_MAX}; a site that is closed for longer states when it is in service`;
    return { pointer: '/lastDay', code: 'value-out-of-range', detail };
  }
  if (sites.length + categories.length + portfolios.length > 0) return null;
  const detail = "the body names no site: expected at least one of 'sites', 'categories' and 'portfolios'";
  return { pointer: '/sites', code: 'missing', detail };
}

/**
 * Checks what a schema cannot say of a closure.
 * @throws Refusal `invalid-request` with a pointer.
 */
export function checkClosure(closure: Closure): void {
  const fault = faultOf(closure);
  if (fault !== null) throw new Refusal('invalid-request', fault.detail, [fault]);
}

function holdsAt({ firstDay, lastDay, sites, categories, portfolios }: Closure, site: EstateSite, day: LocalDay) {
  if (day < firstDay || day > lastDay) return false;
  if (sites.includes(site.key) || (site.category !== null && categories.includes(site.category))) return true;
  const portfolio = inForce(site.portfolios, day)?.portfolio ?? null;
  return portfolio !== null && portfolios.includes(portfolio);
}

/** Whether a closure may concern a site, on whatever day. */
function concerns({ sites, categories, portfolios }: Closure, site: EstateSite): boolean {
  if (sites.includes(site.key) || (site.category !== null && categories.includes(site.category))) return true;
  return site.portfolios.some(({ portfolio }) => portfolios.includes(portfolio));
}

/**
 * Of which kind the days of a meter are. A working day on which its site is closed is a kind of its own; Saturdays,
 * Sundays and bank holidays stay what they are. Where no closure concerns its sites, `dayTypeOf` itself.
 */
export function dayTypesAt(meter: EstateMeter, { sites }: Estate, closures: readonly Closure[]): DayTypeOf {
  const own = meter.placements.flatMap(({ site }) => sites.get(site) ?? []);
  const concerned = closures.filter((closure) => own.some((site) => concerns(closure, site)));
  if (concerned.length === 0) return dayTypeOf;
  return (day) => {
    const type = dayTypeOf(day);
    if (type !== 0) return type;
    const site = sites.get(inForce(meter.placements, day)?.site ?? '');
    return site !== undefined && concerned.some((closure) => holdsAt(closure, site, day)) ? CLOSURE_DAY : type;
  };
}
