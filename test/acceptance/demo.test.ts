import type { AddressInfo } from 'node:net';
import t from 'tap';
import { demoEstate } from '../../scripts/demo/demo-estate.ts';
import { type IntervalMeter, isIntervalMeter } from '../../scripts/demo/demo-meter.ts';
import { type ApiClient, createApiClient } from '../../scripts/demo/load/api-client.ts';
import { loadDemo } from '../../scripts/demo/load/load-demo.ts';
import { DEMO_TARGET } from '../../scripts/demo/load/load-target.ts';
import type { Progress } from '../../scripts/demo/load/progress.ts';
import { deliveredDays } from '../../scripts/demo/meter-days.ts';
import { testApp } from '../support/app.ts';

// Thirteen months of the first six sites: a handover, a demolition, an opening and three clock changes are in them.
const SPAN = { start: '2023-10-01', end: '2024-11-01' };
const ESTATE = demoEstate(6);
const PERIOD = `${SPAN.start}/${SPAN.end}`;
const SILENT: Progress = { begin() {}, advance() {}, end() {} };

type Emissions = {
  scope1: number;
  scope2: number;
  scope3: number;
  total: number;
  scope3ByCategory: { category: number; kgCo2e: number }[];
};
type Row = {
  period: { label: string; start: string };
  site?: string;
  portfolio?: string | null;
  activity?: string;
  flow?: string;
  quantity?: { value: number | null; unit: string };
  emissionsKgCo2e?: Emissions | null;
  coverage: { missing: number; days: { expected: number } } | null;
};
type Answer = { data: Row[]; total: { emissionsKgCo2e: Emissions } };

const { app, keys } = await testApp(t);
await app.listen({ port: 0, host: '127.0.0.1' });
const baseUrl = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
const admin: ApiClient = createApiClient(baseUrl, keys.admin);
const ask = (path: string): Promise<Answer> => createApiClient(baseUrl, keys.read).get(path);
await loadDemo(admin, ESTATE, SPAN, SILENT);

/** The state of the data as the service tells it: any write changes it. */
async function entityTag(): Promise<string | null> {
  const headers = { authorization: `Bearer ${keys.read}` };
  const response = await fetch(`${baseUrl}/v1/emissions?period=${PERIOD}`, { headers });
  await response.arrayBuffer();
  return response.headers.get('etag');
}

function meterOf(site: string, role: string): IntervalMeter {
  const found = ESTATE.meters
    .filter(isIntervalMeter)
    .find(({ body }) => body.placements[0]?.site === site && body.name.endsWith(role));
  if (found === undefined) throw new Error(`no meter ${role} at ${site}`);
  return found;
}

const kgOf = (row: Row): number => row.emissionsKgCo2e?.total ?? 0;

t.test('sites add to their portfolios, and portfolios to the estate', async (t) => {
  const bySite = await ask(`/v1/emissions?period=${PERIOD}&groupBy=portfolio,site`);
  const byPortfolio = await ask(`/v1/emissions?period=${PERIOD}&groupBy=portfolio`);
  const { total } = await ask(`/v1/emissions?period=${PERIOD}`);
  t.strictSame(new Set(bySite.data.flatMap(({ site }) => site ?? [])), new Set(ESTATE.sites.map(({ key }) => key)));
  // Rows are rounded to the gram one by one.
  const gram = 0.001;
  for (const portfolio of new Set(byPortfolio.data.map((row) => row.portfolio))) {
    const sumOf = ({ data }: Answer) =>
      data.filter((row) => row.portfolio === portfolio).reduce((sum, row) => sum + kgOf(row), 0);
    t.ok(Math.abs(sumOf(bySite) - sumOf(byPortfolio)) < ESTATE.sites.length * gram, `${portfolio}`);
  }
  const all = byPortfolio.data.reduce((sum, row) => sum + kgOf(row), 0);
  t.ok(all > 1_000_000);
  t.ok(Math.abs(all - total.emissionsKgCo2e.total) < 4 * gram);
});

t.test('what was sent is what is counted, to the last digit', async (t) => {
  for (const meter of [meterOf('DEP-01', 'electricity'), meterOf('LEI-01', 'gas'), meterOf('MUS-01', 'water')]) {
    const cents = [...deliveredDays(meter, SPAN)]
      .flatMap(({ values }) => values)
      .reduce<number>((sum, value) => sum + Math.round((value ?? 0) * 100), 0);
    const { data } = await ask(`/v1/consumption?period=${PERIOD}&meter=${meter.key}`);
    t.equal(data[0]?.quantity?.value, cents / 100, meter.key);
  }
});

t.test('the days the clocks change have 50 and 46 half-hours, in their order', async (t) => {
  const meter = meterOf('STL-01', 'electricity');
  for (const [day, next, count] of [
    ['2023-10-29', '2023-10-30', 50],
    ['2024-03-31', '2024-04-01', 46],
    ['2024-10-27', '2024-10-28', 50],
  ] as const) {
    const [delivered] = [...deliveredDays(meter, { start: day, end: next })];
    const { data } = await createApiClient(baseUrl, keys.read).get<{ data: { quantity: number | null }[] }>(
      `/v1/meters/${meter.key}/readings?period=${day}&resolution=interval`,
    );
    t.equal(data.length, count, day);
    t.strictSame(
      data.map(({ quantity }) => quantity),
      delivered?.values,
      day,
    );
  }
});

