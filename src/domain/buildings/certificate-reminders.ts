import type { Control } from '../control.ts';
import { inForce } from '../dated.ts';
import { addDays, daysBetween, type LocalDay } from '../local-day.ts';
import type { Site } from '../site.ts';
import { CERTIFICATE_KINDS, type CertificateKind, type StandingCertificate } from './certificate.ts';
import type { DisplayEnergySettings } from './display-energy-settings.ts';

/** How a site stands to a certificate that it must have; `undecided`: what decides it is not recorded. */
export const REMINDER_STATES = ['none', 'expired', 'expiring', 'valid', 'undecided'] as const;
export type ReminderState = (typeof REMINDER_STATES)[number];

/** What a site has or lacks of one kind of certificate. */
export type Reminder = {
  site: Site;
  /** Gross internal floor area on the day; null where none is known. */
  floorAreaM2: number | null;
  /** Null where it is not known whether the site needs any. */
  kind: CertificateKind | null;
  state: ReminderState;
  /** The one that is valid longest; null where there is none. */
  certificate: StandingCertificate | null;
  /** Days that it is still valid on, the day itself included; 0 or less where it has expired. */
  daysLeft: number | null;
  detail: string;
};

/** Who runs a site that the council, a public authority, occupies. */
const OCCUPIED: readonly Control[] = ['operated', 'leased-in'];

type Duty = { duty: 'required' | 'none' } | { duty: 'undecided'; detail: string };

/** Whether a site must show a certificate on a day (rule J): occupied by the council, visited by the public, large enough. */
function dutyOf(site: Site, areaM2: number | null, day: LocalDay, settings: DisplayEnergySettings): Duty {
  const { areaMinM2 } = settings.certificates;
  const isOpen = (site.opened === null || site.opened.on <= day) && (site.closed === null || day < site.closed.on);
  const control = inForce(site.control, day)?.control ?? 'operated';
  const isSmall = areaM2 !== null && areaM2 < areaMinM2;
  if (!isOpen || !OCCUPIED.includes(control) || site.visitedByPublic === false || isSmall) return { duty: 'none' };
  const unknown = [
    ...(site.visitedByPublic === null ? ['visitedByPublic'] : []),
    ...(areaM2 === null ? ['its floor area'] : []),
  ];
  if (unknown.length === 0) return { duty: 'required' };
  const detail = `whether site '${site.key}' needs a certificate is open: expected ${unknown.join(' and ')} of the site`;
  return { duty: 'undecided', detail };
}

/**
 * The certificate of a kind that a site is covered by longest: the newest that has begun, or one that takes over from it
 * without a gap. Null where none has begun.
 */
function longestOf(own: readonly StandingCertificate[], kind: CertificateKind): StandingCertificate | null {
  const ofKind = own
    .filter((candidate) => candidate.kind === kind)
    .sort((a, b) => (a.validFrom < b.validFrom ? -1 : 1));
  let longest: StandingCertificate | null = null;
  for (const candidate of ofKind) {
    const hasBegun = candidate.status !== 'upcoming';
    const takesOver =
      longest !== null && longest.status !== 'expired' && candidate.validFrom <= addDays(longest.validUntil, 1);
    if (!hasBegun && !takesOver) continue;
    if (longest === null || candidate.validUntil > longest.validUntil) longest = candidate;
  }
  return longest;
}

function stateOf(certificate: StandingCertificate | null, day: LocalDay, daysAhead: number): ReminderState {
  if (certificate === null) return 'none';
  if (certificate.status === 'expired') return 'expired';
  return certificate.validUntil < addDays(day, daysAhead) ? 'expiring' : 'valid';
}

const NAMES: Readonly<Record<CertificateKind, string>> = {
  dec: 'display energy certificate',
  'advisory-report': 'advisory report',
};

function detailOf(state: ReminderState, kind: CertificateKind, certificate: StandingCertificate | null): string {
  const name = NAMES[kind];
  if (certificate === null) return `no ${name} is in the register: expected a valid one`;
  const { rrn, validUntil } = certificate;
  if (state === 'expired') return `${name} ${rrn} was valid until ${validUntil}: expected a valid one`;
  return `${name} ${rrn} is valid until ${validUntil}`;
}

/**
 * What a site has or lacks on a day: nothing where it needs no certificate, one entry where that is undecided, else one for
 * the certificate and one for the report. `daysAhead` is how long before its end one counts as expiring.
 */
export function remindersOf(
  site: Site,
  own: readonly StandingCertificate[],
  day: LocalDay,
  settings: DisplayEnergySettings,
  daysAhead: number,
): Reminder[] {
  const floorAreaM2 = inForce(site.floorAreas, day)?.areaM2 ?? null;
  const duty = dutyOf(site, floorAreaM2, day, settings);
  if (duty.duty === 'none') return [];
  if (duty.duty === 'undecided') {
    const open = { kind: null, state: 'undecided', certificate: null, daysLeft: null } as const;
    return [{ site, floorAreaM2, ...open, detail: duty.detail }];
  }
  return CERTIFICATE_KINDS.map((kind): Reminder => {
    const certificate = longestOf(own, kind);
    const state = stateOf(certificate, day, daysAhead);
    const daysLeft = certificate === null ? null : daysBetween(day, certificate.validUntil) + 1;
    return { site, floorAreaM2, kind, state, certificate, daysLeft, detail: detailOf(state, kind, certificate) };
  });
}
