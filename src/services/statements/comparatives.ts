import type { Json } from '../../domain/canonical-json.ts';
import { statedFigures } from '../../domain/receipt-content.ts';
import type { Moment } from '../past/known-at.ts';
import { frozenMoment } from './frozen.ts';
import { type RestateDeps, refuseUnpublished, restate } from './restate.ts';
import type { StatementStore } from './statement-store.ts';

type Deps = RestateDeps & { store: Pick<StatementStore, 'find'> };

async function comparative({ store, ...deps }: Deps, id: string, now: Moment): Promise<Json> {
  const kept = await store.find(id);
  const then = kept === null ? null : await frozenMoment(deps.past, kept);
  if (kept === null || then === null) return refuseUnpublished(id);
  const { published, restated, isMaterial } = await restate(deps, kept.draft, then, now);
  return {
    statement: { id, version: kept.version, digest: kept.digest },
    period: kept.draft.period,
    asPublished: statedFigures(published),
    // Corrections below the materiality are listed and not carried into the figure (what is published stands).
    isRestated: isMaterial,
    asRestated: statedFigures(restated),
  };
}

/** Earlier statements as they were published, and as they would be restated at a moment. */
export async function comparativesOf(deps: Deps, ids: readonly string[], now: Moment): Promise<Json[]> {
  const comparatives: Json[] = [];
  for (const id of ids) comparatives.push(await comparative(deps, id, now));
  return comparatives;
}
