import type { Json } from '../../domain/canonical-json.ts';
import { statedKg } from '../../domain/receipt-content.ts';
import type { ScopeKg } from '../../domain/statements/restatement.ts';
import type { Moment } from '../past/known-at.ts';
import type { PastStore } from '../past/past-store.ts';
import { frozenMoment } from './frozen.ts';
import { refuseUnpublished, restate } from './restate.ts';
import type { StatementStore } from './statement-store.ts';

type Deps = { store: Pick<StatementStore, 'find'>; past: PastStore };

function statedScopes({ scopes, total }: ScopeKg): Json {
  return { ...Object.fromEntries([...scopes].map(([scope, kg]) => [scope, statedKg(kg)])), total: statedKg(total) };
}

async function comparative({ store, past }: Deps, id: string, now: Moment): Promise<Json> {
  const kept = await store.find(id);
  const then = kept === null ? null : await frozenMoment(past, kept);
  if (kept === null || then === null) return refuseUnpublished(id);
  const { published, restated, material } = await restate(past, kept.draft, then, now);
  return {
    statement: { id, version: kept.version, digest: kept.digest },
    period: kept.draft.period,
    asPublished: statedScopes(published),
    // Corrections below the materiality are listed and not carried into the figure (what is published stands).
    isRestated: material.length > 0,
    asRestated: statedScopes(restated),
  };
}

/** Earlier statements as they were published, and as they would be restated at a moment. */
export async function comparativesOf(deps: Deps, ids: readonly string[], now: Moment): Promise<Json[]> {
  const comparatives: Json[] = [];
  for (const id of ids) comparatives.push(await comparative(deps, id, now));
  return comparatives;
}
