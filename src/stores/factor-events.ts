import type { FactorAccount } from '../domain/factor-account.ts';
import type { FactorEvent } from '../services/factors/factor-store-port.ts';
import type { PrismaClient } from './prisma-client/client.ts';

type Row = {
  set: string;
  version: string;
  seq: bigint;
  recorded_at: Date;
  principal: string;
  kind: FactorEvent['kind'];
  reason: string | null;
  account: FactorAccount | null;
};

/** Reads when versions of factor sets were brought into and out of use. */
export function createFactorEvents(prisma: PrismaClient) {
  return {
    /** In order of the clock; a withdrawal is one that left the set without a version in use. */
    async accounts(id: string | null, atSeq: bigint | null = null): Promise<FactorEvent[]> {
      const rows = await prisma.$queryRaw<Row[]>`
        select s.key as set, s.version, e.seq, e.recorded_at, e.principal, v.kind, v.reason, v.account
          from factor_activation a
          join factor_set s on s.id = a.set_id
          cross join lateral (
            values ('activated', a.change_id, a.reason, a.account),
                   ('withdrawn', case when a.end_account is not null then a.superseded_by end, null, a.end_account)
          ) v (kind, change_id, reason, account)
          join change e on e.id = v.change_id
         where (${id}::text is null or a.key = ${id}::text) and (${atSeq}::bigint is null or e.seq <= ${atSeq}::bigint)
         order by e.seq, s.year, s.key`;
      return rows.map(({ recorded_at: recordedAt, seq, ...row }) => ({ ...row, seq: seq.toString(), recordedAt }));
    },
  };
}
