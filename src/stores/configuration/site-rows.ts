import type { LeaseType } from '../../domain/consolidation.ts';
import type { BoundaryReason, Control } from '../../domain/control.ts';
import type { Disclosure, Site } from '../../domain/site.ts';
import { fromDateColumn, toDateColumn } from '../local-day-columns.ts';
import type { Prisma } from '../prisma-client/client.ts';
import { toServiceEdge } from './edge-columns.ts';

/** What is read of a site: its current version, with the lists in order. */
export const CURRENT_SITE = {
  versions: {
    where: { supersededBy: null },
    include: {
      controls: { orderBy: { ordinal: 'asc' } },
      floorAreas: { orderBy: { ordinal: 'asc' } },
      portfolios: { orderBy: { ordinal: 'asc' } },
    },
  },
} as const satisfies Prisma.SiteInclude;

type SiteRow = Prisma.SiteGetPayload<{ include: typeof CURRENT_SITE }>;

/** A site from its rows; null when it has no current version. */
export function fromSiteRow({ key, versions: [version] }: SiteRow): Site | null {
  if (version === undefined) return null;
  return {
    key,
    name: version.name,
    uprn: version.uprn,
    postcode: version.postcode,
    ward: version.ward,
    weatherRegion: version.weatherRegion,
    lsoa: version.lsoa,
    category: version.category,
    benchmarkUses: version.benchmarkUses as unknown as Site['benchmarkUses'],
    visitedByPublic: version.visitedByPublic,
    portfolios: version.portfolios.map((row) => ({ from: fromDateColumn(row.fromDay), portfolio: row.portfolio })),
    disclosure: version.disclosure as Disclosure,
    opened: toServiceEdge(version.openedOn, version.openedReason),
    closed: toServiceEdge(version.closedOn, version.closedReason),
    control: version.controls.map((row) => ({
      from: fromDateColumn(row.fromDay),
      control: row.control as Control,
      scope3Category: row.scope3Category,
      reason: row.reason as BoundaryReason | null,
      leaseType: row.leaseType as LeaseType | null,
    })),
    floorAreas: version.floorAreas.map((row) => ({ from: fromDateColumn(row.fromDay), areaM2: row.areaM2.toNumber() })),
  };
}

/** The rows of a new version of a site. */
export function toSiteVersionRow(siteId: number, changeId: bigint, site: Site): Prisma.SiteVersionUncheckedCreateInput {
  const { key: _key, opened, closed, control, floorAreas, portfolios, benchmarkUses, ...plain } = site;
  return {
    siteId,
    changeId,
    ...plain,
    benchmarkUses: benchmarkUses.map(({ from, uses }) => ({ from, uses: [...uses] })),
    openedOn: toDateColumn(opened?.on ?? null),
    openedReason: opened?.reason ?? null,
    closedOn: toDateColumn(closed?.on ?? null),
    closedReason: closed?.reason ?? null,
    controls: {
      create: control.map(({ from, ...row }, index) => ({ ordinal: index + 1, fromDay: toDateColumn(from), ...row })),
    },
    portfolios: {
      create: portfolios.map(({ from, portfolio }, index) => ({
        ordinal: index + 1,
        fromDay: toDateColumn(from),
        portfolio,
      })),
    },
    floorAreas: {
      create: floorAreas.map(({ from, areaM2 }, index) => ({
        ordinal: index + 1,
        fromDay: toDateColumn(from),
        areaM2,
      })),
    },
  };
}
