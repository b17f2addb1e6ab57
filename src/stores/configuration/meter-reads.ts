import type { MeterReads } from '../../services/meter-store.ts';
import type { PrismaClient } from '../prisma-client/client.ts';
import { listMeterIds } from '../queries/list-meter-ids.ts';
import { refusing } from '../refusing.ts';
import { CURRENT_METER, fromMeterRow } from './meter-rows.ts';

/** Meters as they stand now. */
export function createMeterReads(prisma: PrismaClient): MeterReads {
  return refusing({
    async find(key) {
      const row = await prisma.meter.findUnique({ where: { key }, include: CURRENT_METER });
      return row === null ? null : fromMeterRow(row);
    },

    async list(filter, page) {
      const ids = (await prisma.$queryRaw<{ id: number }[]>(listMeterIds(filter, page))).map(({ id }) => id);
      const rows = await prisma.meter.findMany({ where: { id: { in: ids } }, include: CURRENT_METER });
      const byId = new Map(rows.map((row) => [row.id, fromMeterRow(row)]));
      // A meter that was deleted between the two statements is left out.
      return ids.flatMap((id) => byId.get(id) ?? []);
    },
  });
}
