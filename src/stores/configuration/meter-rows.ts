import type { Activity, Direction, MeterKind, Unit } from '../../domain/activities.ts';
import type { LeaseType } from '../../domain/consolidation.ts';
import { Decimal } from '../../domain/decimal.ts';
import type { CalorificBasis } from '../../domain/factor-lines.ts';
import type { Measures, Meter, Technology } from '../../domain/meter.ts';
import type { TenancyKind } from '../../domain/tenancy.ts';
import type { MeterRow } from '../../services/meter-store.ts';
import { fromDateColumn, toDateColumn } from '../local-day-columns.ts';
import type { Prisma } from '../prisma-client/client.ts';
import { toServiceEdge } from './edge-columns.ts';

/** What is read of a meter: its current version, with the keys of its parent and sites. */
export const CURRENT_METER = {
  versions: {
    where: { supersededBy: null },
    include: {
      parent: { select: { key: true } },
      placements: { orderBy: { ordinal: 'asc' }, include: { site: { select: { key: true } } } },
      tenants: { orderBy: { ordinal: 'asc' } },
    },
  },
} as const satisfies Prisma.MeterInclude;

type Row = Prisma.MeterGetPayload<{ include: typeof CURRENT_METER }>;

function decimal(column: { toFixed(): string } | null): Decimal | null {
  return column === null ? null : new Decimal(column.toFixed());
}

/** A meter from its rows; null when it has no current version. */
export function fromMeterRow({ key, versions: [version] }: Row): Meter | null {
  if (version === undefined) return null;
  return {
    key,
    name: version.name,
    placements: version.placements.map((row) => ({ from: fromDateColumn(row.fromDay), site: row.site.key })),
    activity: version.activity as Activity,
    unit: version.unit as Unit,
    kind: version.kind as MeterKind,
    direction: version.direction as Direction,
    technology: version.technology as Technology | null,
    parent: version.parent?.key ?? null,
    tenant: version.tenants.map((row) => ({
      name: row.name,
      from: fromDateColumn(row.fromDay),
      to: fromDateColumn(row.toDay),
      scope3Category: row.scope3Category,
      kind: row.kind as TenancyKind,
      leaseType: row.leaseType as LeaseType | null,
      floorAreaM2: row.floorAreaM2?.toNumber() ?? null,
      share: row.share?.toNumber() ?? null,
    })),
    serials: version.serials,
    aliases: version.aliases,
    dials: version.dials,
    multiplier: new Decimal(version.multiplier.toFixed()),
    calorificBasis: version.calorificBasis as CalorificBasis | null,
    measures: version.measures as Measures | null,
    efficiency: decimal(version.efficiency),
    heatNetwork: version.heatNetwork,
    contracts: version.contracts as unknown as Meter['contracts'],
    certificates: version.certificates as unknown as Meter['certificates'],
    returnToSewer: decimal(version.returnToSewer),
    agreedCapacityKva: decimal(version.agreedCapacityKva),
    heatingShare: decimal(version.heatingShare),
    volumeCorrected: version.volumeCorrected,
    correctionFactor: decimal(version.correctionFactor),
    correctionFrom: fromDateColumn(version.correctionFrom),
    calorificZone: version.calorificZone,
    usualDelayDays: version.usualDelayDays,
    from: toServiceEdge(version.fromDay, version.fromReason),
    to: toServiceEdge(version.toDay, version.toReason),
  };
}

function siteId(siteIds: ReadonlyMap<string, number>, key: string): number {
  const id = siteIds.get(key);
  if (id === undefined) throw new Error(`Site '${key}' was not held before its meter was written.`);
  return id;
}

/** The rows of a new version of a meter. */
export function toMeterVersionRow(
  meterId: number,
  changeId: bigint,
  row: MeterRow,
): Prisma.MeterVersionUncheckedCreateInput {
  const {
    key: _key,
    placements,
    parent: _parent,
    tenant,
    from,
    to,
    multiplier,
    efficiency,
    returnToSewer,
    agreedCapacityKva,
    heatingShare,
    correctionFactor,
    correctionFrom,
    contracts,
    certificates,
    ...fields
  } = row.meter;
  return {
    meterId,
    changeId,
    ...fields,
    contracts: contracts.map((entry) => ({ ...entry })),
    certificates: certificates.map((entry) => ({ ...entry })),
    parentMeterId: row.parentId,
    serials: [...fields.serials],
    aliases: [...fields.aliases],
    multiplier: multiplier.toFixed(),
    efficiency: efficiency?.toFixed() ?? null,
    returnToSewer: returnToSewer?.toFixed() ?? null,
    agreedCapacityKva: agreedCapacityKva?.toFixed() ?? null,
    heatingShare: heatingShare?.toFixed() ?? null,
    correctionFactor: correctionFactor?.toFixed() ?? null,
    correctionFrom: toDateColumn(correctionFrom),
    fromDay: toDateColumn(from?.on ?? null),
    fromReason: from?.reason ?? null,
    toDay: toDateColumn(to?.on ?? null),
    toReason: to?.reason ?? null,
    placements: {
      // The relation also points at the meter itself; the unchecked form takes the ids as they are.
      create: placements.map((placement, index) => ({
        ordinal: index + 1,
        fromDay: toDateColumn(placement.from),
        siteId: siteId(row.siteIds, placement.site),
      })),
    },
    tenants: {
      create: tenant.map(({ from: first, to: end, ...of }, index) => ({
        ordinal: index + 1,
        fromDay: toDateColumn(first),
        toDay: toDateColumn(end),
        ...of,
      })),
    },
  };
}
