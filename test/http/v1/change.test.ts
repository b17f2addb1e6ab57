import t from 'tap';
import { testApp } from '../../support/app.ts';
import { ask, writeEstate, writeReadings } from '../../support/estate.ts';

const service = await testApp(t);
const { send } = service;
const since = { from: { on: '2020-04-01', reason: 'opened' } };
await writeEstate(service, [
  { meter: 'EL', site: 'OFFICE', ...since },
  { meter: 'GAS', site: 'SCHOOL', activity: 'natural-gas', ...since },
  { meter: 'WATER', site: 'SCHOOL', activity: 'water', unit: 'm3', ...since },
  { meter: 'GAPS', site: 'DEPOT', ...since },
]);
await writeReadings(service, [
  { meter: 'EL', period: '2024/25', quantity: 2_000_000 },
  { meter: 'EL', period: '2025/26', quantity: 1_500_000 },
  { meter: 'GAS', period: '2024/25', quantity: 120_000 },
  { meter: 'GAS', period: '2025/26', quantity: 105_000 },
  { meter: 'WATER', period: '2020/21', quantity: 1000 },
  { meter: 'WATER', period: '2024/25', quantity: 1000 },
  { meter: 'WATER', period: '2025/26', quantity: 1000 },
  { meter: 'GAPS', period: '2024-06-01/2024-08-30', quantity: 300_000 },
  { meter: 'GAPS', period: '2025-06-01/2025-09-09', quantity: 320_000 },
]);

type End = { quantity?: { value: number | null }; emissionsKgCo2e: { total: number } | null };
type Change = {
  from: End | null;
  to: End | null;
  changeKgCo2e: number;
  parts: Record<string, number | null>;
  factorByKind: { kind: string; kgCo2e: number }[];
  roundingKgCo2e?: number;
};
type Answer = {
  period: { label: string };
  data: (Change & Record<string, unknown>)[];
  total: Change;
  explanation: { part: string; kgCo2e: number | null; text: string }[];
  publisherChanges: { year: number }[];
  notices: string[];
};
const YEARS = 'period=2025/26&comparedWith=2024/25';
const change = (query: string) => ask<Answer>(service, `/v1/emissions/change?${query}`);
const sum = (parts: Change['parts']): number => {
  return Object.values(parts).reduce<number>((grams, kg) => grams + Math.round((kg ?? 0) * 1000), 0) / 1000;
};

t.test('the difference is split between the factor and the use by their middle (rule G1)', async (t) => {
  const { total, explanation } = await change(`${YEARS}&meter=EL&lines=generation`);
  t.match(total, {
    from: { quantity: { value: 2_000_000, unit: 'kWh' }, emissionsKgCo2e: { total: 414_100 }, sets: ['uk-2024'] },
    to: { quantity: { value: 1_500_000 }, emissionsKgCo2e: { total: 265_500 }, coverage: { actual: 1 } },
    changeKgCo2e: -148_600,
    factorByKind: [{ kind: 'grid', kgCo2e: -52_587.5 }],
    notQuantified: ['weather'],
    notApplicable: ['revision'],
  });
  t.strictSame(total.parts, {
    boundary: 0,
    openedClosed: 0,
    missingData: 0,
    factor: -52_587.5,
    weather: null,
    use: -96_012.5,
    revision: null,
  });
  t.strictSame(
    explanation.map(({ part }) => part),
    ['boundary', 'openedClosed', 'missingData', 'factor', 'weather', 'use', 'revision'],
  );
  t.notMatch(JSON.stringify(explanation), /saving/i);
});

t.test('without a fit the weather is inside use', async (t) => {
  const { total } = await change(`${YEARS}&meter=GAS&lines=combustion`);
  t.match(total, { changeKgCo2e: -2737.2, parts: { factor: 6.75, weather: null, use: -2743.95 } });
  t.strictSame(total.factorByKind, [{ kind: 'edition', kgCo2e: 6.75 }]);
});

t.test('what is only missing data is told apart from use (rules F1, G1)', async (t) => {
  const query = 'period=2025-06-01/2025-09-09&comparedWith=2024-06-01/2024-09-09&meter=GAPS&lines=generation';
  const { total, notices } = await change(`${query}&factors=2019`);
  // 33,333.333 kWh are missing, and 13,333.333 kWh less were used, at 0.2556 kg a kWh.
  t.match(total, { changeKgCo2e: 5112, parts: { missingData: 8520, factor: 0, use: -3408 } });
  t.match(total.from, { coverage: { missing: 0.1 } });
  t.match(
    notices.filter((notice) => notice.startsWith('low-coverage')),
    [/10\.00 % of 2024-06-01\/2024-09-09 is missing/],
  );
});

t.test("the publisher's breaks are a kind of their own, by their years (rule B7)", async (t) => {
  const near = await change(`${YEARS}&meter=WATER&lines=supply`);
  t.strictSame(near.total.factorByKind, [{ kind: 'methodChange', kgCo2e: 38.19 }]);
  t.match(near.publisherChanges, [{ year: 2025, factors: ['water.supply', 'water.treatment'], source: /^2025 set/ }]);
  const far = await change('period=2025/26&comparedWith=2020/21&meter=WATER&lines=supply');
  // 0.344 fell to 0.149 in 2021, went to 0.15311 by 2024 and rose to 0.1913 in 2025.
  t.strictSame(far.total.factorByKind, [
    { kind: 'edition', kgCo2e: 4.11 },
    { kind: 'methodChange', kgCo2e: -156.81 },
  ]);
  t.strictSame(
    far.publisherChanges.map(({ year }) => year),
    [2021, 2025],
  );
});

