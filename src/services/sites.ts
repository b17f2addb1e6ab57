import type { Principal } from '../domain/access.ts';
import { touchedOne } from '../domain/change-log/touched.ts';
import { checkSite } from '../domain/check-site.ts';
import { Refusal } from '../domain/refusal.ts';
import type { Site } from '../domain/site.ts';
import type { ChangeConfiguration, PutOutcome } from './change-configuration.ts';
import { checkSiteLeases } from './lease-types.ts';
import { type Page, type PageRequest, pageOf } from './page.ts';
import type { Knowledge } from './past/known-at.ts';
import { sameContent } from './same-content.ts';
import { checkSharedAtSite } from './shared-meters.ts';
import type { SiteFilter, SiteReads } from './site-store.ts';
import type { RespreadTotals } from './weather/respread-port.ts';

/** The council's sites. */
export type Sites = {
  /** Writes a site. The same site again changes nothing. */
  put(site: Site, principal: Principal): Promise<PutOutcome<Site>>;
  get(key: string, known: Knowledge): Promise<Site>;
  /** One page of the sites; what is dated is filtered by as it holds on the day. */
  list(filter: SiteFilter, page: PageRequest, known: Knowledge): Promise<Page<Site>>;
  /**
   * Deletes a site that no meter belongs to, on any day, and no certificate.
   * @throws Refusal `site-has-meters`, `conflict` naming the certificates, `unknown-site`.
   */
  remove(key: string, principal: Principal): Promise<void>;
};

const NAMED_MAX = 5;

function unknownSite(key: string): Refusal {
  return new Refusal('unknown-site', `There is no site '${key}'`);
}

const namedOf = (keys: readonly string[]): string =>
  keys.slice(0, NAMED_MAX).join(', ') + (keys.length > NAMED_MAX ? ' and others' : '');

function siteHasCertificates(key: string, numbers: readonly string[]): Refusal {
  return new Refusal(
    'conflict',
    `Site '${key}' has the certificates ${namedOf(numbers)}: delete them or enter them for another site first, or give the site a closing date instead`,
  );
}

function siteHasMeters(key: string, meters: readonly string[]): Refusal {
  return new Refusal(
    'site-has-meters',
    `Site '${key}' has the meters ${namedOf(meters)}: move or delete them first, or give the site a closing date instead`,
  );
}

/** Builds the use cases of sites. */
export function createSites(reads: SiteReads, change: ChangeConfiguration, respread: RespreadTotals): Sites {
  return {
    async put(site, principal) {
      checkSite(site);
      const outcome = await change(
        { kind: 'site', principal, touched: touchedOne('site', site.key) },
        async (stores) => {
          const { sites, changeId } = stores;
          await checkSiteLeases(site, stores);
          const { id, current } = await sites.claim(site.key);
          if (!sameContent(current, site)) {
            await checkSharedAtSite(site, id, stores);
            await sites.write(id, await changeId(), site);
          }
          return { created: current === null, value: site };
        },
      );
      // After every write, even of the same site: should the process have died between the two, writing it again heals.
      if (!outcome.created) await respread({ site: site.key }, principal.label);
      return outcome;
    },

    async get(key, { seq }) {
      const site = await reads.find(key, seq);
      if (site === null) throw unknownSite(key);
      return site;
    },

    async list(filter, page, known) {
      return pageOf(await reads.list(filter, page, known), page.limit, (site) => site.key);
    },

    async remove(key, principal) {
      await change({ kind: 'site', principal, touched: touchedOne('site', key) }, async ({ sites, changeId }) => {
        const locked = await sites.lock(key);
        if (locked === null || locked.current === null) throw unknownSite(key);
        const meters = await sites.meterKeys(locked.id, NAMED_MAX + 1);
        if (meters.length > 0) throw siteHasMeters(key, meters);
        const certificates = await sites.certificateNumbers(locked.id, NAMED_MAX + 1);
        if (certificates.length > 0) throw siteHasCertificates(key, certificates);
        await sites.end(locked.id, await changeId());
      });
    },
  };
}
