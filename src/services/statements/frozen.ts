import { type Moment, momentOf } from '../past/known-at.ts';
import type { PastStore } from '../past/past-store.ts';
import type { KeptStatement } from './statement-store.ts';

/** What of a published content tells when it was frozen. */
type Frozen = { knowledge: { instant: string } };

/** The moment that the figures of a statement are of; null for a draft. */
export async function frozenMoment(past: PastStore, { content }: KeptStatement): Promise<Moment | null> {
  if (content === null) return null;
  const { knowledge } = JSON.parse(content) as Frozen;
  return momentOf(past, knowledge.instant);
}
