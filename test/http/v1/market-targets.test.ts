import t from 'tap';
import { testApp } from '../../support/app.ts';
import { ask, writeEstate, writeReadings } from '../../support/estate.ts';
import { marketOf } from '../../support/market.ts';

const service = await testApp(t);
const { put, instrument } = marketOf(service);
await writeEstate(service, [{ meter: 'E', kind: 'billed' }]);
await writeReadings(service, [
  { meter: 'E', period: '2024/25', quantity: 100_000 },
  { meter: 'E', period: '2025/26', quantity: 100_000 },
]);

const TARGET = {
  name: 'Halve by 2030/31',
  boundary: { kind: 'organisation', name: 'Example council' },
  scopes: [1, 2],
  baseline: { period: '2024/25', kind: 'computed' },
  milestones: [{ period: '2030/31', reductionPercent: 50 }],
  source: 'A decision',
};
type Progress = { data: { period: { label: string }; actualKgCo2e: number | null }[] };

t.test('a target is judged by figures on its own basis (rule C2)', async (t) => {
  await instrument('rego', { kWh: 50_000, meters: ['E'] });
  await put('targets/location', TARGET);
  await put('targets/market', { ...TARGET, basis: 'market' });
  const actual = async (key: string) =>
    (await ask<Progress>(service, `/v1/targets/${key}/progress`)).data.find(({ period }) => period.label === '2025/26')
      ?.actualKgCo2e;
  t.equal(await actual('location'), 17_700);
  t.equal(await actual('market'), 8_850);
});

t.test(
  'a market target with a baseline on the location basis is not comparable in any year (rules C2, H6)',
  async (t) => {
    const baseline = { period: '2024/25', kind: 'published', emissionsKgCo2e: 20_705, source: 'A report' };
    await put('targets/mixed', { ...TARGET, basis: 'market', baseline });
    const mixed = await ask<Progress>(service, '/v1/targets/mixed/progress');
    t.match(mixed.data[1], {
      status: 'not-comparable',
      actualKgCo2e: 8_850,
      gapKgCo2e: null,
      reasons: [
        'the scope 2 basis differs: the baseline is of the location basis, the actual figures are of the market basis',
      ],
    });
    await put('targets/mixed', { ...TARGET, basis: 'market', baseline: { ...baseline, basis: 'market' } });
    t.equal((await service.send('GET', '/v1/targets/mixed/progress')).statusCode, 200);
  },
);
