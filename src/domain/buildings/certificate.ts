import { addDays, dayOfNumber, type LocalDay } from '../local-day.ts';
import { type Fault, Refusal } from '../refusal.ts';
import type { DisplayEnergySettings } from './display-energy-settings.ts';
import { type Band, bandOf } from './operational-rating.ts';

/** What the register holds: display energy certificates, and the advisory reports that belong to them. */
export const CERTIFICATE_KINDS = ['dec', 'advisory-report'] as const;
export type CertificateKind = (typeof CERTIFICATE_KINDS)[number];

/** A certificate or report as an assessor issued it, by the number it has in the government's register. */
export type Certificate = {
  /** Report reference number: five groups of four digits. */
  rrn: string;
  site: string;
  kind: CertificateKind;
  issuedOn: LocalDay;
  /** First day that a certificate is valid on; null for a report. */
  nominatedOn: LocalDay | null;
  /** Operational rating; null for a report. */
  rating: number | null;
  floorAreaM2: number;
  /** Last day it is valid on, as printed on it; null: it follows from the rule. */
  validUntil: LocalDay | null;
  note: string | null;
};

/** How a certificate stands on a day. */
export const CERTIFICATE_STATUSES = ['valid', 'expired', 'upcoming'] as const;
export type CertificateStatus = (typeof CERTIFICATE_STATUSES)[number];

/** A certificate with what follows from it. */
export type StandingCertificate = Certificate & {
  band: Band | null;
  validFrom: LocalDay;
  validUntil: LocalDay;
  validUntilBasis: 'stated' | 'computed';
  status: CertificateStatus;
};

/** What the number in the government's register looks like. */
export const RRN_PATTERN = '^(\\d{4}-){4}\\d{4}$';

/** The day before the same date some years later; what begins on 29 February ends with February. */
function endOfYears(day: LocalDay, years: number): LocalDay {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return addDays(dayOfNumber(Date.UTC(year + years, month - 1, date) / 86_400_000), -1);
}

/** Faults that a schema cannot find; `today` is the latest day that anything can have been issued on. */
function faultsOf(certificate: Certificate, band: Band | null, today: LocalDay): Fault[] {
  const { kind, issuedOn, nominatedOn, rating, validUntil } = certificate;
  const faults: Fault[] = [];
  const add = (field: string, code: string, detail: string) => faults.push({ pointer: `/${field}`, code, detail });
  const stated = { nominatedOn, rating, band };
  for (const [field, value] of Object.entries(stated)) {
    if (kind === 'dec' && value === null && field !== 'band')
      add(field, 'missing', `the certificate lacks '${field}': expected it of kind 'dec'`);
    if (kind === 'advisory-report' && value !== null)
      add(field, 'not-applicable', `${field} is given: an advisory report has none`);
  }
  if (kind === 'dec' && band !== null && rating !== null && bandOf(rating) !== band)
    add('band', 'ambiguous', `band is '${band}': expected '${bandOf(rating)}', which a rating of ${rating} has`);
  if (issuedOn > today)
    add('issuedOn', 'out-of-range', `issuedOn is ${issuedOn}: expected a day by ${today}, when it was issued`);
  const from = nominatedOn ?? issuedOn;
  if (validUntil !== null && validUntil < from)
    add('validUntil', 'wrong-order', `validUntil is ${validUntil}: expected ${from} or later, when it begins`);
  return faults;
}

/**
 * Checks what a schema cannot say of a certificate. `band` is the one that the caller states, or null.
 * @throws Refusal `invalid-request` with every fault.
 */
export function checkCertificate(certificate: Certificate, band: Band | null, today: LocalDay): void {
  const faults = faultsOf(certificate, band, today);
  const [first] = faults;
  if (first !== undefined) throw new Refusal('invalid-request', first.detail, faults);
}

/**
 * A certificate with its band, the days it is valid on and how it stands on a day. A certificate is valid from its
 * nominated date, a report from its issue, for as long as its floor area allows, unless it states its last day (rule J).
 */
export function standingOn(
  certificate: Certificate,
  { certificates, reports }: DisplayEnergySettings,
  day: LocalDay,
): StandingCertificate {
  const { kind, issuedOn, nominatedOn, floorAreaM2, rating, validUntil: stated } = certificate;
  const validFrom = nominatedOn ?? issuedOn;
  const { yearsAbove, yearsUpTo } = kind === 'dec' ? certificates : reports;
  const years = floorAreaM2 > certificates.yearlyAboveM2 ? yearsAbove : yearsUpTo;
  const validUntil = stated ?? endOfYears(validFrom, years);
  return {
    ...certificate,
    band: rating === null ? null : bandOf(rating),
    validFrom,
    validUntil,
    validUntilBasis: stated === null ? 'computed' : 'stated',
    status: validUntil < day ? 'expired' : validFrom > day ? 'upcoming' : 'valid',
  };
}
