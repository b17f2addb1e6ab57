import t from 'tap';
import { testApp } from '../../support/app.ts';
import { ask, writeEstate, writeReadings } from '../../support/estate.ts';

type Answer = {
  data: { flags?: string[]; provisional?: string[]; line?: string; quantity?: { value: number } }[];
  total: {
    flags?: string[];
    provisional?: string[];
    quantity?: { value: number };
    emissionsKgCo2e: { scope3: number };
  };
  lines: { included: string[]; excluded: string[]; mixedWellToTank?: boolean };
  notices: string[];
};

const service = await testApp(t);
await writeEstate(service, [
  { meter: 'EL', site: 'A', kind: 'billed' },
  { meter: 'GAS', site: 'A', activity: 'natural-gas', kind: 'billed' },
  {
    meter: 'HEAT',
    site: 'B',
    activity: 'wood-pellets',
    calorificBasis: 'net',
    measures: 'heat-output',
    efficiency: 0.85,
  },
  { meter: 'W', site: 'C', activity: 'water', unit: 'm3', kind: 'billed' },
  { meter: 'SEWER', site: 'C', activity: 'wastewater', unit: 'm3', kind: 'billed', parent: 'W' },
  { meter: 'RAIN', site: 'D', activity: 'wastewater', unit: 'm3', kind: 'billed' },
]);
await writeReadings(service, [
  { meter: 'EL', period: '2024/25', quantity: 10_000 },
  { meter: 'EL', period: '2026-04-01/2026-10-01', quantity: 5000 },
  { meter: 'GAS', period: '2024/25', quantity: 10_000 },
  { meter: 'HEAT', period: '2024/25', quantity: 80_000 },
  { meter: 'W', period: '2023/24', quantity: 1000 },
  { meter: 'W', period: '2024/25', quantity: 1000 },
  { meter: 'SEWER', period: '2024/25', quantity: 620 },
  { meter: 'RAIN', period: '2024/25', quantity: 100 },
]);
const of = (query: string) => ask<Answer>(service, `/v1/emissions?${query}`);

t.test('well-to-tank in part is said, all of it and none of it is not (rule A9)', async (t) => {
  const lines = async (list: string) => (await of(`period=2024/25&site=A&lines=${list}`)).lines;
  t.equal((await lines('generation,combustion,wtt')).mixedWellToTank, true);
  t.equal((await lines('generation,combustion')).mixedWellToTank, undefined);
  t.equal((await lines('generation,combustion,wtt,wtt-generation,wtt-td')).mixedWellToTank, undefined);
  t.equal((await of('period=2024/25&site=A')).lines.mixedWellToTank, undefined);
});

t.test('fuel reckoned from heat is flagged, in rows and in the total (rule B2)', async (t) => {
  const answer = await of('period=2024/25&groupBy=site');
  t.same(answer.total.flags, ['estimated-from-heat']);
  t.same(
    answer.data.map(({ flags }) => flags),
    [undefined, ['estimated-from-heat'], undefined, undefined],
  );
});

t.test('data that its supplier usually takes longer for makes a figure provisional (rules A7, F3)', async (t) => {
  const { total } = await of('period=2026/27&site=A&activity=electricity');
  t.same(total.provisional, ['supplier-data-pending', 'year-running']);
  t.equal((await of('period=2024/25&site=A')).total.provisional, undefined);
});

t.test('a billed volume of waste water takes the place of the share, while its meter is there (rule B7)', async (t) => {
  const billed = await of('period=2024/25&site=C');
  t.equal(billed.total.emissionsKgCo2e.scope3, 268.269);
  t.equal(billed.total.quantity?.value, 1000, 'what came in and went out again is counted once');
  t.notMatch(billed.notices.join(' '), /returnToSewer/);
  const byLine = await of('period=2024/25&site=C&groupBy=line');
  t.same(
    byLine.data.map(({ line, quantity }) => [line, quantity?.value]),
    [
      ['supply', 1000],
      ['treatment', 620],
    ],
  );
  const before = await of('period=2023/24&site=C');
  t.equal(
    before.total.emissionsKgCo2e.scope3,
    357.871,
    'before, the share of the setting, with the stored factors of 2023',
  );
  t.match(before.notices.join(' '), /returnToSewer/);
  t.equal((await of('period=2024/25&site=D')).total.emissionsKgCo2e.scope3, 18.574);
  t.equal((await of('period=2024/25&site=D')).total.quantity?.value, 100);
});

t.test('400: a meter of waste water has no tenant, and counts in cubic metres', async (t) => {
  const put = (body: object) =>
    service.send('PUT', '/v1/meters/X', {
      body: { site: 'A', activity: 'wastewater', unit: 'm3', kind: 'billed', ...body },
    });
  t.match((await put({ unit: 'kWh' })).json(), { status: 400, errors: [{ pointer: '/unit' }] });
  t.match((await put({ tenant: [{ name: 'Café' }], parent: 'W' })).json(), { status: 400 });
});
