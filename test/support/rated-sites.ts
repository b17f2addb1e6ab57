import type { TestApp } from './app.ts';

const OPENED = { on: '2020-04-01', reason: 'opened' };
const METER = { kind: 'billed', unit: 'kWh', from: OPENED };

/** A meter of a test with the one bill that it has. */
export type BilledMeter = {
  key: string;
  activity?: string;
  kWh?: number;
  period?: string;
  quality?: string;
  fields?: object;
};

/** What is set up for tests must be there, or they say nothing. */
export async function written(sent: ReturnType<TestApp['send']>): Promise<void> {
  const { statusCode, body } = await sent;
  if (statusCode !== 201) throw new Error(body);
}

/** A site with meters that each have one bill. */
export async function buildSite({ send }: TestApp, key: string, fields: object, meters: BilledMeter[]): Promise<void> {
  await written(send('PUT', `/v1/sites/${key}`, { body: { name: `Site ${key}`, ...fields } }));
  for (const { key: meter, activity = 'electricity', fields: own = {} } of meters)
    await written(send('PUT', `/v1/meters/${meter}`, { body: { ...METER, site: key, activity, ...own } }));
  const readings = meters.flatMap(({ key: meter, kWh: quantity, period = '2024/25', quality }) =>
    quantity === undefined ? [] : [{ meter, period, quantity, ...(quality !== undefined && { quality }) }],
  );
  await written(send('POST', '/v1/readings', { body: { readings } }));
}

/** An office of 1,000 m2. */
export const OFFICE = { category: 'office', floorAreaM2: 1000 };
/** A meter of electricity and one of gas. */
export const both = (key: string): BilledMeter[] => [
  { key: `${key}-E`, kWh: 100_000 },
  { key: `${key}-G`, activity: 'natural-gas', kWh: 94_000 },
];

/** Benchmarks of invented numbers. */
export const BENCHMARKS = {
  source: 'Invented for these tests',
  validFrom: '2024-01-01',
  uses: [
    {
      use: 'office',
      name: 'Office (invented)',
      electricityKwhPerM2: 80,
      fossilThermalKwhPerM2: 100,
      siteCategories: ['office'],
    },
    { use: 'pool', name: 'Pool (invented)', electricityKwhPerM2: 245, fossilThermalKwhPerM2: 1130 },
  ],
  conversions: [
    { activity: 'lpg', kgCo2PerKwh: 0.25, source: 'Invented' },
    { activity: 'district-heat', heatNetwork: 'north', kgCo2PerKwh: 0.1, source: 'Invented' },
  ],
};
