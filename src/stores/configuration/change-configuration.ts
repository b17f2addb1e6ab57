import { LIMITS } from '../../limits.ts';
import type { ChangeConfiguration } from '../../services/change-configuration.ts';
import { nextChangeId, stampInTransaction } from '../clock.ts';
import type { PrismaClient } from '../prisma-client/client.ts';
import { toPrismaRefusal } from '../prisma-errors.ts';
import { createFactorWrites } from './factor-writes.ts';
import { createKeyStore } from './key-store.ts';
import { createLayoutStore } from './layout-store.ts';
import { createMeterStore } from './meter-store.ts';
import { createSettingsStore } from './settings-store.ts';
import { createSiteStore } from './site-store.ts';
import { createSupplyStore } from './supply-store.ts';
import { createTargetStore } from './target-store.ts';

/** READ COMMITTED always: the statements after a lock must see what its former holder committed. */
const TRANSACTION = {
  isolationLevel: 'ReadCommitted',
  maxWait: LIMITS.configurationTransactionTimeoutMs,
  timeout: LIMITS.configurationTransactionTimeoutMs,
} as const;

/** No estate depends on who may ask for it, on how the next file will be read, or on what is stated beside it. */
const NOT_OF_THE_ESTATE: ReadonlySet<string> = new Set([
  'api-key',
  'layout',
  'other-emission',
  'measure',
  'grid-pathway',
]);

/** Runs changes of configuration, each in one transaction, with stores made for that transaction alone. */
export function createChangeConfiguration(prisma: PrismaClient): ChangeConfiguration {
  return async ({ kind, principal, touched }, work) => {
    try {
      return await prisma.$transaction(async (tx) => {
        let changeId: bigint | null = null;
        const result = await work({
          sites: createSiteStore(tx),
          meters: createMeterStore(tx),
          settings: createSettingsStore(tx),
          targets: createTargetStore(tx),
          layouts: createLayoutStore(tx),
          supply: createSupplyStore(tx),
          keys: createKeyStore(tx),
          factors: createFactorWrites(tx),
          changeId: async () => {
            changeId ??= await nextChangeId(tx);
            return changeId;
          },
        });
        const config = !NOT_OF_THE_ESTATE.has(kind);
        if (changeId !== null)
          await stampInTransaction(tx, { changeId, kind, principal: principal.label, uploadId: null, config, touched });
        return result;
      }, TRANSACTION);
    } catch (error) {
      throw toPrismaRefusal(error);
    }
  };
}
