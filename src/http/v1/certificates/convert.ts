import type { Certificate, StandingCertificate } from '../../../domain/buildings/certificate.ts';
import { REMINDER_STATES, type Reminder, type ReminderState } from '../../../domain/buildings/certificate-reminders.ts';
import type { Band } from '../../../domain/buildings/operational-rating.ts';
import type { Reminders } from '../../../services/buildings/certificates.ts';
import type { CsvColumn } from '../../csv.ts';
import { withoutNulls } from '../../without-nulls.ts';
import type {
  CertificateInputBody,
  CertificateOutput,
  CertificateReminderOutput,
  CertificateRemindersOutput,
} from './schemas.ts';

/** A certificate from its request, with the band that the caller states. */
export function fromCertificateInput(
  rrn: string,
  { band, nominatedOn, rating, validUntil, note, ...input }: CertificateInputBody,
): { certificate: Certificate; band: Band | null } {
  const certificate = {
    ...input,
    rrn,
    nominatedOn: nominatedOn ?? null,
    rating: rating ?? null,
    validUntil: validUntil ?? null,
    note: note ?? null,
  };
  return { certificate, band: band ?? null };
}

/** A certificate for its answer. */
export function toCertificate(certificate: StandingCertificate): CertificateOutput {
  return withoutNulls(certificate) as CertificateOutput;
}

function toReminder({ site, certificate, ...entry }: Reminder): CertificateReminderOutput {
  const found = certificate === null ? {} : { rrn: certificate.rrn, validUntil: certificate.validUntil };
  return { site: site.key, name: site.name, ...withoutNulls(entry), ...found } as CertificateReminderOutput;
}

/** Reminders for their answer: those in the states asked for, and how many there are of each. */
export function toReminders(
  { day, daysAhead, reminders }: Reminders,
  states: readonly ReminderState[],
): CertificateRemindersOutput {
  const countOf = (state: ReminderState) => reminders.filter((entry) => entry.state === state).length;
  const counts = Object.fromEntries(REMINDER_STATES.map((state) => [state, countOf(state)]));
  return {
    on: day,
    daysAhead,
    counts: counts as CertificateRemindersOutput['counts'],
    data: reminders.filter(({ state }) => states.includes(state)).map(toReminder),
  };
}

/** The columns of the register as CSV. */
export const CERTIFICATE_COLUMNS: readonly CsvColumn<CertificateOutput>[] = [
  { header: 'rrn', value: (row) => row.rrn },
  { header: 'site', value: (row) => row.site },
  { header: 'kind', value: (row) => row.kind },
  { header: 'nominatedOn', value: (row) => row.nominatedOn },
  { header: 'issuedOn', value: (row) => row.issuedOn },
  { header: 'rating', value: (row) => row.rating },
  { header: 'band', value: (row) => row.band },
  { header: 'floorAreaM2', value: (row) => row.floorAreaM2 },
  { header: 'validFrom', value: (row) => row.validFrom },
  { header: 'validUntil', value: (row) => row.validUntil },
  { header: 'validUntilBasis', value: (row) => row.validUntilBasis },
  { header: 'status', value: (row) => row.status },
  { header: 'note', value: (row) => row.note },
];

/** The columns of the reminders as CSV. */
export const REMINDER_COLUMNS: readonly CsvColumn<CertificateReminderOutput>[] = [
  { header: 'site', value: (row) => row.site },
  { header: 'name', value: (row) => row.name },
  { header: 'floorAreaM2', value: (row) => row.floorAreaM2 },
  { header: 'kind', value: (row) => row.kind },
  { header: 'state', value: (row) => row.state },
  { header: 'rrn', value: (row) => row.rrn },
  { header: 'validUntil', value: (row) => row.validUntil },
  { header: 'daysLeft', value: (row) => row.daysLeft },
  { header: 'detail', value: (row) => row.detail },
];
