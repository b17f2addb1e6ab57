import { checkEdges } from './check-edges.ts';
import { LEASED } from './consolidation.ts';
import type { Control } from './control.ts';
import { checkDated } from './dated.ts';
import { Refusal } from './refusal.ts';
import type { ControlPeriod, Site } from './site.ts';

/** What the council runs may be rented, too. */
const MAY_BE_LEASED: readonly Control[] = [...LEASED, 'operated'];

function refuseControl(index: number, field: string, code: string, detail: string): never {
  throw new Refusal('invalid-request', detail, [{ pointer: `/control/${index}/${field}`, code, detail }]);
}

function checkControl(period: ControlPeriod, index: number): void {
  const { control, scope3Category, reason, leaseType } = period;
  const name = `control entry ${index + 1} (${control})`;
  if (scope3Category !== null && (control === 'operated' || control === 'outside'))
    refuseControl(
      index,
      'scope3Category',
      'not-applicable',
      `${name} has a scope 3 category: an ${control} site reports in none`,
    );
  if (leaseType !== null && !MAY_BE_LEASED.includes(control))
    refuseControl(
      index,
      'leaseType',
      'not-applicable',
      `${name} has a lease type: it applies to leased-in, leased-out and operated, which are rented or let`,
    );
  if (control === 'outside' && reason === null)
    refuseControl(index, 'reason', 'missing', `${name} lacks 'reason': a site outside the boundary states why`);
}

/** What of a site is taken, but should be looked at. */
export function siteWarnings(site: Site): string[] {
  return site.control
    .filter(({ from, reason }) => from !== null && reason === null)
    .map(
      ({ from, control }) =>
        `control '${control}' from ${from} states no reason: without one a target cannot tell a transfer from an organic change`,
    );
}

/**
 * Checks what a schema cannot say of a site (rules D1, D2, D4, D5).
 * @throws Refusal `invalid-request` with a pointer.
 */
export function checkSite(site: Site): void {
  checkEdges(site.opened, site.closed, ['opened', 'closed']);
  checkDated(site.control, '/control');
  checkDated(site.floorAreas, '/floorAreas');
  checkDated(site.portfolios, '/portfolios');
  checkDated(site.benchmarkUses, '/benchmarkUses');
  site.control.forEach(checkControl);
}
