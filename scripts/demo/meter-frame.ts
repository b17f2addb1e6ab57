import { type LocalDay, later } from '../../src/domain/local-day.ts';
import type { DemoMeter } from './demo-meter.ts';
import type { DemoSite, MeterBody } from './demo-site.ts';
import { KNOWN_FAULTS } from './known-faults.ts';
import { syntheticMpan, syntheticMprn, syntheticSpid } from './meter-keys.ts';
import { seedOf } from './random.ts';
import { rounded, type Series } from './series.ts';
import { FIRST_DAY } from './trend.ts';

/** What a meter of a site is for; a site has at most one of each. */
export const ROLES = [
  'electricity',
  'generation',
  'export',
  'sub-meter',
  'moved',
  'gas',
  'heat',
  'water',
  'pellets',
  'gas-oil',
] as const;
export type Role = (typeof ROLES)[number];

/** A site with its place in the estate, from which its meters' numbers follow. */
export type PlacedSite = { site: DemoSite; number: number };

/** Key of a meter: what would stand on its bill, or the council's own reference where no supplier gives a number. */
export function meterKey({ site, number }: PlacedSite, role: Role): string {
  const running = number * 10 + ROLES.indexOf(role);
  if (role === 'electricity' || role === 'export' || role === 'moved') return syntheticMpan(running);
  if (role === 'gas') return syntheticMprn(running);
  if (role === 'water') return syntheticSpid(running);
  return `${site.key}-${role.toUpperCase()}`;
}

/** Seed of one thing about one meter. */
export function meterSeed(site: DemoSite, role: Role, thing: string): number {
  return seedOf(site.key, role, thing);
}

type Frame = Pick<DemoMeter, 'key' | 'dataFrom' | 'dataTo'> & {
  body: Pick<MeterBody, 'name' | 'placements' | 'from' | 'to'>;
};

/** What every meter of a site has in common: key, name, site, days in service. `since`: fitted later than the site. */
export function frameOf(placed: PlacedSite, role: Role, since?: LocalDay): Frame {
  const { site } = placed;
  const first = later(since ?? FIRST_DAY, site.opened?.on ?? FIRST_DAY);
  const reason = site.opened !== undefined || since !== undefined ? 'built' : 'opened';
  return {
    key: meterKey(placed, role),
    dataFrom: first,
    dataTo: site.closed?.on ?? null,
    body: {
      name: `${site.name}: ${role}`,
      placements: [{ site: site.key }],
      from: { on: first, reason },
      ...(site.closed === undefined ? {} : { to: site.closed }),
    },
  };
}

/** Interval data of a meter, rounded as it would be shown and with the faults that belong to it. */
export function intervalData(
  site: DemoSite,
  role: Role,
  resolutionMinutes: 30 | 60 | 1440,
  series: Series,
  decimals: number,
): DemoMeter['data'] {
  const faults = { seed: meterSeed(site, role, 'faults'), ...KNOWN_FAULTS[`${site.key} ${role}`] };
  return { kind: 'interval', resolutionMinutes, values: rounded(series, decimals), faults };
}
