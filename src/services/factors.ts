import type { FactorSetSummary } from '../domain/factor-set-summary.ts';
import type { FactorPosition, FoundFactor } from '../domain/found-factor.ts';
import type { LocalDay } from '../domain/local-day.ts';
import { type FactorFinder, type FactorQuestion, findFactors } from './find-factors.ts';
import { listFactorSets } from './list-factor-sets.ts';

/** The published factors. */
export type Factors = {
  /** Sets held, by year; with a day, only those certainly published by its end. */
  listSets(publishedBy: LocalDay | null): Promise<FactorSetSummary[]>;
  /** One page of at most `limit` factors. */
  find(question: FactorQuestion): Promise<{ items: FoundFactor[]; next: FactorPosition | null }>;
};

/** Builds the use cases of factors. */
export function createFactors(store: FactorFinder): Factors {
  return {
    listSets: (publishedBy) => listFactorSets(store, publishedBy === null ? {} : { publishedBy }),

    async find(question) {
      const found = await findFactors(store, { ...question, limit: question.limit + 1 });
      const items = found.slice(0, question.limit);
      return { items, next: found.length > question.limit ? (items.at(-1) ?? null) : null };
    },
  };
}