t.test('rows of every grouping add up, each in itself and all to the total', async (t) => {
  const plain = await change(YEARS);
  t.equal(sum(plain.total.parts), plain.total.changeKgCo2e);
  for (const groupBy of ['site', 'meter', 'activity', 'line', 'scope', 'scope3Category', 'portfolio', 'site,line']) {
    const { data, total } = await change(`${YEARS}&groupBy=${groupBy}`);
    t.strictSame(total, plain.total, groupBy);
    for (const row of data) {
      t.equal(sum(row.parts), row.changeKgCo2e, groupBy);
      const printed = (row.to?.emissionsKgCo2e?.total ?? 0) - (row.from?.emissionsKgCo2e?.total ?? 0);
      t.equal(printed.toFixed(3), row.changeKgCo2e.toFixed(3));
      t.ok(Math.abs(row.roundingKgCo2e ?? 0) <= 0.003);
    }
    const rows = data.reduce((kg, row) => kg + row.changeKgCo2e, 0);
    t.ok(Math.abs(rows - total.changeKgCo2e) <= 0.001 * (data.length + 1), groupBy);
  }
});

t.test('its ends are the figures of /v1/emissions', async (t) => {
  const { data } = await change(`${YEARS}&groupBy=activity&scopes=1,2,3`);
  for (const [end, period] of [
    ['from', '2024/25'],
    ['to', '2025/26'],
  ] as const) {
    const figure = await ask<{ data: End[] }>(service, `/v1/emissions?period=${period}&groupBy=activity&scopes=1,2,3`);
    t.strictSame(
      data.map((row) => row[end]?.emissionsKgCo2e),
      figure.data.map((row) => row.emissionsKgCo2e),
    );
  }
});

t.test('CO2 outside of scopes has a change of its own', async (t) => {
  const { total } = await change(`${YEARS}&meter=EL&scopes=outside`);
  t.match(total, { from: { emissionsKgCo2e: { total: 0, outsideOfScopes: 230_140 } } });
  t.equal(sum(total.parts), total.changeKgCo2e);
  const both = await send('GET', `/v1/emissions/change?${YEARS}&scopes=1,outside`);
  t.match(both.json(), { status: 400, errors: [{ pointer: '?scopes' }] });
});

t.test('CSV has the same rows, and the tag answers for them', async (t) => {
  const url = `/v1/emissions/change?${YEARS}&groupBy=site&lines=generation&meter=EL`;
  const csv = await send('GET', url, { headers: { accept: 'text/csv' } });
  t.equal(
    csv.body,
    [
      'site,fromKgCo2e,toKgCo2e,changeKgCo2e,boundaryKgCo2e,openedClosedKgCo2e,missingDataKgCo2e,factorKgCo2e,weatherKgCo2e,useKgCo2e,revisionKgCo2e,fromQuantity,fromUnit,fromCoverageMissing,fromCoverageEstimated,toQuantity,toUnit,toCoverageMissing,toCoverageEstimated,factorByKind,notQuantified',
      'OFFICE,414100,265500,-148600,0,0,0,-52587.5,,-96012.5,,2000000,kWh,0,0,1500000,kWh,0,0,grid -52587.5,weather',
      '',
    ].join('\r\n'),
  );
  const first = await send('GET', url);
  const again = await send('GET', url, { headers: { 'if-none-match': String(first.headers.etag) } });
  t.equal(again.statusCode, 304);
});

t.test('what cannot be compared is refused with the reason', async (t) => {
  const refused = async (query: string) => (await send('GET', `/v1/emissions/change?${query}`)).json();
  t.match(await refused('period=2026/27&comparedWith=2025/26'), {
    type: /invalid-period$/,
    detail: '2026/27 is not over on 2026-11-22: expected a period whose last day (2027-03-31) has passed',
    errors: [{ pointer: '?period', code: 'period-running' }],
  });
  t.match(await refused('period=2025/26&comparedWith=2026/27'), { errors: [{ pointer: '?comparedWith' }] });
  t.match(await refused('period=2025/26&comparedWith=2024-25'), { errors: [{ pointer: '?comparedWith' }] });
  t.match(await refused('period=2025/26'), { status: 400 });
  t.match(await refused(`${YEARS}&factors=newest`), { errors: [{ pointer: '?factors' }] });
  t.match(await refused(`${YEARS}&interval=month`), { status: 400 });
  t.match(await refused('period=2025/26&comparedWith=2024-Q2'), {
    errors: [{ pointer: '?comparedWith', code: 'different-lengths' }],
  });
  const { total, notices } = await change('period=2025/26&comparedWith=2024-Q2&lengths=any&meter=EL');
  t.equal(sum(total.parts), total.changeKgCo2e);
  t.match(notices.join(), /274 days of 2025\/26 face none of 2024-Q2/);
});
