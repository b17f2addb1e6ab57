import t from 'tap';
import { testApp } from '../../support/app.ts';
import { ask, writeEstate, writeReadings } from '../../support/estate.ts';

const service = await testApp(t);
const { send } = service;
const LATE = Array.from({ length: 10 }, (_, index) => `LATE-${index}`);
await writeEstate(service, [
  { meter: 'G', activity: 'natural-gas', kind: 'billed', site: 'HALL', from: { on: '2022-04-01', reason: 'opened' } },
  ...LATE.map((meter) => ({
    ...{ meter, site: 'DEPOT', activity: 'natural-gas' as const, kind: 'billed' as const },
    from: { on: '2023-04-01', reason: 'opened' as const },
  })),
]);

type Cut = { years: number; yearlyReductionPercent: number; yearlyReductionKgCo2e: number };
type Part = { start: string; end: string; emissionsKgCo2e: number | null; coverage: { missing: number } | null };
type Year = {
  period: { label: string };
  allowedKgCo2e: number;
  actualKgCo2e: number | null;
  gapPercent: number | null;
  status: string | null;
  reasons: string[];
  provisional: string[];
  asOf?: { seq: string; day: string };
  cumulative?: { allowedKgCo2e: number; actualKgCo2e: number };
};
type Progress = {
  asOf: { seq: string; day: string };
  rule: object;
  presentRate: { period: { label: string }; kgCo2e: number } | null;
  nextMilestone: { period: { label: string }; allowedKgCo2e: number; needed: Cut } | null;
  budgets: Record<string, unknown>[];
  runningYear?: {
    soFar: Part;
    sameDaysOfLastYear: Part;
    changeKgCo2e: number;
    season: { method: string; years: string[]; share: number; allowedKgCo2e: number; gapKgCo2e: number } | null;
    reasons: string[];
  };
  data: Year[];
};
const progress = (key: string, query = '') => ask<Progress>(service, `/v1/targets/${key}/progress${query}`);
const yearOf = ({ data }: Progress, label: string) => data.find(({ period }) => period.label === label);
const put = (key: string, site: string, fields: object) =>
  send('PUT', `/v1/targets/${key}`, {
    body: {
      name: key,
      boundary: { kind: 'organisation', name: 'Example council', part: { sites: [site] } },
      scopes: [1],
      source: 'A decision',
      ...fields,
    },
  });

/** Gas of the hall: of a thousand megawatt-hours so many in the days before 22 November, the rest after them. */
async function hall(year: number, before: number, after: number): Promise<void> {
  await writeReadings(service, [
    { meter: 'G', period: `${year}-04-01/${year}-11-22`, quantity: before },
    ...(after === 0 ? [] : [{ meter: 'G', period: `${year}-11-22/${year + 1}-04-01`, quantity: after }]),
  ]);
}
await hall(2022, 300_000, 700_000);
await hall(2023, 300_000, 700_000);
await hall(2024, 320_000, 680_000);
await hall(2025, 204_000, 396_000);
await hall(2026, 150_000, 0);

const HALVE = {
  baseline: { period: '2022/23', kind: 'computed' },
  milestones: [{ period: '2027/28', reductionPercent: 50 }],
  budgets: [
    { start: '2023-04-01', end: '2028-04-01' },
    { start: '2023-04-01', end: '2028-04-01', kgCo2e: 500_000, source: 'Cabinet, 1 March 2023' },
  ],
};
await put('hall', 'HALL', HALVE);

