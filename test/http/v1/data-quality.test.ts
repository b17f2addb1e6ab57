import t from 'tap';
import { testApp } from '../../support/app.ts';
import { ask, writeEstate, writeReadings } from '../../support/estate.ts';
import { newestInstant } from '../../support/newest-instant.ts';

const service = await testApp(t);
const { send } = service;

type Coverage = { actual: number; missing: number; pending?: number; days: Record<string, number> } | null;
type Finding = { check: string; severity: string; meter: string; start: string; end: string; detail: string };
type Answer = {
  coverage: {
    meter?: string;
    site?: string;
    period: { label: string };
    quantity?: { value: number | null };
    coverage: Coverage;
  }[];
  totalCoverage: Coverage;
  gaps: { meter: string; start: string; end: string; missingMinutes: number; reason: string }[];
  suspects: Finding[];
  conflicts: Finding[];
  overdue: Finding[];
  unreconciled: Finding[];
  information: Finding[];
  intervalsChecked: boolean;
};
type Figures = { data: { quantity: { value: number | null }; coverage: Coverage }[] };

const since = (on: string) => ({ from: { on, reason: 'built' } });
const halfHours = (value: number, count = 48, known = count) =>
  Array.from({ length: count }, (_, index) => (index < known ? value + (index % 2) / 100 : null));
const days = (meter: string, month: string, numbers: number[], value: number) =>
  numbers.map((day) => ({ meter, day: `${month}-${String(day).padStart(2, '0')}`, values: halfHours(value) }));
const month = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, index) => first + index);

await writeEstate(service, [
  { meter: 'EL', ...since('2025-06-01') },
  { meter: 'MAIN', site: 'T', ...since('2025-06-01') },
  { meter: 'SUB', site: 'T', parent: 'MAIN', ...since('2025-06-01') },
  { meter: 'BILL', site: 'T', kind: 'billed' },
  { meter: 'LATE', site: 'U', ...since('2026-01-01') },
]);
await writeReadings(service, [
  ...days('EL', '2025-06', [...month(1, 15), ...month(18, 30)], 2),
  { meter: 'EL', day: '2025-06-16', values: halfHours(2, 48, 24) },
  ...days('MAIN', '2025-06', month(1, 30), 5),
  ...days('SUB', '2025-06', month(1, 30), 6),
  { meter: 'BILL', period: '2025-06', quantity: 1000 },
  ...days('BILL', '2025-06', month(1, 20), 2),
  ...days('LATE', '2026-11', month(1, 12), 1),
]);

const quality = (query: string) => ask<Answer>(service, `/v1/data-quality?${query}`);

t.test(
  'a half-empty day is what was measured, an empty one is missing; neither is zero, neither doubled',
  async (t) => {
    for (const [day, value, actual] of [
      ['2025-06-15', 96.24, 1],
      ['2025-06-16', 48.12, 0.5],
      ['2025-06-17', null, 0],
    ] as const) {
      const figure = await ask<Figures>(service, `/v1/consumption?period=${day}&meter=EL`);
      t.equal(figure.data[0]?.quantity.value, value, day);
      t.match(figure.data[0]?.coverage, { actual, missing: 1 - actual }, day);
      const { coverage, gaps } = await quality(`period=${day}&meter=EL`);
      t.match(
        coverage,
        [{ meter: 'EL', site: 'S', quantity: { value }, coverage: { actual, missing: 1 - actual } }],
        day,
      );
      const reason = value === null ? 'no-data' : 'part-of-days';
      t.match(gaps, actual === 1 ? [] : [{ start: day, missingMinutes: 1440 * (1 - actual), reason }], day);
    }
  },
);

t.test('the month has both gaps, and coverage by site and month as figures have it', async (t) => {
  const answer = await quality('period=2025/26&meter=EL&interval=month&groupBy=site');
  const june = answer.coverage.find(({ period }) => period.label === '2025-06');
  t.match(june, {
    site: 'S',
    coverage: { actual: 0.95, missing: 0.05, days: { expected: 30, actual: 28.5, missing: 1.5 } },
  });
  t.equal(answer.coverage.find(({ period }) => period.label === '2025-05')?.coverage, null, 'before it was there');
  t.match(answer.gaps.slice(0, 2), [
    { start: '2025-06-16', end: '2025-06-17', missingMinutes: 720, reason: 'part-of-days' },
    { start: '2025-06-17', end: '2025-06-18', missingMinutes: 1440, reason: 'no-data' },
  ]);
  t.match(answer.gaps[2], { start: '2025-07-01', end: '2026-04-01', reason: 'no-data' });
});

t.test('totals that do not meet, contradictions and meters without a first day, each with numbers', async (t) => {
  const answer = await quality('period=2025-06&site=T');
  t.match(answer.unreconciled, [
    { check: 'sub-meters-above-main', meter: 'MAIN', detail: /SUB add up to 8647 kWh.* to 7207/ },
  ]);
  t.match(answer.conflicts, [{ check: 'bill-below-intervals', meter: 'BILL', start: '2025-06-01', end: '2025-07-01' }]);
  t.ok(answer.information.some(({ check, meter }) => check === 'first-value' && meter === 'BILL'));
  const alone = await quality('period=2025-06&meter=MAIN');
  t.match(alone.unreconciled, [{ meter: 'MAIN' }], 'sub-meters are read even where they are not asked');
});

