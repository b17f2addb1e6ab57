import { type DaySpan, intersect, type LocalDay } from './local-day.ts';
import { type Fault, Refusal } from './refusal.ts';

/** A tenant behind a sub-meter, on the days [from, to) where they are given (rule D3). */
export type Tenancy = { name: string; from: LocalDay | null; to: LocalDay | null; scope3Category: number };

/** Scope 3 category of what tenants use, unless the operator states another: downstream leased assets. */
export const TENANT_CATEGORY = 13;

const FAR: LocalDay = '9999-01-01';
const NEAR: LocalDay = '0001-01-01';

const daysOf = ({ from, to }: Tenancy): DaySpan => ({ start: from ?? NEAR, end: to ?? FAR });

/** The tenancies that share days with a span, each with those days. */
export function tenanciesIn(tenancies: readonly Tenancy[], span: DaySpan): { tenancy: Tenancy; days: DaySpan }[] {
  return tenancies.flatMap((tenancy) => {
    const days = intersect(daysOf(tenancy), span);
    return days === null ? [] : [{ tenancy, days }];
  });
}

function faultOf(tenancy: Tenancy, before: Tenancy | undefined, index: number): Fault | null {
  const { start, end } = daysOf(tenancy);
  const pointer = `/tenant/${index}`;
  if (end <= start) {
    const detail = `the tenancy of '${tenancy.name}' ends on ${end}: expected a day after ${start}, on which it begins`;
    return { pointer: `${pointer}/to`, code: 'wrong-order', detail };
  }
  if (before === undefined || daysOf(before).end <= start) return null;
  const detail = `the tenancy of '${tenancy.name}' begins before that of '${before.name}' has ended: expected one tenant at a time, in order`;
  return { pointer: `${pointer}/from`, code: 'wrong-order', detail };
}

/**
 * Checks the tenants of one meter: a day belongs to one of them at most.
 * @throws Refusal `invalid-request` naming the entry.
 */
export function checkTenancies(tenancies: readonly Tenancy[]): void {
  const faults = tenancies.flatMap((tenancy, index) => faultOf(tenancy, tenancies[index - 1], index) ?? []);
  if (faults[0] !== undefined) throw new Refusal('invalid-request', faults[0].detail, faults);
}
