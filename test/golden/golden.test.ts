import { readFileSync } from 'node:fs';
import t from 'tap';
import { testApp } from '../support/app.ts';
import { ask, type TestMeter, writeEstate, writeReadings } from '../support/estate.ts';

type Sums = {
  quantity?: { value: number | null };
  selfUseKwh?: number;
  emissionsKgCo2e: Record<string, number> & { total: number; scope3ByCategory: { category: number; kgCo2e: number }[] };
  coverage: Record<string, number>;
  notQuantified: string[];
  carriedForward?: { line: string; fromSet: string }[];
  sets: string[];
};
type Row = Sums & { period: { label: string }; line?: string | null };
type Answer = { data: Row[]; total: Sums; notices: string[] };

type Check = {
  ask: string;
  row?: string;
  quantity?: number | null;
  selfUseKwh?: number;
  sets?: string[];
  emissions?: Record<string, number>;
  lines?: Record<string, number>;
  categories?: Record<string, number>;
  coverage?: Record<string, unknown>;
  notQuantified?: string[];
  carriedForward?: { line: string; fromSet: string }[];
  notices?: number;
};
type Reading = { meter: string; days?: string[]; each?: number } & Record<string, unknown>;
type Case = { id: string; title: string; meters: TestMeter[]; readings: Reading[]; checks: Check[] };

const { cases } = JSON.parse(readFileSync(new URL('cases.json', import.meta.url), 'utf8')) as { cases: Case[] };

/** Half-hourly days written short as one value for every half-hour. */
function expand({ days, each, ...reading }: Reading): object[] {
  return days === undefined ? [reading] : days.map((day) => ({ ...reading, day, values: new Array(48).fill(each) }));
}

for (const { id, title, meters, readings, checks } of cases) {
  t.test(`${id}: ${title}`, async (t) => {
    const service = await testApp(t);
    await writeEstate(service, meters);
    await writeReadings(service, readings.flatMap(expand));

    for (const check of checks) {
      t.test(`${check.ask} ${check.row ?? ''}`, async (t) => {
        const answer = await ask<Answer>(service, `/v1/emissions?${check.ask}`);
        const found =
          check.row === undefined ? answer.total : answer.data.find((row) => row.period.label === check.row);
        if (found === undefined) throw new Error(`no row ${check.row}`);
        if (check.quantity !== undefined) t.equal(found.quantity?.value ?? null, check.quantity, 'quantity');
        if (check.selfUseKwh !== undefined) t.equal(found.selfUseKwh, check.selfUseKwh, 'self-use');
        if (check.sets !== undefined) t.strictSame(found.sets, check.sets, 'sets');
        for (const [scope, kg] of Object.entries(check.emissions ?? {}))
          t.equal(found.emissionsKgCo2e[scope], kg, scope);
        if (check.coverage !== undefined) t.match(found.coverage, check.coverage, 'coverage');
        if (check.notQuantified !== undefined) t.strictSame(found.notQuantified, check.notQuantified, 'not quantified');
        if (check.carriedForward !== undefined)
          t.strictSame(found.carriedForward, check.carriedForward, 'carried forward');
        if (check.notices !== undefined) t.equal(answer.notices.length, check.notices, 'notices');
        for (const [category, kg] of Object.entries(check.categories ?? {})) {
          const entry = found.emissionsKgCo2e.scope3ByCategory.find((other) => String(other.category) === category);
          t.equal(entry?.kgCo2e, kg, `category ${category}`);
        }
        if (check.lines === undefined) return;
        const byLine = await ask<Answer>(service, `/v1/emissions?${check.ask}&groupBy=line`);
        for (const [line, kg] of Object.entries(check.lines)) {
          const row = byLine.data.find((candidate) => candidate.line === line);
          t.equal(row?.emissionsKgCo2e.total, kg, line);
        }
      });
    }

    t.test('months add to the year, CSV says what JSON says, and the explanation adds to the figure', async (t) => {
      for (const { ask: question } of checks.filter(
        (check) => check.row === undefined && !check.ask.includes('interval='),
      )) {
        const whole = await ask<Answer>(service, `/v1/emissions?${question}`);
        const months = await ask<Answer>(service, `/v1/emissions?${question}&interval=month`);
        t.strictSame(months.total, whole.total, `${question}: the total of the months`);
        const sum = months.data.reduce((kg, row) => kg + (row.emissionsKgCo2e?.total ?? 0), 0);
        t.ok(
          Math.abs(sum - whole.total.emissionsKgCo2e.total) <= 0.0005 * (months.data.length + 1),
          `${question}: sum of months`,
        );

        const csv = await service.send('GET', `/v1/emissions?${question}&interval=month`, {
          headers: { accept: 'text/csv' },
        });
        const [header = '', ...lines] = csv.body.trim().split('\r\n');
        const column = header.split(',').indexOf('totalKgCo2e');
        const fromCsv = lines.map((line) => Number(line.split(',')[column]));
        t.strictSame(
          fromCsv,
          months.data.map((row) => row.emissionsKgCo2e?.total ?? 0),
          `${question}: CSV`,
        );

        const explained = await ask<{
          data: { exactKgCo2e: string | null; scope: string }[];
          exactTotalKgCo2e: string;
        }>(service, `/v1/emissions/explanation?${question}`);
        const exact = explained.data
          .filter((line) => line.scope !== 'outsideOfScopes')
          .reduce((kg, line) => kg + Number(line.exactKgCo2e ?? 0), 0);
        t.ok(Math.abs(exact - whole.total.emissionsKgCo2e.total) < 0.001, `${question}: explanation`);
      }
    });
  });
}
