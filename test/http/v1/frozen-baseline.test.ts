import t from 'tap';
import { testApp } from '../../support/app.ts';
import { ask, writeEstate, writeReadings } from '../../support/estate.ts';
import { newestInstant } from '../../support/newest-instant.ts';
import { partsOf, readNote } from '../../support/note.ts';
import { correctFactorSet } from '../../support/statements.ts';

const service = await testApp(t);
type Review = {
  frozenKgCo2e: number;
  presentKgCo2e: number;
  differenceKgCo2e: number;
  differencePercent: number;
  reachesThreshold: boolean;
  causes: { cause: string; differenceKgCo2e: number }[];
};
type Progress = {
  start: { emissionsKgCo2e: number };
  baselineReview?: Review;
  data: { allowedKgCo2e: number; status: string | null }[];
  notices: string[];
};
const progress = (query = '') => ask<Progress>(service, `/v1/targets/estate/progress${query}`);
async function now(): Promise<string> {
  return newestInstant(service.database.pool);
}
const TARGET = {
  name: 'Estate',
  boundary: { kind: 'organisation', name: 'The council' },
  scopes: [1],
  lines: ['combustion'],
  milestones: [{ period: '2034/35', reductionPercent: 50 }],
  source: 'a test',
};
const put = (baseline: object) => service.send('PUT', '/v1/targets/estate', { body: { ...TARGET, baseline } });
const gas = (meter: string, period: string, quantity: number) => ({ meter, period, quantity });

await writeEstate(
  service,
  ['A', 'B'].map((meter) => ({
    meter,
    activity: 'natural-gas',
    kind: 'billed',
    from: { on: '2024-04-01', reason: 'opened' },
  })),
);
await writeReadings(service, [gas('A', '2024/25', 100000), gas('A', '2025/26', 90000), gas('B', '2025/26', 5000)]);
await put({ period: '2024/25', kind: 'computed' });
const floating = await progress();
const frozenAt = await now();
const created = await put({ period: '2024/25', kind: 'computed', frozenAt });
const before = await progress();
await writeReadings(service, [gas('B', '2024/25', 10000)]);
await writeReadings(service, [gas('A', '2024/25', 95000)]);
const amid = await now();
await correctFactorSet(service, 'uk-2024', '1.1', 'gas.natural.gross_cv', 0.19);
const after = await progress();

t.test('an adopted target whose baseline follows the data says so; a frozen one has a review (rule H5)', async (t) => {
  t.equal(created.statusCode, 200, created.body);
  t.notOk(floating.baselineReview);
  t.match(floating.notices.join(), /not frozen/);
  t.notMatch(before.notices.join(), /not frozen/);
  t.match(before.baselineReview, { differenceKgCo2e: 0, reachesThreshold: false, causes: [] });
});

t.test('what comes later leaves it as it was, and is listed by cause, as the page says (rules D5, H5)', async (t) => {
  const [line = ''] = readNote('targets').lines('frozen');
  const [frozen, late, corrected, version, present, percent] = partsOf(
    line,
    /^frozen ([\d.]+); late-data ([-+][\d.]+), corrected-data ([-+][\d.]+), factor-version ([-+][\d.]+) = ([\d.]+), ([-+][\d.]+) %$/,
  ).map(Number);
  t.equal(after.start.emissionsKgCo2e, frozen);
  t.match(after.baselineReview, {
    frozenKgCo2e: frozen,
    presentKgCo2e: present,
    differencePercent: percent,
    reachesThreshold: true,
    causes: [
      { cause: 'late-data', differenceKgCo2e: late },
      { cause: 'corrected-data', differenceKgCo2e: corrected },
      { cause: 'factor-version', differenceKgCo2e: version },
    ],
  });
  t.equal(after.baselineReview?.causes.length, 3);
  t.same(
    after.data.map(({ allowedKgCo2e }) => allowedKgCo2e),
    before.data.map(({ allowedKgCo2e }) => allowedKgCo2e),
  );
  const was = await progress(`?asOf=${amid}`);
  t.strictSame(
    was.baselineReview?.causes.map(({ cause }) => cause),
    ['late-data', 'corrected-data'],
    'as of before the version came into use',
  );
});

t.test('a later moment takes over what came until then; what was promised before is kept', async (t) => {
  const later = await now();
  t.equal((await put({ period: '2024/25', kind: 'computed', frozenAt: later })).statusCode, 200);
  const taken = await progress();
  t.equal(taken.start.emissionsKgCo2e, after.baselineReview?.presentKgCo2e);
  t.match(taken.baselineReview, { differenceKgCo2e: 0, causes: [] });
  t.equal((await progress(`?asOf=${later}`)).start.emissionsKgCo2e, before.start.emissionsKgCo2e);
});

t.test('another version would change what is known of the base year, and no allowance', async (t) => {
  const url = '/v1/factor-sets/uk-2024/versions/second';
  const stated = { publisher: 'Example Council', gwp: 'AR5', licence: 'Internal', source: 'Correction notice 8' };
  const factors = [{ key: 'gas.natural.gross_cv', kgCo2e: 0.2 }];
  const entered = await service.send('PUT', url, { body: { ...stated, basedOn: '1.1', factors } });
  t.equal(entered.statusCode, 201, entered.body);
  type Impact = { targets: { target: string; years: Record<string, unknown>[] }[] };
  const impact = await ask<Impact>(service, '/v1/factor-sets/uk-2024/impact?version=second');
  const years = impact.targets.find(({ target }) => target === 'estate')?.years ?? [];
  t.match(years, [{ period: '2024/25', kgBefore: 19950, kgAfter: 21000, kgDifference: 1050 }]);
  t.ok(years.every(({ allowedBefore, allowedAfter }) => allowedBefore === allowedAfter));
});

t.test('400, 422: what cannot be frozen, by its place', async (t) => {
  const future = await put({ period: '2024/25', kind: 'computed', frozenAt: '2100-01-01' });
  t.equal(future.statusCode, 422);
  t.match(future.json(), { type: /as-of-in-future/, errors: [{ pointer: '/baseline/frozenAt' }] });
  const unread = await put({ period: '2024/25', kind: 'computed', frozenAt: 'last summer' });
  t.match(unread.json(), { errors: [{ pointer: '/baseline/frozenAt', code: 'invalid-as-of' }] });
  const stated = { period: '2024/25', kind: 'published', emissionsKgCo2e: 1, source: 'a report', frozenAt };
  t.match((await put(stated)).json(), { errors: [{ pointer: '/baseline/frozenAt', code: 'unexpected-field' }] });
});
