import type { DemoMeter } from './demo-meter.ts';
import type { DemoSite } from './demo-site.ts';
import { electricityMeters } from './electricity-meters.ts';
import { OTHER_SITES } from './estate/other-sites.ts';
import { SCHOOLS } from './estate/schools.ts';
import { SPECIAL_SITES } from './estate/special-sites.ts';
import { heatAndWaterMeters } from './heat-and-water-meters.ts';

/** The council of the demonstration. Nothing about it is measured. */
export const DEMO_ORGANISATION = 'Demonstration council (synthetic data)';

const ALL_SITES = [...SPECIAL_SITES, ...SCHOOLS, ...OTHER_SITES];

/** The demonstration estate: sites and their meters. */
export type DemoEstate = { sites: readonly DemoSite[]; meters: readonly DemoMeter[] };

/**
 * Builds the estate, or its first `siteCount` sites with the meters that belong to no others. A site has the same keys and
 * data in an estate of any size.
 */
export function demoEstate(siteCount = ALL_SITES.length): DemoEstate {
  const sites = ALL_SITES.slice(0, siteCount);
  const keys = new Set(sites.map(({ key }) => key));
  const meters = sites
    .map((site, index) => ({ site, number: index + 1 }))
    .flatMap((placed) => [...electricityMeters(placed), ...heatAndWaterMeters(placed)])
    .filter(({ body }) => body.placements.every(({ site }) => keys.has(site)));
  return { sites, meters };
}
