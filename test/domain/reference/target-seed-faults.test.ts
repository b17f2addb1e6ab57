import t from 'tap';
import type { TargetSeed } from '../../../src/domain/reference/target-seed.ts';
import { targetSeedFaults } from '../../../src/domain/reference/target-seed-faults.ts';
import { targetSeed } from '../../support/target-seed.ts';

const source = 'a paper';
const TARGET = targetSeed({
  key: 'city',
  boundary: { kind: 'city', name: 'A city' },
  milestones: [
    { period: '2030', reductionPercent: 68, source },
    { period: '2050', netZero: true, source },
  ],
  budgets: [{ start: '2023-01-01', end: '2028-01-01', kgCo2e: 1, source }],
});

t.test('a sound target has no faults', async (t) => {
  t.same(targetSeedFaults(TARGET), []);
});

const faulty: [string, Partial<TargetSeed>, RegExp][] = [
  ['a baseline that is no period', { baseline: { period: '1990-91', kind: 'published', source } }, /1990\/91/],
  ['a reduction above 100 %', { milestones: [{ period: '2030', reductionPercent: 101, source }] }, /101 %/],
  ['a reduction of nothing', { milestones: [{ period: '2030', reductionPercent: 0, source }] }, /0 %/],
  [
    'a milestone before the baseline',
    { milestones: [{ period: '1989', netZero: true, source }] },
    /not later than 1990/,
  ],
  [
    'milestones out of order',
    {
      milestones: [
        { period: '2040', netZero: true, source },
        { period: '2030', netZero: true, source },
      ],
    },
    /2030 is not later than 2040/,
  ],
  ['neither milestone nor budget', { milestones: [], budgets: [] }, /neither/],
  [
    'a budget that ends when it starts',
    { budgets: [{ start: '2023-01-01', end: '2023-01-01', kgCo2e: 1, source }] },
    /no span/,
  ],
  ['a budget of nothing', { budgets: [{ start: '2023-01-01', end: '2024-01-01', kgCo2e: 0, source }] }, /0 kg/],
  [
    'budgets that overlap',
    {
      budgets: [
        { start: '2023-01-01', end: '2024-01-02', kgCo2e: 1, source },
        { start: '2024-01-01', end: '2025-01-01', kgCo2e: 1, source },
      ],
    },
    /inside the one before/,
  ],
];

for (const [what, change, message] of faulty) {
  t.test(`${what} is a fault that names the target`, async (t) => {
    const faults = targetSeedFaults({ ...TARGET, ...change });
    t.ok(
      faults.some((fault) => message.test(fault)),
      faults.join('; '),
    );
    t.ok(faults.every((fault) => fault.startsWith('target city: ')));
  });
}
