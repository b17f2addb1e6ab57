import t from 'tap';
import { rowCoverage } from '../../../src/domain/row-sums.ts';
import { answerFigure } from '../../../src/services/figures/answer-figure.ts';
import { explainAnswer } from '../../../src/services/figures/explain-figure.ts';
import { memoryDeps } from '../../support/memory-deps.ts';
import { estateOf, type MeterFields } from '../../support/memory-estate.ts';
import { type Asked, questionOf } from '../../support/memory-figure.ts';
import { billedDays, type Used } from '../../support/memory-usage.ts';

const SINCE = { from: '2020-01-01' };

async function coverage(meters: MeterFields[], used: Used[], asked: Asked) {
  const estate = estateOf(meters, [
    { key: 'S', category: 'office' },
    { key: 'T', category: 'depot' },
  ]);
  const { figure } = await answerFigure(memoryDeps(estate, billedDays(estate, used)), questionOf(asked));
  return rowCoverage(figure.total);
}

const YEAR: Asked = { period: '2025/26' };

t.test(
  'a meter without data weighs by its own mean use of the year before, of at least 90 days (rule F1)',
  async (t) => {
    const meters: MeterFields[] = [
      { key: 'A', ...SINCE },
      { key: 'B', ...SINCE, site: 'T' },
    ];
    const known: Used = { meter: 'A', period: '2025/26', quantity: 3_650 };
    const before = (period: string, quantity: number): Used => ({ meter: 'B', period, quantity });
    t.match(await coverage(meters, [known, before('2025-01-01/2025-04-01', 2_700)], YEAR), {
      actual: 0.25,
      missing: 0.75,
    });
    t.match(
      await coverage(meters, [known, before('2025-01-02/2025-04-01', 2_670)], YEAR),
      { actual: 1, missing: 0, unweighted: 1 },
      '89 days do not tell',
    );
    t.match(
      await coverage(meters, [known, before('2023-01-01/2024-01-01', 10_950)], YEAR),
      { unweighted: 1 },
      'nor does an older year',
    );
  },
);

t.test('else it weighs by the median of its activity at sites of its category (rule F1)', async (t) => {
  const meters: MeterFields[] = [
    { key: 'A', ...SINCE },
    { key: 'B', ...SINCE },
    { key: 'C', ...SINCE },
    { key: 'DEPOT', ...SINCE, site: 'T' },
    { key: 'NEW', ...SINCE },
  ];
  const used: Used[] = [
    { meter: 'A', period: '2025/26', quantity: 365 },
    { meter: 'B', period: '2025/26', quantity: 3_650 },
    { meter: 'C', period: '2025/26', quantity: 36_500 },
    { meter: 'DEPOT', period: '2025/26', quantity: 365_000 },
  ];
  const sum = 365 + 3_650 + 36_500 + 365_000;
  const missing = Math.round((3_650 / (sum + 3_650)) * 10_000) / 10_000;
  t.match(await coverage(meters, used, YEAR), { missing, days: { expected: 5 * 365, missing: 365 } });
});

t.test(
  'a meter that lacks some months is weighed by its known days in the year, and by its past in those months',
  async (t) => {
    const meters: MeterFields[] = [{ key: 'A', ...SINCE }];
    const used: Used[] = [{ meter: 'A', period: '2025-04-01/2026-01-01', quantity: 2_750 }];
    t.match(await coverage(meters, used, YEAR), { actual: 0.7535, missing: 0.2465, days: { missing: 90 } });
    t.match(await coverage(meters, used, { period: '2026-02' }), { actual: 0, missing: 1, days: { missing: 28 } });
  },
);

t.test('what a question names has to be there', async (t) => {
  const deps = memoryDeps(estateOf([{ key: 'A', ...SINCE }]), []);
  const ask = (asked: Partial<Asked>) => answerFigure(deps, questionOf({ ...YEAR, ...asked }));
  await t.rejects(ask({ sites: ['S', 'X'] }), { code: 'unknown-site', message: /'X'/ });
  await t.rejects(ask({ meters: ['Y'] }), { code: 'unknown-meter', message: /'Y'/ });
  const fixed = (year: number, version: string | null) =>
    ask({ policy: { kind: 'fixed', set: `uk-${year}`, year, version } });
  await t.rejects(fixed(2009, null), {
    code: 'invalid-request',
    message: /no factor set 2009: expected a stored version/,
  });
  await t.rejects(fixed(2019, '9.9'), { message: /2019@9.9/ });
  t.ok(await fixed(2019, null));
});

t.test('an explanation is grouped by site and meter, whatever was asked', async (t) => {
  const estate = estateOf([
    { key: 'A', ...SINCE },
    { key: 'B', ...SINCE, activity: 'water', site: 'T' },
  ]);
  const days = billedDays(estate, [
    { meter: 'A', period: '2024/25', quantity: 10_000 },
    { meter: 'B', period: '2024/25', quantity: 1_000 },
  ]);
  const { lines } = await explainAnswer(
    memoryDeps(estate, days),
    questionOf({ period: '2024/25', groupBy: ['scope'] }),
  );
  t.same(
    lines.map(({ site, meter, line, rule, kg }) => [site, meter, line, rule, kg?.toFixed(3)]),
    [
      ['S', 'A', 'generation', 'B1', '2070.500'],
      ['S', 'A', 'td-losses', 'B1', '183.000'],
      ['S', 'A', 'wtt-generation', 'B1', '459.000'],
      ['S', 'A', 'wtt-td', 'B1', '39.700'],
      ['S', 'A', 'outside-of-scopes', 'B1', '1150.700'],
      ['T', 'B', 'supply', 'B7', '153.110'],
      ['T', 'B', 'treatment', 'B7', '167.166'],
    ],
  );
});
