import type { FactorActivation } from '../domain/factor-set-summary.ts';
import type { PrismaClient } from './prisma-client/client.ts';

/** What of the history of a set was known at a clock reading. */
export type FactorSetHistory = {
  recordedAt: Date;
  activations: FactorActivation[];
  /** Whether the publisher's file behind it was known. */
  hasFile: boolean;
};

type Row = {
  set_id: number;
  recorded_at: Date;
  has_file: boolean;
  activated_at: Date | null;
  activated_seq: bigint | null;
  ended_at: Date | null;
  reason: string | null;
};

/**
 * When each set was recorded and used, as it was known at a clock reading; null is the newest. Sets that were not recorded
 * by then are not in it.
 */
export async function readHistories(
  prisma: Pick<PrismaClient, '$queryRaw'>,
  atSeq: bigint | null,
): Promise<Map<number, FactorSetHistory>> {
  const rows = await prisma.$queryRaw<Row[]>`
    select s.id as set_id, r.recorded_at, fr.id is not null as has_file,
           b.recorded_at as activated_at, b.seq as activated_seq, e.recorded_at as ended_at, a.reason
      from factor_set s
      join change r on r.id = s.change_id and (${atSeq}::bigint is null or r.seq <= ${atSeq}::bigint)
      left join factor_file f on f.set_id = s.id
      left join change fr on fr.id = f.change_id and (${atSeq}::bigint is null or fr.seq <= ${atSeq}::bigint)
      left join (factor_activation a join change b on b.id = a.change_id)
        on a.set_id = s.id and (${atSeq}::bigint is null or b.seq <= ${atSeq}::bigint)
      left join change e on e.id = a.superseded_by and (${atSeq}::bigint is null or e.seq <= ${atSeq}::bigint)
     order by b.seq`;
  const histories = new Map<number, FactorSetHistory>();
  for (const row of rows) {
    const { set_id: setId, recorded_at: recordedAt, has_file: hasFile, activated_at: activatedAt } = row;
    const history = histories.get(setId) ?? { recordedAt, hasFile, activations: [] };
    histories.set(setId, history);
    if (activatedAt === null || row.activated_seq === null) continue;
    const { ended_at: endedAt, reason } = row;
    history.activations.push({ seq: row.activated_seq.toString(), activatedAt, endedAt, reason });
  }
  return histories;
}

/** Whether figures used a set, by its history. */
export function isInUse({ activations }: FactorSetHistory): boolean {
  return activations.some(({ endedAt }) => endedAt === null);
}