t.test('overdue and pending are of today', async (t) => {
  const answer = await quality('period=2026/27&meter=LATE');
  t.match(answer.overdue, [{ check: 'overdue', meter: 'LATE', start: '2026-11-13', detail: /expected by 2026-11-17/ }]);
  t.match(answer.gaps.slice(-2), [
    { start: '2026-11-13', end: '2026-11-19', reason: 'no-data' },
    { start: '2026-11-19', end: '2026-11-22', missingMinutes: 3 * 1440, reason: 'pending' },
  ]);
  t.match(answer.coverage[0]?.coverage?.days, { pending: 3 });
  t.same((await quality('period=2025-06&meter=LATE')).overdue, []);
});

t.test('a suspect is flagged and stays in the figure', async (t) => {
  await writeReadings(service, [{ meter: 'SUB', day: '2025-06-30', values: [...halfHours(6, 47), -1] }]);
  const answer = await quality('period=2025-06&meter=SUB');
  t.match(answer.suspects, [
    { check: 'negative-interval', severity: 'suspect', start: '2025-06-30', end: '2025-07-01' },
  ]);
  const figure = await ask<Figures>(service, '/v1/consumption?period=2025-06-30&meter=SUB');
  t.equal(figure.data[0]?.quantity.value, 281.23);
});

t.test('thresholds are settings', async (t) => {
  const settings = (await send('GET', '/v1/settings')).json();
  const put = (excessShare: number) =>
    send('PUT', '/v1/settings', { body: { ...settings, checks: { ...settings.checks, subMeters: { excessShare } } } });
  t.equal((await put(0.5)).statusCode, 200);
  t.same((await quality('period=2025-06&site=T')).unreconciled, []);
  await put(settings.checks.subMeters.excessShare);
  t.equal((await quality('period=2025-06&site=T')).unreconciled.length, 1);
});

t.test('CSV has one list, JSON all', async (t) => {
  const csv = async (list: string) => {
    const url = `/v1/data-quality?period=2025-06&site=S${list}`;
    const response = await send('GET', url, { scope: 'read', headers: { accept: 'text/csv' } });
    return response.body.split('\r\n');
  };
  const [header = '', row = ''] = await csv('');
  t.match(header, /^period,start,end,site,meter,activity,/);
  t.match(row, /^2025-06,2025-06-01,2025-07-01,S,EL,electricity,.*,kWh,0\.95,0,0\.05,/);
  t.same((await csv('&list=gaps')).slice(1, -1), [
    'EL,S,electricity,2025-06-16,2025-06-17,1,720,part-of-days',
    'EL,S,electricity,2025-06-17,2025-06-18,1,1440,no-data',
  ]);
  t.match((await csv('&list=findings'))[0], /^severity,check,meter,site,start,end,seen,expected,unit,detail$/);
});

t.test('304 while nothing changed, another tag after a write', async (t) => {
  const url = '/v1/data-quality?period=2025-06';
  const first = await send('GET', url, { scope: 'read' });
  const etag = String(first.headers.etag);
  t.equal((await send('GET', url, { scope: 'read', headers: { 'if-none-match': etag } })).statusCode, 304);
  await writeReadings(service, [{ meter: 'EL', day: '2025-06-17', values: halfHours(2) }]);
  t.equal((await send('GET', url, { scope: 'read', headers: { 'if-none-match': etag } })).statusCode, 200);
});

t.test('what cannot be asked is refused, and nobody asks without a key', async (t) => {
  const status = async (query: string) =>
    (await send('GET', `/v1/data-quality?${query}`, { scope: 'read' })).statusCode;
  t.equal(await status('period=2025-06&site=NONE'), 404);
  t.equal(await status('period=2025-06&meter=NONE'), 404);
  t.equal(await status('period=2024-25'), 400);
  t.equal(await status('period=2025-06&interval=day'), 400);
  t.equal(await status('period=2025-06&groupBy=scope'), 400);
  t.equal(await status('period=2025-06&list=all'), 400);
  t.equal(await status('site=S'), 400);
  t.equal((await send('GET', '/v1/data-quality?period=2025-06', { scope: null })).statusCode, 401);
  t.match(await quality('period=2027/28'), { gaps: [], suspects: [], overdue: [] }, 'nothing of it has passed');
});

t.test(
  'as it was judged at an earlier moment: what came or was corrected later counts for nothing (rule A8)',
  async (t) => {
    await writeEstate(service, [{ meter: 'LATE', site: 'LATE', kind: 'interval', ...since('2025-03-01') }]);
    await writeReadings(service, [{ meter: 'LATE', day: '2025-03-01', resolutionMinutes: 1440, values: [24] }]);
    const known = await newestInstant(service.database.pool);
    const url = '/v1/data-quality?period=2025-03&meter=LATE';
    const then = `${url}&asOf=${known}`;
    const before = await ask<Answer>(service, url);
    await writeReadings(service, [{ meter: 'LATE', period: '2025-03', quantity: 3100 }]);
    await writeReadings(service, [{ meter: 'LATE', day: '2025-03-01', resolutionMinutes: 1440, values: [9999] }]);
    const after = await ask<Answer>(service, url);
    t.match(before.gaps, [{ meter: 'LATE', start: '2025-03-02', end: '2025-04-01' }]);
    t.notOk(before.conflicts.length);
    t.ok(after.conflicts.length, 'the intervals of a day are above the bill of the month');
    const { asOf, ...was } = await ask<Answer & { asOf: { requested: string } }>(service, then);
    t.equal(asOf.requested, known);
    t.strictSame(was, before);
  },
);
