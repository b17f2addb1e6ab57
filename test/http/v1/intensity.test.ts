import t from 'tap';
import { testApp } from '../../support/app.ts';
import { newestInstant } from '../../support/newest-instant.ts';

const service = await testApp(t);
const get = async (url: string) => (await service.send('GET', url, { scope: 'read' })).json();

type Site = { key: string; category?: string; area?: number; kWh?: number; closed?: object };

const SITES: Site[] = [
  { key: 'A', category: 'library', area: 1000, kWh: 120_000 },
  { key: 'B', category: 'library', area: 2000, kWh: 200_000 },
  { key: 'C', category: 'library', area: 500, kWh: 60_000 },
  { key: 'D', category: 'depot', area: 4000, kWh: 100_000 },
  { key: 'E', category: 'library', kWh: 1000 },
  { key: 'F', area: 10, kWh: 1000 },
  { key: 'G', category: 'library', area: 100 },
  { key: 'H', category: 'library', area: 100, kWh: 1000, closed: { on: '2025-01-01', reason: 'sold' } },
];

for (const { key, category, area, closed } of SITES) {
  const body = { name: key, category, floorAreaM2: area, ...(closed !== undefined && { closed }) };
  await service.send('PUT', `/v1/sites/${key}`, { body });
  await service.send('PUT', `/v1/meters/${key}-G`, {
    body: {
      site: key,
      activity: 'natural-gas',
      unit: 'kWh',
      kind: 'billed',
      from: { on: '2020-04-01', reason: 'opened' },
    },
  });
}
const readings = SITES.flatMap(({ key, kWh }) =>
  kWh === undefined ? [] : [{ meter: `${key}-G`, period: '2024/25', quantity: kWh }],
);
const posted = await service.send('POST', '/v1/readings', { body: { readings } });
t.equal(posted.statusCode, 201, posted.body);

const URL = '/v1/emissions/intensity?period=2024/25&lines=combustion';

t.test('energy and carbon per square metre, ranked among the category; equal sites share a place', async (t) => {
  const { data, categories } = await get(URL);
  const bySite = new Map(data.map((row: { site: string }) => [row.site, row]));
  t.match(bySite.get('A'), {
    kWhPerM2: 120,
    kgCo2ePerM2: 21.948,
    energyRank: { place: 1, of: 3 },
    carbonRank: { place: 1 },
  });
  t.match(bySite.get('C'), { kWhPerM2: 120, energyRank: { place: 1, of: 3 } });
  t.match(bySite.get('B'), { kWhPerM2: 100, kgCo2ePerM2: 18.29, energyRank: { place: 3, of: 3 } });
  t.match(bySite.get('D'), { energyRank: { place: 1, of: 1 } });
  t.strictSame(categories, [
    { category: 'depot', ranked: 1, kWhPerM2: 25, kgCo2ePerM2: 4.573, medianKWhPerM2: 25, medianKgCo2ePerM2: 4.573 },
    {
      category: 'library',
      ranked: 3,
      kWhPerM2: 108.571,
      kgCo2ePerM2: 19.858,
      medianKWhPerM2: 120,
      medianKgCo2ePerM2: 21.948,
    },
  ]);
});

t.test('what cannot be compared is not ranked, and says why', async (t) => {
  const { data } = await get(URL);
  const why = data
    .filter((row: { notRanked?: string }) => row.notRanked !== undefined)
    .map(({ site, notRanked }: { site: string; notRanked: string }) => [site, notRanked]);
  t.strictSame(why, [
    ['E', 'no-floor-area'],
    ['F', 'no-category'],
    ['G', 'no-data'],
    ['H', 'part-of-period'],
  ]);
  const year = await get('/v1/emissions/intensity?period=2023/24/2025/26');
  t.equal(year.status, 400);
  const longer = await get('/v1/emissions/intensity?period=2024-01-01/2025-04-01');
  t.match(longer.data[0], { notRanked: 'missing-data', kWhPerM2: 120 });
});

t.test('the same as CSV, and as of a moment', async (t) => {
  const csv = await service.send('GET', URL, { scope: 'read', headers: { accept: 'text/csv' } });
  const [header, first] = csv.body.split('\r\n');
  t.equal(
    header,
    'site,category,floorAreaM2,energyKwh,totalKgCo2e,kWhPerM2,kgCo2ePerM2,energyPlace,carbonPlace,of,notRanked,coverageActual,coverageEstimated,coverageMissing',
  );
  t.equal(first, 'A,library,1000,120000,21948,120,21.948,1,1,3,,1,0,0');
  const known = await newestInstant(service.database.pool);
  const before = await get(URL);
  await service.send('PUT', '/v1/sites/A', { body: { name: 'A', category: 'library', floorAreaM2: 1500 } });
  t.equal((await get(URL)).data[0].kWhPerM2, 80);
  t.strictSame((await get(`${URL}&asOf=${encodeURIComponent(known)}`)).data, before.data);
});
