import { datedSpans } from '../domain/dated.ts';
import { floorFaults, type PlacedDays } from '../domain/floor-tenants.ts';
import { type DaySpan, intersect } from '../domain/local-day.ts';
import type { Meter } from '../domain/meter.ts';
import { Refusal } from '../domain/refusal.ts';
import type { Site } from '../domain/site.ts';
import { hasShare } from '../domain/tenancy.ts';
import type { ConfigurationStores } from './change-configuration.ts';

type Edges = Pick<Meter, 'from' | 'to'>;

const serviceOf = ({ from, to }: Edges): DaySpan => ({ start: from?.on ?? '0001-01-01', end: to?.on ?? '9999-01-01' });

/** The days on which a meter is in service at a site that is open. */
function placedAt(meter: Meter, { key, opened, closed, floorAreas }: Site): PlacedDays[] {
  const open = intersect(serviceOf(meter), serviceOf({ from: opened, to: closed }));
  if (open === null) return [];
  return datedSpans(meter.placements).flatMap(({ value, ...placed }) => {
    const days = value.site === key ? intersect(placed, open) : null;
    return days === null ? [] : [{ ...days, site: key, areas: floorAreas }];
  });
}

/**
 * Refuses a meter whose tenants share it by a floor area that its site does not have, or share out more than the whole (rule
 * D3). The sites are held until the transaction ends.
 * @throws Refusal `invalid-request` naming tenant, site and day.
 */
export async function checkSharedMeter(
  meter: Meter,
  siteIds: ReadonlyMap<string, number>,
  { sites }: ConfigurationStores,
): Promise<void> {
  if (!meter.tenant.some(hasShare)) return;
  const known = await sites.known([...siteIds.values()]);
  const faults = floorFaults(
    meter.tenant,
    known.flatMap((site) => placedAt(meter, site)),
  );
  if (faults[0] !== undefined) throw new Refusal('invalid-request', faults[0].detail, faults);
}

/**
 * Refuses a site without the floor area by which tenants share its meters (rule D3). The site is locked, and meters are
 * written only while they hold it.
 * @throws Refusal `invalid-request` naming meter, tenant and day.
 */
export async function checkSharedAtSite(site: Site, siteId: number, { meters }: ConfigurationStores): Promise<void> {
  const faults = (await meters.sharedAt(siteId)).flatMap((meter) =>
    floorFaults(meter.tenant, placedAt(meter, site)).map(({ code, detail }) => {
      return { pointer: '/floorAreas', code, detail: `meter '${meter.key}': ${detail}` };
    }),
  );
  if (faults[0] !== undefined) throw new Refusal('invalid-request', faults[0].detail, faults);
}
