import { LEASED } from '../../domain/consolidation.ts';
import type { Settings } from '../../domain/reference/default-settings.ts';
import type { UntypedLeases } from '../../services/lease-types.ts';
import type { SettingsReads, SettingsStore } from '../../services/settings-store.ts';
import { ADVISORY_LOCKS } from '../advisory-locks.ts';
import type { Prisma, PrismaClient } from '../prisma-client/client.ts';
import { refusing } from '../refusing.ts';
import { CURRENT_METER, fromMeterRow } from './meter-rows.ts';
import { fromSettingsRow, toSettingsRow } from './settings-rows.ts';
import { CURRENT_SITE, fromSiteRow } from './site-rows.ts';
import { standing } from './standing.ts';

async function find(db: Prisma.TransactionClient, seq: string | null = null): Promise<Settings | null> {
  const [found] = await db.$queryRaw<{ change_id: bigint }[]>`
    select v.change_id from settings_version v where ${standing(seq)}`;
  if (found === undefined) return null;
  const row = await db.settingsVersion.findUnique({ where: { changeId: found.change_id } });
  return row === null ? null : fromSettingsRow(row);
}

async function untypedLeases(tx: Prisma.TransactionClient): Promise<UntypedLeases> {
  const untyped = { leaseType: null };
  const leases = { some: { supersededBy: null, controls: { some: { ...untyped, control: { in: [...LEASED] } } } } };
  const sites = await tx.site.findMany({ where: { versions: leases }, include: CURRENT_SITE, orderBy: { key: 'asc' } });
  const tenancies = { some: { supersededBy: null, tenants: { some: { ...untyped, kind: 'tenancy' } } } };
  const where = { versions: tenancies };
  const meters = await tx.meter.findMany({ where, include: CURRENT_METER, orderBy: { key: 'asc' } });
  return {
    sites: sites.flatMap((row) => fromSiteRow(row) ?? []),
    meters: meters.flatMap((row) => fromMeterRow(row) ?? []),
  };
}

/** Settings as they stand now, or stood at a clock reading. */
export function createSettingsReads(prisma: PrismaClient): SettingsReads {
  return refusing({ find: (seq) => find(prisma, seq) });
}

/** Settings inside one transaction. */
export function createSettingsStore(tx: Prisma.TransactionClient): SettingsStore {
  return {
    async lock() {
      await tx.$executeRaw`select pg_advisory_xact_lock(${ADVISORY_LOCKS.settings})`;
      return find(tx);
    },
    async share() {
      await tx.$executeRaw`select pg_advisory_xact_lock_shared(${ADVISORY_LOCKS.settings})`;
      return find(tx);
    },
    untypedLeases: () => untypedLeases(tx),
    async write(changeId, settings) {
      await tx.settingsVersion.updateMany({ where: { supersededBy: null }, data: { supersededBy: changeId } });
      await tx.settingsVersion.create({ data: toSettingsRow(changeId, settings) });
    },
  };
}
