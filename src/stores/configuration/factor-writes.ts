import type { FactorAccount } from '../../domain/factor-account.ts';
import type { FactorWrites } from '../../services/factors/factor-store-port.ts';
import { ADVISORY_LOCKS } from '../advisory-locks.ts';
import type { Prisma } from '../prisma-client/client.ts';
import { toFactorRow, toFactorSetRow, toFuelPropertyRow } from '../reference-data-rows.ts';

type Tx = Prisma.TransactionClient;

const stored = (account: FactorAccount) => account as unknown as Prisma.InputJsonObject;

/** Factor sets inside one transaction. */
export function createFactorWrites(tx: Tx): FactorWrites {
  return {
    async lock() {
      await tx.$executeRaw`select pg_advisory_xact_lock(${ADVISORY_LOCKS.factorSets})`;
    },

    async find(key, version) {
      const row = await tx.factorSet.findUnique({ where: { key_version: { key, version } }, include: { file: true } });
      if (row === null) return null;
      const active = row.activatedBy !== null && row.supersededBy === null;
      return { setId: row.id, digest: row.digest, active, fileSha256: row.file?.sha256 ?? null };
    },

    async add(seed, origin, changeId) {
      const { id } = await tx.factorSet.create({
        data: { ...toFactorSetRow(seed.edition, changeId, false), origin },
        select: { id: true },
      });
      await tx.factor.createMany({ data: [...seed.factors.values()].map((factor) => toFactorRow(id, factor)) });
      await tx.fuelProperty.createMany({
        data: [...seed.fuelProperties.values()].map((property) => toFuelPropertyRow(id, property)),
      });
      return id;
    },

    async addFile(setId, { sha256, bytes, fileName, layout, sheet, headerRow, rows, keys }, changeId) {
      await tx.factorFile.create({ data: { setId, changeId, sha256, bytes, fileName, layout, sheet, headerRow } });
      // One statement for all rows: as many parameters as columns, whatever the file holds.
      await tx.$executeRaw`
        insert into factor_row
          (set_id, row_number, row_id, scope, level1, level2, level3, level4, column_text, uom, ghg, value, factor_key)
        select ${setId}::integer, r.*
          from unnest(
            ${rows.map((row) => row.rowNumber)}::integer[],
            ${rows.map((row) => row.rowId)}::text[],
            ${rows.map((row) => row.scope)}::text[],
            ${rows.map((row) => row.level1)}::text[],
            ${rows.map((row) => row.level2)}::text[],
            ${rows.map((row) => row.level3)}::text[],
            ${rows.map((row) => row.level4)}::text[],
            ${rows.map((row) => row.columnText)}::text[],
            ${rows.map((row) => row.uom)}::text[],
            ${rows.map((row) => row.ghg)}::text[],
            ${rows.map((row) => row.value?.toFixed() ?? null)}::numeric[],
            ${rows.map((row) => keys.get(row) ?? null)}::text[]
          ) r`;
    },

    async end(key, changeId, account) {
      await tx.factorActivation.updateMany({
        where: { key, supersededBy: null },
        data: { supersededBy: changeId, ...(account !== null && { endAccount: stored(account) }) },
      });
      await tx.factorSet.updateMany({
        where: { key, activatedBy: { not: null }, supersededBy: null },
        data: { supersededBy: changeId },
      });
    },

    async activate(setId, key, changeId, account, reason) {
      await tx.factorActivation.create({
        data: { setId, key, changeId, reason, account: stored(account) },
      });
      await tx.factorSet.update({ where: { id: setId }, data: { activatedBy: changeId, supersededBy: null } });
    },
  };
}
