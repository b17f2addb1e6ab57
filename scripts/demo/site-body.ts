import type { DemoSite, SiteBody } from './demo-site.ts';
import { isVisited } from './display-energy.ts';

/** Ends every name, so that no row of an export can be taken for a real building's. */
export const SYNTHETIC_SUFFIX = ' (synthetic)';

/** What the service is told of a site. */
export function siteBody(site: DemoSite): SiteBody {
  const { ward, postcode, floorAreaM2, opened, closed, control, disclosure } = site;
  return {
    name: `${site.name}${SYNTHETIC_SUFFIX}`,
    category: site.kind,
    portfolio: site.portfolio,
    visitedByPublic: isVisited(site.kind),
    ...(ward === undefined ? {} : { ward }),
    ...(postcode === undefined ? {} : { postcode }),
    ...(floorAreaM2 === undefined ? {} : { floorAreaM2 }),
    ...(opened === undefined ? {} : { opened }),
    ...(closed === undefined ? {} : { closed }),
    ...(control === undefined ? {} : { control }),
    ...(disclosure === undefined ? {} : { disclosure }),
  };
}
