import fc from 'fast-check';
import { type BoundaryReason, CONTROLS } from '../../src/domain/control.ts';
import type { Estate, EstateSite, ServiceEdge } from '../../src/domain/estate.ts';
import { addDays, type LocalDay } from '../../src/domain/local-day.ts';
import type { MeterDay } from '../../src/domain/settle-meter.ts';
import type { HeatNetwork } from '../../src/domain/supply/heat-network.ts';
import { estateOf, type MeterFields, placedTenant } from './memory-estate.ts';
import { daysOf, wholeDay } from './memory-usage.ts';

/** The days that random estates have data for. */
export const RANDOM_SPAN = '2022-04-01/2025-04-01';
const DAYS = daysOf(RANDOM_SPAN);

const day = fc.integer({ min: 0, max: DAYS.length - 1 }).map((index): LocalDay => DAYS[index] ?? '2022-04-01');
const oneOf = <Value>(...values: Value[]) => fc.constantFrom(...values);
const edge = (...reasons: BoundaryReason[]) =>
  fc.option(fc.record({ on: day, reason: oneOf(...reasons) }), { freq: 1 }) as fc.Arbitrary<ServiceEdge | null>;
const OPENED = edge('built', 'acquired', 'transferred-in');
const CLOSED = edge('closed', 'demolished', 'sold');

const site = (key: string) =>
  fc
    .record({
      opened: OPENED,
      closed: CLOSED,
      changes: fc.uniqueArray(fc.record({ from: day, control: oneOf(...CONTROLS) }), {
        maxLength: 2,
        selector: ({ from }) => from,
      }),
      reason: oneOf<BoundaryReason | null>('let', 'insourced', 'vacated', null),
      category: oneOf('office', 'school', null),
      enlarged: day,
    })
    .map(({ opened, closed, changes, reason, category, enlarged }): EstateSite => {
      const first = { from: null, control: 'operated' as const, scope3Category: null, reason: null, leaseType: null };
      const later = changes
        .sort((a, b) => (a.from < b.from ? -1 : 1))
        .map((change) => ({ ...change, scope3Category: null, reason, leaseType: null }));
      const plain = { name: key, portfolios: [], ward: null, weatherRegion: null, category };
      const floorAreas = [
        { from: null, areaM2: 90 },
        { from: enlarged, areaM2: 120 },
      ];
      return { key, ...plain, floorAreas, controls: [first, ...later], opened, closed };
    });

const METERS: readonly MeterFields[] = [
  { key: 'EL', site: 'A' },
  { key: 'TENANT', site: 'A', parentKey: 'EL' },
  { key: 'PV', site: 'A', direction: 'generation' },
  { key: 'EXPORT', site: 'A', direction: 'export' },
  { key: 'GAS', site: 'B', activity: 'natural-gas' },
  { key: 'WATER', site: 'B', activity: 'water' },
  { key: 'HEAT', site: 'C', activity: 'district-heat', heatNetwork: 'net' },
  { key: 'PELLETS', site: 'C', activity: 'wood-pellets', unit: 'kWh', calorificBasis: 'gross' },
];

/** Meters that tenants share by floor area, one of them above a sub-meter. */
const SHARED = ['EL', 'GAS'];

/** A network that changes hands twice, on two own factors with days of the national one before, between and after. */
const NETWORK: HeatNetwork = {
  key: 'net',
  name: 'Net',
  operators: [
    { operatedBy: 'third-party' },
    { from: '2023-09-10', operatedBy: 'council' },
    { from: '2024-03-05', operatedBy: 'third-party' },
  ],
  factors: [
    {
      ...{ value: 0.12, at: 'delivered', lossShare: 0.1, upstreamIncluded: false, gases: 'co2e' },
      ...{ evidence: { description: 'A statement' }, validFrom: '2022-07-01', validTo: '2023-06-01' },
    },
    {
      ...{ value: 0.2, at: 'generated', upstreamIncluded: true, gases: 'co2e' },
      ...{ evidence: { description: 'A statement' }, validFrom: '2023-07-15', validTo: '2024-10-01' },
    },
  ],
};

const times = fc.record({
  from: fc.option(day, { freq: 3 }),
  to: fc.option(day, { freq: 3 }),
  moved: fc.option(day, { freq: 4 }),
  tenancy: day,
  tenancyDays: fc.integer({ min: 1, max: 900 }),
});

type Times = {
  from: LocalDay | null;
  to: LocalDay | null;
  moved: LocalDay | null;
  tenancy: LocalDay;
  tenancyDays: number;
};

function meterAt(fields: MeterFields, { from, to, moved, tenancy, tenancyDays }: Times): MeterFields {
  const { site = 'A', ...rest } = fields;
  const placements = [{ from: null, site }, ...(moved === null ? [] : [{ from: moved, site: 'C' }])];
  const isTenant = fields.key === 'TENANT';
  const let13 = placedTenant('Café', { from: tenancy, to: addDays(tenancy, tenancyDays) });
  const sharing = [
    placedTenant('Shop', { from: tenancy, to: addDays(tenancy, tenancyDays), floorAreaM2: 30 }),
    placedTenant('Library', { from: tenancy, share: 0.2, scope3Category: 1 }),
  ];
  return {
    ...rest,
    placements: isTenant ? [{ from: null, site }] : placements,
    tenancies: isTenant ? [let13] : SHARED.includes(fields.key) ? sharing : [],
    from: from ?? '2020-01-01',
    to: to !== null && from !== null && to <= from ? null : to,
    fromReason: 'opened',
    toReason: 'sold',
  } as MeterFields;
}

/** An estate with sites that come, go and change hands, and days of which some are missing or negative. */
export type RandomEstate = { estate: Estate; days: MeterDay[] };

/** Random estates: a main meter with a tenant behind it and others that share it, generation with export, fuel, water, wood and heat. */
export const randomEstates: fc.Arbitrary<RandomEstate> = fc
  .record({
    sites: fc.tuple(site('A'), site('B'), site('C')),
    meters: fc.array(times, { minLength: METERS.length, maxLength: METERS.length }),
    use: fc.array(fc.integer({ min: -90_000_000, max: 900_000_000 }), {
      minLength: METERS.length,
      maxLength: METERS.length,
    }),
    gaps: fc.array(
      fc.record({ meter: fc.nat(METERS.length - 1), from: day, length: fc.integer({ min: 1, max: 500 }) }),
      {
        maxLength: 5,
      },
    ),
  })
  .map(({ sites, meters, use, gaps }) => {
    const fields = METERS.flatMap((meter, index) => {
      const own = meters[index];
      return own === undefined ? [] : [meterAt(meter, own)];
    });
    const estate = estateOf(fields, sites, {}, { heatNetworks: new Map([['net', NETWORK]]) });
    const isMissing = (meter: number, on: LocalDay): boolean =>
      gaps.some((gap) => gap.meter === meter && gap.from <= on && on < addDays(gap.from, gap.length));
    const days = estate.meters.flatMap(({ id }, index) =>
      DAYS.flatMap((on, number) =>
        isMissing(index, on) ? [] : [wholeDay(id, on, BigInt(use[index] ?? 0) + BigInt(number * 7_919))],
      ),
    );
    return { estate, days };
  });
