import t from 'tap';
import { testApp } from '../../support/app.ts';
import { BENCHMARKS, type BilledMeter, both, buildSite, OFFICE, written } from '../../support/rated-sites.ts';

const service = await testApp(t);
const get = async (url: string) => (await service.send('GET', url, { scope: 'read' })).json();
const put = (url: string, body: object) => service.send('PUT', url, { body });
const site = (key: string, fields: object, meters: BilledMeter[]) => buildSite(service, key, fields, meters);

await site('OK', OFFICE, both('OK'));
await written(put('/v1/benchmarks/invented/1', BENCHMARKS));
const URL = '/v1/sites/OK/operational-rating?period=2024/25';

const REFUSED: [code: string, key: string, fields: object, meters: BilledMeter[], detail: RegExp][] = [
  ['no-benchmark', 'R1', { floorAreaM2: 10 }, both('R1'), /neither benchmarkUses nor a category/],
  ['no-benchmark', 'R2', { ...OFFICE, category: 'depot' }, both('R2'), /mapped to the category 'depot'/],
  ['no-benchmark', 'R3', { ...OFFICE, benchmarkUses: [{ uses: ['zoo'] }] }, both('R3'), /'zoo'.*office, pool/],
  ['mixed-uses', 'R4', { ...OFFICE, benchmarkUses: [{ uses: ['office', 'pool'] }] }, both('R4'), /office and pool/],
  [
    'benchmark-use-changed',
    'R5',
    { ...OFFICE, benchmarkUses: [{ from: '2024-10-01', uses: ['pool'] }] },
    both('R5'),
    /pool from 2024-10-01/,
  ],
  ['no-floor-area', 'R6', { category: 'office' }, both('R6'), /no floor area on 2024-04-01/],
  [
    'floor-area-changed',
    'R7',
    { category: 'office', floorAreas: [{ areaM2: 900 }, { from: '2024-10-01', areaM2: 1000 }] },
    both('R7'),
    /on 2024-10-01 from 900 to 1000 m2/,
  ],
  [
    'no-data',
    'R8',
    OFFICE,
    [
      { key: 'R8-E', kWh: 1 },
      { key: 'R8-G', activity: 'natural-gas' },
    ],
    /natural-gas of site/,
  ],
  [
    'part-of-period',
    'R9',
    { ...OFFICE, opened: { on: '2024-06-01', reason: 'built' } },
    both('R9'),
    /in the totals on 2024-04-01/,
  ],
  [
    'part-of-period',
    'R10',
    { ...OFFICE, control: [{ from: '2025-01-01', control: 'outside', reason: 'sold' }] },
    both('R10'),
    /in the totals on 2025-01-01/,
  ],
  [
    'part-of-period',
    'R19',
    OFFICE,
    [
      {
        key: 'R19-E',
        kWh: 1000,
        period: '2024-10-01/2025-04-01',
        fields: { from: { on: '2024-10-01', reason: 'opened' } },
      },
      { key: 'R19-G', activity: 'natural-gas', kWh: 10 },
    ],
    /no meter of electricity of site 'R19' is in the totals on 2024-04-01/,
  ],
  [
    'start-unknown',
    'R11',
    OFFICE,
    [
      { key: 'R11-E', kWh: 1000 },
      { key: 'R11-G', activity: 'natural-gas', kWh: 10, period: '2024-11-01/2025-04-01', fields: { from: undefined } },
    ],
    /'R11-G'.*2024-11-01/,
  ],
  [
    'too-little-actual',
    'R12',
    OFFICE,
    [{ key: 'R12-E', kWh: 1000, period: '2024-04-01/2025-03-01' }],
    /electricity .*missing 0\.0848.*at least 0\.95/,
  ],
  ['too-little-actual', 'R13', OFFICE, [{ key: 'R13-E', kWh: 1000, quality: 'estimated' }], /estimated 1/],
  ['no-electricity', 'R14', OFFICE, [{ key: 'R14-G', activity: 'natural-gas', kWh: 1000 }], /no electricity/],
  [
    'other-fuel',
    'R15',
    OFFICE,
    [...both('R15'), { key: 'R15-O', activity: 'burning-oil', kWh: 1000 }],
    /burning-oil.*conversion of burning-oil/,
  ],
  [
    'on-site-generation',
    'R16',
    OFFICE,
    [...both('R16'), { key: 'R16-PV', kWh: 1000, fields: { direction: 'generation', technology: 'solar' } }],
    /'R16-PV'.*generation/,
  ],
  [
    'own-heat-network',
    'R17',
    OFFICE,
    [...both('R17'), { key: 'R17-H', activity: 'district-heat', kWh: 1000, fields: { heatNetwork: 'council' } }],
    /'R17-H'.*council's own network/,
  ],
  [
    'shared-supply',
    'R18',
    OFFICE,
    [...both('R18'), { key: 'R18-SUB', kWh: 10, fields: { parent: 'OK-E' } }],
    /'R18-SUB'.*'OK-E' of site 'OK'/,
  ],
];

t.test('the site that nothing stands against is rated', async (t) => {
  t.match(await get(URL), { rating: 116 });
});

for (const [code, key, fields, meters, detail] of REFUSED)
  t.test(`refused: ${code} (${key})`, async (t) => {
    await site(key, fields, meters);
    const refused = await get(`/v1/sites/${key}/operational-rating?period=2024/25`);
    t.match(refused, { status: 422, type: 'urn:council-carbon:problem:not-rateable' });
    t.strictSame(
      refused.errors.map((error: { code: string }) => error.code),
      [code],
      refused.detail,
    );
    t.match(refused.errors[0].detail, detail);
    if (code === 'shared-supply')
      t.match(await get(URL), { status: 422, errors: [{ code: 'shared-supply' }] }, 'the feeding site as well');
  });

t.test('every reason is given at once', async (t) => {
  const url = '/v1/sites/R1/operational-rating?period=2024/25';
  await put('/v1/sites/R1', { name: 'R1' });
  const { errors, detail } = await get(url);
  t.strictSame(
    errors.map((error: { code: string }) => error.code),
    ['no-benchmark', 'no-floor-area'],
  );
  t.match(detail, /benchmarkUses.*floor area/);
});
