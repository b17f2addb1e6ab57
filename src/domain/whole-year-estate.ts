import { inForce } from './dated.ts';
import type { Estate, EstateSite } from './estate.ts';
import type { LocalDay } from './local-day.ts';
import type { StructuralChange } from './structural-change.ts';

/** A site in the boundary for all days, as it was on the day it joined. */
function joinedSince(site: EstateSite, { on, reason }: StructuralChange): EstateSite {
  const portfolio = inForce(site.portfolios, on);
  const later = site.portfolios.filter(({ from }) => from !== null && from > on);
  const portfolios = portfolio === null ? site.portfolios : [{ ...portfolio, from: null }, ...later];
  if (reason === 'portfolio-changed') return { ...site, portfolios };
  const held = inForce(site.controls, on);
  const opened = site.opened?.on === on ? null : site.opened;
  return { ...site, opened, portfolios, controls: held === null ? site.controls : [{ ...held, from: null }] };
}

/** A site out of the boundary for all days of a span, as it was from the day it left. */
function leftSince(site: EstateSite, { on, reason }: StructuralChange, start: LocalDay): EstateSite {
  if (reason === 'portfolio-changed') {
    const portfolio = inForce(site.portfolios, on);
    return { ...site, portfolios: portfolio === null ? [] : [{ ...portfolio, from: null }] };
  }
  if (site.closed?.on === on) return { ...site, closed: { ...site.closed, on: start } };
  const held = inForce(site.controls, on);
  return { ...site, controls: held === null ? site.controls : [{ ...held, from: null }] };
}

/**
 * The estate in which a structural change counts for the whole of a year, or not at all (rule D5, method all-year): a site
 * that joined was there from `start` on, one that left was not there. Of several changes of a site the last one holds.
 */
export function wholeYearEstate(estate: Estate, changes: readonly StructuralChange[], start: LocalDay): Estate {
  const sites = new Map(estate.sites);
  const last = new Map(changes.map((change) => [change.site, change]));
  for (const [key, change] of last) {
    const site = estate.sites.get(key);
    if (site === undefined) continue;
    sites.set(key, change.direction === 'joined' ? joinedSince(site, change) : leftSince(site, change, start));
  }
  return { ...estate, sites };
}
