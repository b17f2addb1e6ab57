import type { TargetSeed } from '../../src/domain/reference/target-seed.ts';

/** A shipped target as its file holds it; what is left out is a plain one of a nation. */
export function targetSeed(fields: Partial<TargetSeed> = {}): TargetSeed {
  return {
    key: 'uk-ndc-2030',
    name: 'National target',
    status: 'reference',
    boundary: { kind: 'nation', name: 'United Kingdom' },
    gas: 'co2e',
    scopes: [],
    lines: [],
    basis: 'location',
    factors: 'reporting-year',
    yearBasis: 'calendar',
    path: 'linear',
    baseline: { period: '1990', kind: 'published', source: 'x' },
    milestones: [{ period: '2030', reductionPercent: 68, source: 'x' }],
    budgets: [],
    source: 'x',
    notes: [],
    ...fields,
  };
}
