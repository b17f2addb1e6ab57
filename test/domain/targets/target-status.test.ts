import t from 'tap';
import type { Coverage } from '../../../src/domain/coverage.ts';
import { roundKg } from '../../../src/domain/decimal.ts';
import { verdictOf, type YearEvidence } from '../../../src/domain/targets/target-status.ts';
import { dec } from '../../support/memory-estate.ts';

const FULL: Coverage = {
  actual: 1,
  estimated: 0,
  missing: 0,
  days: { expected: 365, actual: 365, estimated: 0, missing: 0 },
};

function verdict(fields: Partial<YearEvidence>) {
  return verdictOf({
    allowedKg: dec(700_000),
    actualKg: dec(700_000),
    coverage: FULL,
    notQuantified: [],
    startReasons: [],
    notComparable: [],
    isMilestone: false,
    budget: null,
    missingShareMax: dec('0.05'),
    estimatedShareMax: dec('0.20'),
    ...fields,
  });
}

const sums = { allowedKg: dec(11), actualKg: dec(11), unknown: [], capBroken: false };
const within = { budget: sums };
const over = { budget: { ...sums, allowedKg: dec(10) } };
const unknown = { budget: { ...sums, unknown: ['2023/24'] } };
const capped = { budget: { ...sums, capBroken: true } };

t.test('a verdict follows from comparability, then data, then amounts (rule H6)', async (t) => {
  const cases: [fields: Partial<YearEvidence>, status: string, annual: string | null, budget: string | null][] = [
    [{}, 'on-track', 'within', null],
    [{ actualKg: dec('700000.0000001') }, 'off-track', 'over', null],
    [within, 'on-track', 'within', 'within'],
    [over, 'off-track', 'within', 'over'],
    [capped, 'off-track', 'within', 'over'],
    [unknown, 'insufficient-data', 'within', null],
    [{ ...unknown, actualKg: dec(700_001) }, 'off-track', 'over', null],
    [{ budget: { ...unknown.budget, allowedKg: dec(10) } }, 'off-track', 'within', 'over'],
    [{ isMilestone: true }, 'met', 'within', null],
    [{ isMilestone: true, actualKg: dec(700_001) }, 'missed', 'over', null],
    [{ isMilestone: true, ...over }, 'missed', 'within', 'over'],
    [{ coverage: { ...FULL, missing: 0.05 } }, 'on-track', 'within', null],
    [{ coverage: { ...FULL, missing: 0.0501 } }, 'insufficient-data', null, null],
    [{ coverage: { ...FULL, missing: 0.03, pending: 0.02 } }, 'on-track', 'within', null],
    [{ coverage: { ...FULL, missing: 0.03, pending: 0.0201 } }, 'insufficient-data', null, null],
    [{ coverage: { ...FULL, estimated: 0.2 } }, 'on-track', 'within', null],
    [{ coverage: { ...FULL, estimated: 0.2001 } }, 'insufficient-data', null, null],
    [{ coverage: { ...FULL, unweighted: 1 } }, 'insufficient-data', null, null],
    [{ coverage: null }, 'insufficient-data', null, null],
    [{ actualKg: null }, 'insufficient-data', null, null],
    [{ notQuantified: ['natural-gas.combustion'] }, 'insufficient-data', null, null],
    [{ startReasons: ['the baseline is thin'] }, 'insufficient-data', null, null],
    [{ notComparable: ['a site was let'], coverage: null }, 'not-comparable', null, null],
  ];
  for (const [fields, status, annual, budget] of cases) {
    const found = verdict(fields);
    t.same([found.status, found.annual, found.budget], [status, annual, budget], JSON.stringify(fields));
    t.equal(found.reasons.length > 0, status === 'insufficient-data' || status === 'not-comparable');
  }
});

t.test('missing data cannot mend what the known part already exceeds (rule H6)', async (t) => {
  const thin = { coverage: { ...FULL, actual: 0.88, missing: 0.12 } };
  const found = verdict({ ...thin, actualKg: dec(720_000) });
  t.equal(found.status, 'insufficient-data');
  t.equal(roundKg(found.alreadyExceedsByKg ?? dec(0)), 20_000);
  t.match(found.reasons, ['12 % of the year is missing, at most 5 % may be']);
  t.equal(verdict({ ...thin, actualKg: dec(690_000) }).alreadyExceedsByKg, null);
  t.equal(verdict({ actualKg: dec(720_000) }).alreadyExceedsByKg, null, 'a verdict says it itself');
});
