import type { Settings } from '../../domain/reference/default-settings.ts';
import type { SettingsReads, SettingsStore } from '../../services/settings-store.ts';
import { ADVISORY_LOCKS } from '../advisory-locks.ts';
import type { Prisma, PrismaClient } from '../prisma-client/client.ts';
import { refusing } from '../refusing.ts';
import { fromSettingsRow, toSettingsRow } from './settings-rows.ts';

async function find(db: Prisma.TransactionClient): Promise<Settings | null> {
  const row = await db.settingsVersion.findFirst({ where: { supersededBy: null } });
  return row === null ? null : fromSettingsRow(row);
}

/** Settings as they stand now. */
export function createSettingsReads(prisma: PrismaClient): SettingsReads {
  return refusing({ find: () => find(prisma) });
}

/** Settings inside one transaction. */
export function createSettingsStore(tx: Prisma.TransactionClient): SettingsStore {
  return {
    async lock() {
      await tx.$executeRaw`select pg_advisory_xact_lock(${ADVISORY_LOCKS.settings})`;
      return find(tx);
    },
    async write(changeId, settings) {
      await tx.settingsVersion.updateMany({ where: { supersededBy: null }, data: { supersededBy: changeId } });
      await tx.settingsVersion.create({ data: toSettingsRow(changeId, settings) });
    },
  };
}
