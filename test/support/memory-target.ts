import type { Target } from '../../src/domain/targets/target.ts';

/** A target of the council's own estate: 60 % less in 2029/30 than in 2019/20, in scopes 1 and 2; a test states the rest. */
export function targetOf(fields: Partial<Target> = {}): Target {
  return {
    key: 'own',
    name: 'Estate',
    status: 'adopted',
    boundary: { kind: 'organisation', name: 'The council' },
    gas: 'co2e',
    scopes: [1, 2],
    lines: [],
    basis: 'location',
    factors: 'reporting-year',
    yearBasis: 'reporting',
    path: 'linear',
    yearlyReductionPercent: null,
    allowances: [],
    baseline: { period: '2019/20', kind: 'computed' },
    milestones: [{ period: '2029/30', reductionPercent: 60 }],
    budgets: [],
    rebasing: null,
    otherEmissions: [],
    recalculations: [],
    offsets: [],
    adoptedOn: null,
    supersededOn: null,
    supersededBy: null,
    source: 'a test',
    notes: null,
    ...fields,
  };
}

/** A target of a region, published against a baseline year of the area. */
export function areaTargetOf(fields: Partial<Target> = {}): Target {
  return targetOf({
    key: 'area',
    boundary: { kind: 'region', name: 'The region' },
    scopes: [],
    baseline: { period: '2016', kind: 'published' },
    yearBasis: 'calendar',
    milestones: [{ period: '2027', reductionPercent: 69 }],
    ...fields,
  });
}
