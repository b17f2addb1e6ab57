import type { Activity } from '../../domain/activities.ts';
import { factorKeysOf } from '../../domain/factor-keys.ts';
import type { FactorPosition, FoundFactor } from '../../domain/found-factor.ts';
import { Refusal } from '../../domain/refusal.ts';
import type { FactorReads } from './factor-store-port.ts';

/** What finding needs. */
export type FactorFinder = Pick<FactorReads, 'listFactorSets' | 'findFactors'>;

/** Which factors are asked for. Without `set` those of the active sets. */
export type FactorQuestion = {
  /** `uk-2019`, `uk-2019@1.03`, or the year alone. */
  set?: string;
  /** Only the factors that figures of this activity may take. */
  activity?: Activity;
  keyPrefix?: string;
  unit?: string;
  scope?: '1' | '2' | '3' | 'outside';
  /** A part of the key or the name. */
  text?: string;
  after?: FactorPosition;
  limit: number;
};

function parseSet(text: string): { id: string; version: string | null } {
  const [name = '', ...rest] = text.split('@');
  return { id: /^\d{4}$/.test(name) ? `uk-${name}` : name, version: rest.length === 0 ? null : rest.join('@') };
}

async function knownSet(
  store: FactorFinder,
  text: string,
  atSeq: bigint | null,
): Promise<{ id: string; version: string | null }> {
  const wanted = parseSet(text);
  const held = await store.listFactorSets(atSeq);
  const known = held.some(({ id, version, active }) =>
    wanted.version === null ? id === wanted.id && active : id === wanted.id && version === wanted.version,
  );
  if (known) return wanted;
  const names = held.map(({ id, version }) => `${id}@${version}`).join(', ');
  const detail = `there is no factor set '${text}': expected one of ${names || 'none, no set is held'}`;
  throw new Refusal('not-found', detail, [{ pointer: '?set', code: 'unknown-factor-set', detail }]);
}

/**
 * Published factors, in order of key, set and version. A factor whose number is blank in the publication is listed
 * with null.
 * @throws Refusal `not-found` naming the sets held when `set` is none of them.
 */
export async function findFactors(
  store: FactorFinder,
  question: FactorQuestion,
  atSeq: bigint | null = null,
): Promise<FoundFactor[]> {
  const { set, activity, keyPrefix, unit, scope, text, after, limit } = question;
  const filter = {
    set: set === undefined ? null : await knownSet(store, set, atSeq),
    keyPrefix: keyPrefix ?? null,
    keys: activity === undefined ? null : factorKeysOf(activity),
    unit: unit ?? null,
    scope: scope ?? null,
    text: text ?? null,
    after: after ?? null,
    limit,
  };
  return store.findFactors(filter, atSeq);
}