t.test('from the day a trust took it over, all of a site is in scope 3 category 1', async (t) => {
  const { data } = await ask(`/v1/emissions?period=2024-09-01/2024-11-01&interval=day&site=LEI-01`);
  const used = data.filter(({ emissionsKgCo2e }) => emissionsKgCo2e != null);
  const before = used.filter(({ period }) => period.label < '2024-10-01');
  const after = used.filter(({ period }) => period.label >= '2024-10-01');
  t.equal(before.length, 30);
  t.equal(after.length, 31);
  t.ok(before.every(({ emissionsKgCo2e: kg }) => kg != null && kg.scope1 > 0 && kg.scope2 > 0));
  for (const { emissionsKgCo2e: kg, period } of after) {
    t.strictSame([kg?.scope1, kg?.scope2], [0, 0], period.label);
    t.ok((kg?.scope3 ?? 0) > 0, period.label);
    t.strictSame(new Set(kg?.scope3ByCategory.map(({ category }) => category)), new Set([1]), period.label);
  }
});

t.test('a demolished site is expected to use nothing from its closing day on', async (t) => {
  const inMonth = async (month: string) =>
    (await ask(`/v1/consumption?period=${month}&site=LIB-01&activity=electricity`)).data[0];
  t.equal((await inMonth('2023-12'))?.coverage?.days.expected, 31);
  t.equal((await inMonth('2024-01'))?.coverage?.days.expected, 14);
  const closed = await inMonth('2024-02');
  t.equal(closed?.quantity?.value ?? null, null);
  t.equal(closed?.coverage ?? null, null);
});

t.test('the invented buildings answer to the invented weather', async (t) => {
  type Fit = { meter: string; accepted: boolean; reason?: string };
  const { data } = await createApiClient(baseUrl, keys.read).get<{ data: Fit[] }>(
    '/v1/weather-fits?period=2023-11-01/2024-11-01',
  );
  t.ok(
    data.some(({ accepted }) => accepted),
    JSON.stringify(data),
  );
});

t.test('the target of the demonstration is there, and says that it is invented', async (t) => {
  const target = await admin.get<{ name: string; source: string }>(`/v1/targets/${DEMO_TARGET}`);
  t.match(target.name, /^Synthetic/);
  t.match(target.source, /Invented/);
});

type Path = {
  start: { emissionsKgCo2e: number };
  status: string | null;
  notices: string[];
  data: { period: { label: string }; allowedKgCo2e: number; actualKgCo2e: number | null; status: string | null }[];
};

t.test('published pathways are refused without an index, and answered pro-rata with one (rule H3)', async (t) => {
  // What is left of the baseline in the year of a milestone, by the published series.
  const pathways: [key: string, left: [label: string, share: number][]][] = [
    [
      'wmca-2041',
      [
        ['2027/28', 0.31],
        ['2041/42', 0],
      ],
    ],
    ['uk-ndc-2030', [['2030/31', 0.32]]],
  ];
  for (const [key, left] of pathways) {
    await t.rejects(
      admin.get(`/v1/targets/${key}/progress`),
      /baseline\.emissionsKgCo2e with its source.*rebasing with its source/,
    );
    const shipped = await admin.get<Record<string, unknown>>(`/v1/targets/${key}`);
    const { key: _key, notes: _notes, ...target } = shipped;
    const index = 0.6;
    const rebasing = { period: '2023', index, source: 'Invented for the demonstration; no statistics say so.' };
    await admin.put(`/v1/targets/${key}`, { ...target, rebasing });
    const found = await admin.get<Path>(`/v1/targets/${key}/progress`);
    t.match(
      found.notices[0],
      /^Pro-rata: the (region|nation)'s pathway applied to the council's buildings\. It is not a measure of/,
    );
    t.equal(found.data[0]?.period.label, '2023/24');
    for (const [label, share] of left) {
      const allowed = found.data.find(({ period }) => period.label === label)?.allowedKgCo2e;
      t.equal(allowed, Math.round((found.start.emissionsKgCo2e * share * 1000) / index) / 1000, `${key} ${label}`);
    }
    t.equal(found.status, null, 'it has no status of its own');
    t.ok(found.data.every(({ status }) => status === null));
    t.ok(found.data.some(({ actualKgCo2e }) => actualKgCo2e !== null));
  }
  const series = await admin.get<{ milestones: { period: string; reductionPercent: number }[] }>(
    '/v1/targets/wmca-2041',
  );
  t.strictSame(
    series.milestones.map(({ period, reductionPercent }) => `${period} ${reductionPercent}`),
    ['2022 36', '2027 69', '2041 100'],
  );
});

t.test('a building is rated against the invented benchmarks, and others say why they are not', async (t) => {
  type Rated = { site: string; rating?: number; reasons?: { code: string; detail: string }[] };
  const { data } = await admin.get<{ data: Rated[] }>('/v1/operational-ratings?period=2023-11-01/2024-11-01');
  t.equal(data.length, ESTATE.sites.length);
  t.ok(
    data.some(({ rating = 0 }) => rating > 0),
    JSON.stringify(data),
  );
  t.ok(data.every(({ rating, reasons }) => (rating === undefined) === (reasons !== undefined)));
});

t.test('loading the same again writes nothing', async (t) => {
  const before = await entityTag();
  await loadDemo(admin, ESTATE, SPAN, SILENT);
  t.equal(await entityTag(), before);
});

t.test('an estate that is not of the demonstration is left alone', async (t) => {
  await admin.put('/v1/sites/CH-001', { name: 'Council House' });
  const before = await entityTag();
  await t.rejects(loadDemo(admin, ESTATE, SPAN, SILENT), /CH-001 'Council House'/);
  t.equal(await entityTag(), before);
});
