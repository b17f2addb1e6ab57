import t from 'tap';
import { Decimal } from '../../../src/domain/decimal.ts';
import { testApp } from '../../support/app.ts';
import { ask, writeEstate, writeReadings } from '../../support/estate.ts';
import { newestInstant } from '../../support/newest-instant.ts';

const service = await testApp(t);
const { send, database } = service;

type Line = {
  row: Record<string, unknown>;
  meter: string;
  line: string;
  start: string;
  end: string;
  metered: number;
  exactKgCo2e: string | null;
  sources: Record<string, unknown>[];
  evidence: {
    parts: { origin: string; days: number; quantity: string }[];
    daysSha256: string;
    changes: { seq: string; upload: string | null }[];
    conversions: Record<string, unknown>[];
    estimates: { methods: string; days: number }[];
  } | null;
};
type Answer = {
  asOf?: { recordedAt: string };
  data: Line[];
  total: unknown;
  exactTotalKgCo2e: string;
  page?: { lines: number; nextCursor?: string };
};
type Emissions = {
  data: ({ period: { label: string }; emissionsKgCo2e: { total: number } | null } & Record<string, unknown>)[];
};

await writeEstate(service, [
  { meter: 'EL', kind: 'billed' },
  { meter: 'GAS', activity: 'natural-gas', kind: 'billed', unit: 'm3', volumeCorrected: false },
  { meter: 'W', activity: 'water', unit: 'm3', kind: 'billed', site: 'T' },
]);
const flat = (kwh: number) => Array.from({ length: 48 }, () => kwh / 48);
await writeReadings(service, [
  { meter: 'EL', period: '2024/25', quantity: 3650, quality: 'actual' },
  { meter: 'EL', day: '2024-06-03', values: flat(96) },
  { meter: 'GAS', period: '2024/25', volume: 1000, calorificValue: 39.4 },
  { meter: 'W', period: '2024/25', quantity: 730 },
]);

const explain = (query: string) => ask<Answer>(service, `/v1/emissions/explanation?${query}`);
const kgOf = (lines: readonly Line[]): Decimal =>
  lines.reduce((sum, { exactKgCo2e }) => sum.plus(exactKgCo2e ?? 0), new Decimal(0));

t.test('a line names the kinds of evidence behind its quantity, and the changes that wrote it', async (t) => {
  const { data } = await explain('period=2024/25&meter=EL&lines=generation');
  const [line] = data;
  t.equal(data.length, 1);
  t.match(line, { metered: 3650, start: '2024-04-01', end: '2025-04-01' });
  const parts = line?.evidence?.parts ?? [];
  t.match(parts, [
    { origin: 'interval', days: 1, quantity: '96' },
    { origin: 'billed', days: 364, quantity: '3554' },
  ]);
  t.match(line?.evidence?.changes, [{ kind: 'readings', upload: null }]);
  t.match(line?.sources, [{ set: 'uk-2024', publisher: String, setDigest: /^[0-9a-f]{64}$/ }]);
});

t.test('gas names the conversions that its kWh come from', async (t) => {
  const { data } = await explain('period=2024/25&meter=GAS&lines=combustion');
  t.match(data[0]?.evidence?.conversions, [
    {
      evidence: 'billed',
      volume: '1000',
      correctionFactor: '1.02264',
      calorificValue: '39.4',
      computedKwh: /^11192\.226/,
    },
  ]);
});

t.test('the lines of a row add up to the row, whatever the answer is grouped by', async (t) => {
  for (const query of [
    'period=2024/25&interval=month&groupBy=activity',
    'period=2024/25&interval=quarter&groupBy=site,scope',
    'period=2024/25&groupBy=line,scope3Category&factors=blended',
    'period=2024/25&interval=month&groupBy=meter&lines=generation,supply',
    'period=2024&factors=calendar-year&groupBy=portfolio&scopes=1,2',
  ]) {
    const { data: rows } = await ask<Emissions>(service, `/v1/emissions?${query}`);
    const { data: lines } = await explain(query);
    const named = (row: Record<string, unknown>) =>
      JSON.stringify(Object.entries(row).sort(([a], [b]) => (a < b ? -1 : 1)));
    const byRow = new Map<string, Line[]>();
    for (const line of lines) byRow.set(named(line.row), [...(byRow.get(named(line.row)) ?? []), line]);
    const groups = new URLSearchParams(query).get('groupBy')?.split(',') ?? [];
    t.ok(rows.length > 1 || groups.includes('portfolio'), query);
    for (const row of rows) {
      const name = named({
        period: row.period.label,
        ...Object.fromEntries(groups.map((group) => [group, row[group] ?? null])),
      });
      const ofScopes = (byRow.get(name) ?? []).filter((line) => line.line !== 'outside-of-scopes');
      t.equal(kgOf(ofScopes).toDecimalPlaces(3).toNumber(), row.emissionsKgCo2e?.total ?? 0, `${query}: ${name}`);
    }
  }
});

t.test('page by page it is the same explanation, of the moment of the first page', async (t) => {
  const whole = await explain('period=2024/25&interval=month');
  const lines: Line[] = [];
  let cursor: string | undefined;
  let asOf: string | undefined;
  do {
    const page: Answer = await explain(
      `period=2024/25&interval=month&limit=50${cursor === undefined ? '' : `&cursor=${cursor}`}`,
    );
    if (lines.length === 0) await writeReadings(service, [{ meter: 'W', period: '2024/25', quantity: 7300 }]);
    t.equal(page.page?.lines, whole.data.length);
    asOf ??= page.asOf?.recordedAt;
    t.equal(page.asOf?.recordedAt, asOf);
    lines.push(...page.data);
    cursor = page.page?.nextCursor;
  } while (cursor !== undefined);
  t.strictSame(lines, whole.data);
  const without = await explain('period=2024/25&interval=month&estimates=exclude&limit=1');
  const second = await explain(
    `period=2024/25&interval=month&estimates=exclude&limit=1&cursor=${without.page?.nextCursor}`,
  );
  t.equal(second.data.length, 1, 'nor is the second page refused where no moment is settled');
  const other = await send('GET', '/v1/emissions/explanation?period=2024&limit=5');
  const foreign = await send('GET', `/v1/emissions/explanation?period=2024/25&cursor=${other.json().page.nextCursor}`);
  t.match(foreign.json(), { status: 400, type: /invalid-cursor$/ });
});

t.test('CSV has the same lines, with their evidence', async (t) => {
  const { data } = await explain('period=2024/25');
  const csv = await send('GET', '/v1/emissions/explanation?period=2024/25', { headers: { accept: 'text/csv' } });
  const records = csv.body.trim().split('\r\n');
  t.equal(records.length, data.length + 1);
  t.match(csv.body, /interval 1 days 96 kWh; billed 364 days 3554 kWh/);
});

t.test('as of a moment the days are those that were known, and their digest is what it was', async (t) => {
  const query = 'period=2024/25&meter=EL&lines=generation';
  const before = (await explain(query)).data[0]?.evidence;
  const known = await newestInstant(database.pool);
  await writeReadings(service, [{ meter: 'EL', day: '2024-06-03', values: flat(144) }]);
  t.not((await explain(query)).data[0]?.evidence?.daysSha256, before?.daysSha256);
  t.strictSame((await explain(`${query}&asOf=${known}`)).data[0]?.evidence, before);
});

t.test('without estimates no stored days are named', async (t) => {
  const { data } = await explain('period=2024/25&meter=EL&estimates=exclude');
  t.ok(data.every(({ evidence }) => evidence === null));
});
