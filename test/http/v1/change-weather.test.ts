import t from 'tap';
import { testApp } from '../../support/app.ts';
import { ask, writeEstate, writeReadings } from '../../support/estate.ts';
import { FINANCIAL_YEAR, monthlyBills, postMonths } from '../../support/weather.ts';

const service = await testApp(t);
const MILD = FINANCIAL_YEAR.map((value) => value - 20);
const DAYS = [30, 31, 30, 31, 31, 30, 31, 30, 31, 31, 28, 31];
/** 100 kWh a day and 30 for each degree day. */
const used = (degreeDays: readonly number[]) =>
  degreeDays.map((value, index) => 100 * (DAYS[index] ?? 0) + 30 * value + (index === 10 ? 1 : 0));

type Parts = Record<'factor' | 'weather' | 'use' | 'missingData', number | null>;
type Change = { total: { changeKgCo2e: number; parts: Parts; notQuantified: string[] } };
const change = (query: string) => ask<Change>(service, `/v1/emissions/change?lines=combustion&${query}`);

await writeEstate(service, [
  { meter: 'GAS', activity: 'natural-gas', kind: 'billed' },
  { meter: 'ODD', activity: 'natural-gas', kind: 'billed', site: 'B' },
]);
await service.send('PUT', '/v1/sites/S', { body: { name: 'S', weatherRegion: 'midland' } });
await writeReadings(service, [
  ...monthlyBills('GAS', '2024-04', used(FINANCIAL_YEAR)),
  ...monthlyBills('GAS', '2025-04', used(MILD)),
  { meter: 'ODD', period: '2024/25', quantity: 1000 },
  { meter: 'ODD', period: '2025/26', quantity: 1000 },
]);

t.test('before degree days are there the weather is inside use', async (t) => {
  const { total } = await change('period=2025/26&comparedWith=2024/25&meter=GAS');
  t.match(total, { parts: { weather: null }, notQuantified: ['weather'] });
});

t.test('a mild year: 240 degree days fewer at 30 kWh each are weather, and nothing is left for use', async (t) => {
  await postMonths(service, '2024-04', FINANCIAL_YEAR);
  await postMonths(service, '2025-04', MILD);
  const { total } = await change('period=2025/26&comparedWith=2024/25&meter=GAS');
  // -7,200 kWh at the mean of 0.1829 and 0.18296.
  t.ok(Math.abs((total.parts.weather ?? 0) + 1317.096) < 1, `weather ${total.parts.weather}`);
  t.ok(Math.abs(total.parts.use ?? 99) < 1, `use ${total.parts.use}`);
  t.strictSame(total.notQuantified, []);
  const { factor, weather, use } = total.parts;
  t.equal(Math.round(((factor ?? 0) + (weather ?? 0) + (use ?? 0)) * 1000), Math.round(total.changeKgCo2e * 1000));
});

t.test('the two periods swapped negate every part: the fit is that of the earlier one', async (t) => {
  const there = (await change('period=2025/26&comparedWith=2024/25&meter=GAS')).total.parts;
  const back = (await change('period=2024/25&comparedWith=2025/26&meter=GAS')).total.parts;
  for (const part of ['factor', 'weather', 'use'] as const) t.equal(there[part], -(back[part] ?? 0), part);
});

t.test('a meter without an accepted fit stays inside use, and is said', async (t) => {
  const { total } = await change('period=2025/26&comparedWith=2024/25');
  t.ok(total.parts.weather !== null && total.parts.weather < -1000);
  t.strictSame(total.notQuantified, ['weather']);
});
