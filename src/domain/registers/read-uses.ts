import { type Advance, advancesOf } from './advances.ts';
import { evidenceOf } from './read-types.ts';
import { type RegisterMeter, type StoredRead, seriesOf, withDevices } from './register-read.ts';

/** What became of a register read. */
export const READ_USES = ['used', 'alone', 'overtaken', 'contradicted', 'queried', 'withdrawn', 'superseded'] as const;
export type ReadUse = (typeof READ_USES)[number];

/** What became of a read, and the advance that ends on it. */
export type UsedRead = { use: ReadUse; advance: Advance<StoredRead> | null };

/**
 * What becomes of the reads that stand, by their number (rules E2, E3): an estimate between two actual reads is overtaken,
 * one that runs against them contradicted; a read that no other stands beside is alone.
 */
export function usesOfReads(reads: readonly StoredRead[], meter: RegisterMeter): Map<string, UsedRead> {
  const uses = new Map<string, UsedRead>();
  for (const own of seriesOf(withDevices(reads, meter)).values()) {
    const { advances, reversals } = advancesOf(own, meter);
    const ending = new Map(advances.map((advance) => [advance.to.id, advance]));
    const counted = new Set(advances.flatMap(({ from, to }) => [from.id, to.id]));
    const contradicted = new Set(reversals.flatMap(({ from, to }) => [from.id, to.id]));
    const actual = own.filter(({ type }) => evidenceOf(type) === 'actual');
    const [first = '', last = ''] = [actual[0]?.day, actual.at(-1)?.day];
    for (const { id, type, day } of own) {
      const evidence = evidenceOf(type);
      const isOvertaken = evidence === 'estimated' && first < day && day < last;
      const idle = contradicted.has(id) ? 'contradicted' : isOvertaken ? 'overtaken' : 'alone';
      const use = evidence === 'withdrawn' || evidence === 'queried' ? evidence : counted.has(id) ? 'used' : idle;
      uses.set(id, { use, advance: ending.get(id) ?? null });
    }
  }
  return uses;
}
