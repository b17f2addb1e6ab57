import type { Activity } from '../activities.ts';
import type { DaySpan } from '../local-day.ts';
import { parsePeriod } from '../period.ts';
import { type Fault, Refusal } from '../refusal.ts';
import { type Instrument, isCertificate } from './instrument.ts';

/** The days of a disclosure year, 1 April to 31 March. */
export function disclosureYear(text: string): DaySpan {
  const { start, end } = parsePeriod(text, '/certificateYear');
  return { start, end };
}

/** What an instrument covers the use of. */
export function activityOf({ kind }: Pick<Instrument, 'kind'>): Activity {
  return kind === 'green-gas' ? 'natural-gas' : 'electricity';
}

function amountFault({ kind, kWh }: Instrument): Fault | null {
  if (isCertificate({ kind }) === (kWh !== undefined)) return null;
  const detail =
    kWh === undefined
      ? `the body lacks 'kWh', the energy that a ${kind} covers`
      : 'kWh is given: a supplier-product covers all that it supplies';
  return { pointer: '/kWh', code: kWh === undefined ? 'missing' : 'not-applicable', detail };
}

function coverFault({ meters, contract }: Instrument): Fault | null {
  if ((meters === undefined) !== (contract === undefined)) return null;
  if (meters === undefined)
    return { pointer: '/meters', code: 'missing', detail: "the body lacks 'meters' or 'contract', what it covers" };
  const detail = 'meters and contract are both given: expected one of them';
  return { pointer: '/contract', code: 'ambiguous', detail };
}

function yearFault({ kind, certificateYear, from, to }: Instrument): Fault | null {
  const pointer = '/certificateYear';
  if (certificateYear === undefined) {
    if (kind !== 'rego' && kind !== 'supplier-product') return null;
    const detail = `the body lacks 'certificateYear': a ${kind} belongs to a disclosure year, such as 2025/26`;
    return { pointer, code: 'missing', detail };
  }
  if (kind !== 'supplier-product') return null;
  const year = disclosureYear(certificateYear);
  if (year.start <= from && to <= year.end) return null;
  const detail = `the product holds from ${from} to ${to}: expected days of its disclosure year, ${year.start} to ${year.end}`;
  return { pointer: '/from', code: 'out-of-range', detail };
}

function meterFaults(instrument: Instrument, activities: ReadonlyMap<string, Activity>): Fault[] {
  const expected = activityOf(instrument);
  return (instrument.meters ?? []).flatMap((meter, index): Fault[] => {
    const pointer = `/meters/${index}`;
    const activity = activities.get(meter);
    if (activity === undefined)
      return [{ pointer, code: 'unknown-meter', detail: `There is no meter '${meter}': write it first` }];
    if (activity === expected) return [];
    const detail = `meter '${meter}' is of ${activity}: a ${instrument.kind} covers ${expected}`;
    return [{ pointer, code: 'not-allowed', detail }];
  });
}

/**
 * Checks what a schema cannot say of an instrument (rules C1, C3, B8). `activities` are those of the meters it names.
 * @throws Refusal `invalid-request` with a fault for each place.
 */
export function checkInstrument(instrument: Instrument, activities: ReadonlyMap<string, Activity>): void {
  const { from, to } = instrument;
  const order: Fault[] =
    from < to
      ? []
      : [{ pointer: '/to', code: 'wrong-order', detail: `to is ${to}: expected a day after from ${from}` }];
  const single = [amountFault, coverFault, yearFault].flatMap((rule) => rule(instrument) ?? []);
  const faults = [...order, ...single, ...meterFaults(instrument, activities)];
  if (faults[0] !== undefined) throw new Refusal('invalid-request', faults[0].detail, faults);
}
