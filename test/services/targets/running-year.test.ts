import fc from 'fast-check';
import t from 'tap';
import { Refusal } from '../../../src/domain/refusal.ts';
import { rowCoverage } from '../../../src/domain/row-sums.ts';
import { answerFigure } from '../../../src/services/figures/answer-figure.ts';
import { knownKg } from '../../../src/services/targets/target-figures.ts';
import { targetProgress } from '../../../src/services/targets/target-progress.ts';
import { targetQuestion } from '../../../src/services/targets/target-question.ts';
import { memoryDeps } from '../../support/memory-deps.ts';
import { targetOf } from '../../support/memory-target.ts';
import { holdsInTime } from '../../support/property.ts';
import { randomEstates } from '../../support/random-estate.ts';

const TODAY = '2024-11-22';
const TARGET = targetOf({
  scopes: [1, 2, 3],
  baseline: { period: '2022/23', kind: 'computed' },
  milestones: [{ period: '2026/27', reductionPercent: 40 }],
});

t.test('the running year so far is the figure of its days, as complete as that figure is (rule H6)', async (t) => {
  const soFar = { label: 'so far', start: '2024-04-01', end: TODAY };
  const property = fc.asyncProperty(randomEstates, async ({ estate, days }) => {
    const deps = memoryDeps(estate, days, TODAY);
    try {
      const { runningYear } = await targetProgress(deps, TARGET, null);
      const { figure } = await answerFigure(deps, { ...targetQuestion(TARGET, soFar), interval: 'total' });
      const sums = figure.rows.find(({ flow }) => flow === 'use')?.sums;
      const stated = { kg: knownKg(TARGET, sums)?.toFixed(9), coverage: sums === undefined ? null : rowCoverage(sums) };
      const { kg, coverage } = runningYear?.soFar ?? { kg: null, coverage: null };
      return JSON.stringify({ kg: kg?.toFixed(9), coverage }) === JSON.stringify(stated);
    } catch (error) {
      return error instanceof Refusal && error.code === 'baseline-outside-data';
    }
  });
  await holdsInTime(t, property, 30);
});
