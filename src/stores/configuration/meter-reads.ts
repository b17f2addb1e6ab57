import type { MeterReads } from '../../services/meter-store.ts';
import type { PrismaClient } from '../prisma-client/client.ts';
import { Prisma } from '../prisma-client/client.ts';
import { listMeterIds } from '../queries/list-meter-ids.ts';
import { refusing } from '../refusing.ts';
import { CURRENT_METER, fromMeterRow } from './meter-rows.ts';
import { inOrder, ofChanges, type StandingRow, standing } from './standing.ts';

/** Meters as they stand now, or stood at a clock reading. */
export function createMeterReads(prisma: PrismaClient): MeterReads {
  const read = async (query: Prisma.Sql) => {
    const found = await prisma.$queryRaw<StandingRow[]>(query);
    const { include } = CURRENT_METER.versions;
    const rows = await prisma.meter.findMany({
      where: { id: { in: found.map(({ id }) => id) } },
      include: { versions: { where: ofChanges(found), include } },
    });
    return inOrder(rows, found, fromMeterRow);
  };
  return refusing({
    async find(key, seq) {
      const [meter] = await read(Prisma.sql`
        select m.id, v.change_id
          from meter m
          join meter_version v on v.meter_id = m.id
         where m.key = ${key} and ${standing(seq)}`);
      return meter ?? null;
    },

    list: (filter, page, seq) => read(listMeterIds(filter, page, seq)),
  });
}
