import { type Consolidation, leasesWithoutType } from '../domain/consolidation.ts';
import type { Dated } from '../domain/estate.ts';
import type { Meter } from '../domain/meter.ts';
import { DEFAULT_SETTINGS } from '../domain/reference/default-settings.ts';
import { type Fault, Refusal } from '../domain/refusal.ts';
import type { ControlPeriod, Site } from '../domain/site.ts';
import { type Tenancy, tenanciesWithoutLeaseType } from '../domain/tenancy.ts';
import type { ConfigurationStores } from './change-configuration.ts';

/** Leases of no stated kind, as they stand: of sites and of tenants behind sub-meters. */
export type UntypedLeases = {
  sites: readonly { key: string; control: readonly Dated<ControlPeriod>[] }[];
  meters: readonly { key: string; tenant: readonly Tenancy[] }[];
};

const NAMED = 5;

function refuse(pointers: readonly string[], what: string): never {
  const faults = pointers.map((pointer): Fault => {
    const detail = `${what} states no leaseType: under financial control it is operating or finance, and decides who reports it`;
    return { pointer, code: 'missing', detail };
  });
  throw new Refusal('invalid-request', faults[0]?.detail ?? what, faults);
}

/** The consolidation approaches, held against a change until the transaction ends. */
async function held({ settings }: ConfigurationStores): Promise<Consolidation> {
  return ((await settings.share()) ?? DEFAULT_SETTINGS).consolidation;
}

/**
 * Refuses a site with a lease of no stated kind on days of financial control (rule D2): no figure could be made of it.
 * @throws Refusal `invalid-request` naming the entries.
 */
export async function checkSiteLeases(site: Site, stores: ConfigurationStores): Promise<void> {
  if (leasesWithoutType(site.control, [{ from: null, approach: 'financial-control' }]).length === 0) return;
  const missing = leasesWithoutType(site.control, await held(stores));
  if (missing.length > 0)
    refuse(
      missing.map((index) => `/control/${index}/leaseType`),
      `the lease of '${site.key}'`,
    );
}

/**
 * Refuses a sub-meter with a tenant on a lease of no stated kind on days of financial control (rules D2, D3).
 * @throws Refusal `invalid-request` naming the entries.
 */
export async function checkTenantLeases(meter: Meter, stores: ConfigurationStores): Promise<void> {
  if (meter.tenant.every(({ kind, leaseType }) => kind === 'resale' || leaseType !== null)) return;
  const missing = tenanciesWithoutLeaseType(meter.tenant, await held(stores));
  if (missing.length > 0)
    refuse(
      missing.map((index) => `/tenant/${index}/leaseType`),
      `the tenancy behind '${meter.key}'`,
    );
}

/**
 * Refuses to go over to financial control while leases state no kind (rule D2). Refused at the door, and not in every
 * figure: one forgotten lease would otherwise silence the whole council, or be guessed.
 * @throws Refusal `lease-type-missing` naming sites and meters.
 */
export async function checkAllLeases(consolidation: Consolidation, { settings }: ConfigurationStores): Promise<void> {
  if (consolidation.every(({ approach }) => approach === 'operational-control')) return;
  const { sites, meters } = await settings.untypedLeases();
  const names = [
    ...sites
      .filter(({ control }) => leasesWithoutType(control, consolidation).length > 0)
      .map(({ key }) => `site ${key}`),
    ...meters
      .filter(({ tenant }) => tenanciesWithoutLeaseType(tenant, consolidation).length > 0)
      .map(({ key }) => `meter ${key}`),
  ];
  if (names.length === 0) return;
  const more = names.length > NAMED ? ` and ${names.length - NAMED} more` : '';
  const detail = `financial control needs the leaseType of every lease, which ${names.slice(0, NAMED).join(', ')}${more} do not state: write them with it first, operating or finance`;
  throw new Refusal('lease-type-missing', detail, [
    { pointer: '/consolidationApproach', code: 'lease-type-missing', detail },
  ]);
}