t.test(
  'budgets: what was allowed and used, what is left, when it runs out, and what would keep it (rule H1)',
  async (t) => {
    const answer = await progress('hall');
    // 182,540 kg in 2022/23, a tenth less of it each year; the gas of 2023/24 to 2025/26 at 0.18292893, 0.1829 and 0.18296.
    t.match(
      answer.data.map(({ allowedKgCo2e }) => allowedKgCo2e),
      [182_540, 164_286, 146_032, 127_778, 109_524, 91_270],
    );
    t.match(answer.presentRate, { period: { label: '2025/26' }, kgCo2e: 109_776 });
    const [path, cap] = answer.budgets;
    const used = 182_928.926 + 182_900 + 109_776;
    t.match(path, {
      kind: 'computed',
      years: ['2023/24', '2024/25', '2025/26', '2026/27', '2027/28'],
      budgetKgCo2e: 638_890,
      toDate: { until: '2026-04-01', allowedKgCo2e: 438_096, usedKgCo2e: used },
      leftKgCo2e: 163_285.074,
      // 163,285.074 kg at 109,776 kg in 365 days last 542 days.
      runsOutOn: '2027-09-25',
      lasts: false,
      reasons: [],
    });
    // 2 × 109,776 − 3 c = 163,285.074.
    t.match(path, { needed: { years: 2, yearlyReductionKgCo2e: 18_755.642 } });
    t.match(cap, {
      kind: 'stated',
      source: 'Cabinet, 1 March 2023',
      budgetKgCo2e: 500_000,
      pathKgCo2e: 638_890,
      leftKgCo2e: 24_395.074,
      runsOutOn: '2026-06-21',
    });
    t.match(answer.nextMilestone, {
      period: { label: '2027/28' },
      allowedKgCo2e: 91_270,
      // (109,776 − 91,270) ÷ 2, and 1 − √(91,270 ÷ 109,776).
      needed: { years: 2, yearlyReductionKgCo2e: 9_253, yearlyReductionPercent: 8.8 },
    });
    t.match(yearOf(answer, '2025/26'), {
      status: 'off-track',
      annual: 'within',
      budget: 'over',
      gapPercent: -14.1,
      cumulative: { allowedKgCo2e: 438_096, actualKgCo2e: used },
      asOf: { seq: answer.asOf.seq, day: '2026-11-22' },
    });
    t.notOk(yearOf(answer, '2026/27')?.asOf, 'no verdict, no date of one');
    t.match(answer.rule, { id: 'H6', missingShareMax: 0.05, estimatedShareMax: 0.2 });
  },
);

t.test('the running year stands against the same days of last year and its share by season (rule H6)', async (t) => {
  const { runningYear, data } = await progress('hall');
  const figure = async (period: string) => {
    const path = `/v1/emissions?period=${period}&scopes=1&site=HALL`;
    return (await ask<{ total: { emissionsKgCo2e: { total: number } } }>(service, path)).total.emissionsKgCo2e.total;
  };
  const soFar = await figure('2026-04-01/2026-11-22');
  t.match(runningYear, {
    soFar: { start: '2026-04-01', end: '2026-11-22', emissionsKgCo2e: soFar, coverage: { missing: 0 } },
    sameDaysOfLastYear: { start: '2025-04-01', end: '2025-11-22', emissionsKgCo2e: 37_323.84 },
    reasons: [],
  });
  t.equal(runningYear?.changeKgCo2e, Math.round((soFar - 37_323.84) * 1000) / 1000);
  // 0.30, 0.32 and 0.34 of their years; twelfths would be 235 days of 365, or 0.644.
  t.match(runningYear?.season, {
    method: 'mean-of-three-years',
    years: ['2025/26', '2024/25', '2023/24'],
    share: 0.32,
    allowedKgCo2e: 35_047.68,
  });
  t.match(data.find(({ period }) => period.label === '2026/27')?.provisional, ['year-running']);
});

t.test('what is stated by the year has no part in the days so far (rule H8)', async (t) => {
  await put('fleet', 'HALL', { ...HALVE, otherEmissions: ['fleet'] });
  const { runningYear } = await progress('fleet');
  t.equal(runningYear?.season, null);
  t.match(runningYear?.reasons.at(-1), /^fleet is stated by the year: .* metered energy and water alone$/);
  t.equal(runningYear?.sameDaysOfLastYear.emissionsKgCo2e, 37_323.84);
});

