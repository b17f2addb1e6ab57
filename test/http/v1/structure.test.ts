import t from 'tap';
import { GROUPS } from '../../../src/domain/figure-question.ts';
import { testApp } from '../../support/app.ts';
import { ask, writeEstate, writeReadings } from '../../support/estate.ts';

const service = await testApp(t);
const { send } = service;

type Row = {
  meter?: string | null;
  site?: string;
  flow?: string;
  quantity: { value: number | null };
  heatSoldKwh?: number;
  emissionsKgCo2e: { total: number } | null;
} & Record<string, unknown>;
type Answer = { data: Row[]; total: Row; notices: string[] };
const emissions = (query: string) => ask<Answer>(service, `/v1/emissions?${query}`);
const site = (key: string, body: object) => send('PUT', `/v1/sites/${key}`, { body: { name: key, ...body } });

t.test('heat of an own energy centre has no lines, and what others use of it is shown (rule B6)', async (t) => {
  await writeEstate(service, [
    { meter: 'BOILER', site: 'CENTRE', activity: 'natural-gas' },
    { meter: 'HEAT', site: 'CENTRE', activity: 'district-heat', parent: 'BOILER' },
    { meter: 'HEAT-LET', site: 'LET', activity: 'district-heat', heatNetwork: 'council' },
    {
      meter: 'HEAT-SHOP',
      site: 'CENTRE',
      activity: 'district-heat',
      parent: 'BOILER',
      tenant: [{ name: 'Shop', from: '2025-10-01' }],
    },
    { meter: 'HEAT-OUT', site: 'CENTRE', activity: 'district-heat', direction: 'export' },
  ]);
  await site('LET', { control: [{ control: 'leased-out' }] });
  const heat = (meter: string, quantity: number) => ({ meter, period: '2025/26', quantity });
  await writeReadings(service, [
    heat('BOILER', 100_000),
    heat('HEAT', 40_000),
    heat('HEAT-LET', 20_000),
    heat('HEAT-SHOP', 3_650),
    heat('HEAT-OUT', 5_000),
  ]);
  const answer = await emissions('period=2025/26&scopes=1,2&site=CENTRE,LET&groupBy=meter');
  t.match(answer.total, {
    quantity: { value: 100_000 },
    heatSoldKwh: 20_000 + 1_820 + 5_000,
    emissionsKgCo2e: { scope1: 18_296, scope2: 0 },
  });
  const heatRows = answer.data.filter(({ meter }) => meter !== 'BOILER' && meter !== 'HEAT-OUT');
  for (const row of heatRows) t.match(row, { flow: 'own-heat-network', inTotal: false, emissionsKgCo2e: null });
  t.equal(answer.data.find(({ meter }) => meter === 'HEAT')?.heatSoldKwh, undefined);
  t.equal(answer.data.find(({ meter }) => meter === 'HEAT-SHOP')?.heatSoldKwh, 1_820, 'from October on');
});

t.test('more export than generation is kept and said (rule B4)', async (t) => {
  await writeEstate(service, [
    { meter: 'PV', site: 'ROOF', direction: 'generation' },
    { meter: 'PV-OUT', site: 'ROOF', direction: 'export' },
  ]);
  await writeReadings(service, [
    { meter: 'PV', period: '2025-06', quantity: 300 },
    { meter: 'PV-OUT', period: '2025-06', quantity: 330 },
  ]);
  const answer = await emissions('period=2025-06&site=ROOF&groupBy=site');
  t.match(answer.total, { selfUseKwh: -30 });
  t.match(
    answer.notices.join('\n'),
    /negative-self-use: more was exported than generated in 2025-06 at ROOF \(-30 kWh\)/,
  );
});

t.test('a supply without a meter, postcode or area is in the row without a name of every grouping', async (t) => {
  await writeEstate(service, [
    { meter: 'LAMPS', site: 'STREETS', kind: 'billed' },
    { meter: 'HALL', site: 'TOWN-HALL', kind: 'billed' },
  ]);
  await site('STREETS', { portfolio: 'street-lighting' });
  await site('TOWN-HALL', { portfolio: 'corporate', category: 'office', ward: 'St Michael', postcode: 'CV1 5RR' });
  await service.send('PUT', '/v1/area-tables/imd-2025?source=IMD', {
    body: 'lsoa21,decile\nE01000001,1\n',
    headers: { 'content-type': 'text/csv' },
  });
  const days = Array.from({ length: 30 }, (_, index) => `2025-11-${String(index + 1).padStart(2, '0')}`);
  await writeReadings(service, [
    ...days.map((day) => ({ meter: 'LAMPS', day, resolutionMinutes: 30, values: new Array(48).fill(2) })),
    { meter: 'HALL', period: '2025-11', quantity: 1_000 },
  ]);
  for (const group of GROUPS) {
    const { data, total } = await emissions(`period=2025-11&site=STREETS,TOWN-HALL&groupBy=${group}`);
    const sum = data.reduce((kg, row) => kg + (row.emissionsKgCo2e?.total ?? 0), 0);
    t.ok(Math.abs(sum - (total.emissionsKgCo2e?.total ?? 0)) < 0.0005 * (data.length + 1), `${group} adds up`);
  }
  const byWard = await emissions('period=2025-11&site=STREETS,TOWN-HALL&groupBy=ward');
  t.match(
    byWard.data.map(({ ward, quantity }) => [ward, quantity.value]),
    [
      ['St Michael', 1_000],
      [null, 2_880],
    ],
  );
});

t.test('a meter that moves in the middle of a month is at each site for its days, bills too', async (t) => {
  await site('OLD', {});
  await site('NEW', {});
  const placements = [{ site: 'OLD' }, { from: '2025-06-16', site: 'NEW' }];
  const put = await send('PUT', '/v1/meters/MOVED', { body: { placements, activity: 'electricity', unit: 'kWh' } });
  t.equal(put.statusCode, 201);
  await writeReadings(service, [{ meter: 'MOVED', period: '2025-05-01/2025-07-01', quantity: 6_100 }]);
  const used = async (query: string) =>
    (await emissions(`${query}&meter=MOVED&groupBy=site`)).data
      .filter(({ quantity }) => quantity.value !== null)
      .map(({ site: at, quantity }) => [at, quantity.value]);
  t.same(await used('period=2025-06'), [
    ['NEW', 1_500],
    ['OLD', 1_500],
  ]);
  t.same(await used('period=2025-05-01/2025-07-01'), [
    ['NEW', 1_500],
    ['OLD', 4_600],
  ]);
  t.same(await used('period=2025-06-15/2025-06-17&interval=day'), [
    ['OLD', 100],
    ['NEW', 100],
  ]);
});
