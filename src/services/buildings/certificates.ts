import type { Now } from '../../clock.ts';
import type { Principal } from '../../domain/access.ts';
import {
  type Certificate,
  type CertificateKind,
  type CertificateStatus,
  checkCertificate,
  type StandingCertificate,
  standingOn,
} from '../../domain/buildings/certificate.ts';
import { type Reminder, remindersOf } from '../../domain/buildings/certificate-reminders.ts';
import type { Band } from '../../domain/buildings/operational-rating.ts';
import { localDayOf } from '../../domain/calendar.ts';
import { groupBy } from '../../domain/group-by.ts';
import type { LocalDay } from '../../domain/local-day.ts';
import { Refusal } from '../../domain/refusal.ts';
import type { Site } from '../../domain/site.ts';
import { LIMITS } from '../../limits.ts';
import type { PutOutcome } from '../change-configuration.ts';
import { type Page, type PageRequest, pageOf } from '../page.ts';
import type { Knowledge } from '../past/known-at.ts';
import type { SettingsService } from '../settings.ts';
import type { Sites } from '../sites.ts';
import type { CertificateStore } from './certificate-store.ts';

/** Which certificates are asked for. A null filter takes all. */
export type CertificateFilter = {
  site: string | null;
  kind: CertificateKind | null;
  status: CertificateStatus | null;
  /** Only those whose last day comes before this one. */
  expiringBefore: LocalDay | null;
};

/** What sites have and lack on a day, and how far ahead was looked. */
export type Reminders = { day: LocalDay; daysAhead: number; reminders: Reminder[] };

/** The register of display energy certificates and advisory reports. */
export type Certificates = {
  /** Writes a certificate; `band` is the one that the caller states. The same again changes nothing. */
  put(certificate: Certificate, band: Band | null, principal: Principal): Promise<PutOutcome<StandingCertificate>>;
  /** @throws Refusal `unknown-certificate`. */
  get(rrn: string, known: Knowledge): Promise<StandingCertificate>;
  list(filter: CertificateFilter, page: PageRequest, known: Knowledge): Promise<Page<StandingCertificate>>;
  /** Those of one site. */
  ofSite(site: string, known: Knowledge): Promise<StandingCertificate[]>;
  /** What every site that needs a certificate has or lacks; `daysAhead` null: as the settings say. */
  reminders(known: Knowledge, daysAhead: number | null): Promise<Reminders>;
  /** @throws Refusal `unknown-certificate`. */
  remove(rrn: string, principal: Principal): Promise<void>;
};

/** What the register is made of. */
export type CertificateDeps = { store: CertificateStore; sites: Sites; settings: SettingsService; now: Now };

const NO_FILTER = { category: null, portfolio: null, ward: null, q: null };

function unknown(rrn: string): Refusal {
  return new Refusal('unknown-certificate', `There is no certificate '${rrn}' in the register`);
}

function passes(certificate: StandingCertificate, { kind, status, expiringBefore }: CertificateFilter): boolean {
  if (kind !== null && certificate.kind !== kind) return false;
  if (status !== null && certificate.status !== status) return false;
  return expiringBefore === null || certificate.validUntil < expiringBefore;
}

/** Builds the use cases of the register. */
export function createCertificates({ store, sites, settings, now }: CertificateDeps): Certificates {
  const present = (): Knowledge => ({ seq: null, day: localDayOf(now()), asOf: null });

  async function standing(site: string | null, known: Knowledge): Promise<StandingCertificate[]> {
    const [found, { displayEnergy }] = await Promise.all([store.all(site, known.seq), settings.get(known)]);
    return found.map((certificate) => standingOn(certificate, displayEnergy, known.day));
  }

  async function everySite(known: Knowledge): Promise<Site[]> {
    const all: Site[] = [];
    for (let after: string | null | undefined = null; after !== undefined; ) {
      const { items, next }: Page<Site> = await sites.list(NO_FILTER, { after, limit: LIMITS.pageSizeMax }, known);
      all.push(...items);
      after = next ?? undefined;
    }
    return all;
  }

  return {
    async put(certificate, band, principal) {
      const known = present();
      checkCertificate(certificate, band, known.day);
      const { created } = await store.write(certificate, principal.label);
      const { displayEnergy } = await settings.get(known);
      return { created, value: standingOn(certificate, displayEnergy, known.day) };
    },

    async get(rrn, known) {
      const found = (await standing(null, known)).find((certificate) => certificate.rrn === rrn);
      if (found === undefined) throw unknown(rrn);
      return found;
    },

    async list(filter, { after, limit }, known) {
      const rest = (await standing(filter.site, known)).filter(
        (certificate) => passes(certificate, filter) && (after === null || certificate.rrn > after),
      );
      return pageOf(rest.slice(0, limit + 1), limit, ({ rrn }) => rrn);
    },

    ofSite: standing,

    async reminders(known, asked) {
      const [estate, register, { displayEnergy }] = await Promise.all([
        everySite(known),
        standing(null, known),
        settings.get(known),
      ]);
      const bySite = groupBy(register, ({ site }) => site);
      const daysAhead = asked ?? displayEnergy.reminders.daysAhead;
      const reminders = estate.flatMap((site) =>
        remindersOf(site, bySite.get(site.key) ?? [], known.day, displayEnergy, daysAhead),
      );
      return { day: known.day, daysAhead, reminders };
    },

    async remove(rrn, principal) {
      if (!(await store.end(rrn, principal.label))) throw unknown(rrn);
    },
  };
}