t.test('as CSV every year stands in a row, with the knowledge its verdict rests on', async (t) => {
  const { data, asOf } = await progress('hall');
  const csv = await send('GET', '/v1/targets/hall/progress', { headers: { accept: 'text/csv' } });
  const [header = '', ...rows] = csv.body.trim().split('\r\n');
  const names = header.split(',');
  t.equal(rows.length, data.length);
  const cells = rows.map((row) => Object.fromEntries(row.split(',').map((cell, index) => [names[index], cell])));
  data.forEach((year, index) => {
    t.match(cells[index], {
      period: year.period.label,
      allowedKgCo2e: String(year.allowedKgCo2e),
      actualKgCo2e: year.actualKgCo2e === null ? '' : String(year.actualKgCo2e),
      status: year.status ?? '',
      cumulativeActualKgCo2e: year.cumulative === undefined ? '' : String(year.cumulative.actualKgCo2e),
      asOfSeq: year.status === null ? '' : asOf.seq,
    });
  });
});

const late = (period: string, meters: readonly string[], quantity: number) =>
  writeReadings(
    service,
    meters.map((meter) => ({ meter, period, quantity })),
  );

t.test(
  '70 % coverage gets no verdict; late data brings one, and before it there still is none (rule H6)',
  async (t) => {
    // 30 kWh a day each, so that the three that are missing weigh three tenths.
    await late('2023/24', LATE, 10_980);
    await late('2024/25', LATE.slice(0, 7), 10_950);
    await put('depot', 'DEPOT', {
      baseline: { period: '2023/24', kind: 'computed' },
      milestones: [{ period: '2028/29', reductionPercent: 50 }],
    });
    const thin = await progress('depot');
    t.match(yearOf(thin, '2024/25'), {
      status: 'insufficient-data',
      coverage: { actual: 0.7, missing: 0.3 },
      reasons: ['30 % of the year is missing, at most 5 % may be'],
    });
    t.match(thin.budgets, [{ kind: 'path', leftKgCo2e: null, reasons: [/^what was used is not known: 2024\/25/] }]);
    const { rows } = await service.database.pool.query(
      `select to_char(recorded_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at from clock`,
    );
    await late('2024/25', LATE.slice(7), 5_000);
    const whole = await progress('depot');
    // 91,650 kWh at 0.1829, for nine tenths of 109,800 kWh at 0.1829289262.
    t.match(yearOf(whole, '2024/25'), { status: 'on-track', actualKgCo2e: 16_762.785, allowedKgCo2e: 18_077.036 });
    const before = await progress('depot', `?asOf=${rows[0].at}`);
    t.match(yearOf(before, '2024/25'), { status: 'insufficient-data', asOf: { seq: thin.asOf.seq } });
  },
);

t.test('a later year does not change what was allowed before, nor a verdict given (rules H1, H6)', async (t) => {
  await put('kept', 'HALL', { ...HALVE, budgets: [] });
  const before = await progress('kept');
  await hall(2026, 900_000, 0);
  const after = await progress('kept');
  for (const [index, year] of before.data.entries()) {
    t.equal(after.data[index]?.allowedKgCo2e, year.allowedKgCo2e, year.period.label);
    t.equal(after.data[index]?.status, year.status);
  }
});

t.test('400: a budget that ends before it starts, or an amount without a source', async (t) => {
  const refused = async (budget: object) =>
    (
      (await put('wrong', 'HALL', { ...HALVE, budgets: [budget] })).json() as { errors: { pointer: string }[] }
    ).errors.map(({ pointer }) => pointer);
  t.strictSame(await refused({ start: '2025-04-01', end: '2024-04-01' }), ['/budgets/0/end']);
  t.strictSame(await refused({ start: '2024-04-01', end: '2025-04-01', kgCo2e: 5 }), ['/budgets/0/source']);
});
