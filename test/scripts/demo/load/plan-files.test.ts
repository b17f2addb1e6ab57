import t from 'tap';
import { demoEstate } from '../../../../scripts/demo/demo-estate.ts';
import { demoSpan, financialYearsOf, planFiles } from '../../../../scripts/demo/load/plan-files.ts';

t.test('the data runs from the first day to two days before today', async (t) => {
  t.strictSame(demoSpan('2026-11-22'), { start: '2022-04-01', end: '2026-11-21' });
});

t.test('financial years are cut to the span, wherever it begins', async (t) => {
  t.strictSame(financialYearsOf({ start: '2024-02-01', end: '2025-05-01' }), [
    { label: '2023/24', start: '2024-02-01', end: '2024-04-01' },
    { label: '2024/25', start: '2024-04-01', end: '2025-04-01' },
    { label: '2025/26', start: '2025-04-01', end: '2025-05-01' },
  ]);
});

t.test(
  'each meter is in one file a year, with others of its resolution; a new year begins with its first data',
  async (t) => {
    const estate = demoEstate();
    const files = planFiles(estate, demoSpan('2026-11-22'));
    t.equal(files.length, 5 * 3);
    t.equal(new Set(files.map(({ name }) => name)).size, files.length);
    const intervalMeters = estate.meters.filter(({ data }) => data.kind === 'interval');
    for (const label of ['2022-23', '2026-27']) {
      const keys = files
        .filter(({ name }) => name.includes(label))
        .flatMap(({ meters }) => meters.map(({ key }) => key));
      t.strictSame(keys.toSorted(), intervalMeters.map(({ key }) => key).toSorted(), label);
    }
    t.equal(planFiles(estate, demoSpan('2026-04-02')).length, 4 * 3);
  },
);
