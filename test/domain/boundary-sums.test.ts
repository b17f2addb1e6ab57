import fc from 'fast-check';
import t from 'tap';
import { CONSOLIDATION_APPROACHES, type ConsolidationApproach, LEASE_TYPES } from '../../src/domain/consolidation.ts';
import { CONTROLS, type Control } from '../../src/domain/control.ts';
import { ZERO } from '../../src/domain/decimal.ts';
import type { RowSums } from '../../src/domain/row-sums.ts';
import { type ControlFields, estateOf, placedTenant } from '../support/memory-estate.ts';
import { figureOf } from '../support/memory-figure.ts';
import { daysOf, wholeDay } from '../support/memory-usage.ts';
import { holds } from '../support/property.ts';

const PERIOD = '2025-04-01/2025-06-01';
const METERS = [
  { key: 'EL', from: '2020-01-01' },
  { key: 'SUB', from: '2020-01-01', parentKey: 'EL' },
  { key: 'GAS', activity: 'natural-gas', from: '2020-01-01' },
  { key: 'W', activity: 'water', from: '2020-01-01' },
  { key: 'P', activity: 'wood-pellets', from: '2020-01-01' },
] as const;

const day = fc.integer({ min: 1, max: 60 }).map((index) => daysOf(PERIOD)[index] ?? '2025-05-01');
const lease = fc.constantFrom(null, ...LEASE_TYPES);
/** Every control that reports the site somewhere. */
const control = fc.constantFrom<Control>(...CONTROLS.filter((name) => name !== 'outside'));
const controls = fc
  .tuple(control, lease, day, control, lease, fc.constantFrom(null, 3, 7, 13))
  .map(([first, firstLease, from, second, leaseType, category]): ControlFields[] => [
    { from: null, control: first, scope3Category: null, reason: null, leaseType: firstLease },
    { from, control: second, scope3Category: category, reason: 'let', leaseType },
  ]);
const approach = fc.constantFrom<ConsolidationApproach>(...CONSOLIDATION_APPROACHES);
const consolidation = fc.tuple(approach, day, approach).map(([first, from, second]) => [
  { from: null, approach: first },
  { from, approach: second },
]);
const tenant = fc.tuple(fc.constantFrom('tenancy' as const, 'resale' as const), lease, day);
const micro = fc.array(fc.integer({ min: 1, max: 900_000_000 }), { minLength: 5, maxLength: 5 });

/** Scopes 1, 2 and each scope 3 category of a figure, added up. */
function allCategories({ emissions }: RowSums) {
  const categories = [...emissions.scope3ByCategory.values()].reduce((sum, { kg }) => sum.plus(kg), ZERO);
  return emissions.scope1.plus(emissions.scope2).plus(categories);
}

t.test(
  'control, leases, approach and tenants move kilograms, and never change what they add up to (rules D1 to D3)',
  async (t) => {
    await holds(
      t,
      fc.property(controls, consolidation, tenant, micro, (held, approaches, [kind, leaseType, from], amounts) => {
        const days = METERS.flatMap((_, index) =>
          daysOf(PERIOD).map((date, number) =>
            wholeDay(index + 1, date, BigInt((amounts[index] ?? 0) + number * 7_919)),
          ),
        );
        const tenancies = [
          placedTenant('Works', { kind, leaseType, from, scope3Category: kind === 'resale' ? 3 : 13 }),
        ];
        const sharing = [
          placedTenant('Shop', { leaseType, from, floorAreaM2: 70 }),
          placedTenant('Bank', { leaseType, share: 0.3 }),
        ];
        const meters = METERS.map((meter) => ({ ...meter, tenancies: meter.key === 'SUB' ? tenancies : sharing }));
        const floorAreas = [{ from: null, areaM2: 210 }];
        const plain = figureOf(estateOf(METERS), days, { period: PERIOD }).figure.total;
        const moved = figureOf(
          estateOf(meters, [{ key: 'S', controls: held, floorAreas }], { consolidation: approaches }),
          days,
          {
            period: PERIOD,
            groupBy: ['scope3Category', 'portfolio'],
          },
        ).figure.total;
        const same = (a: RowSums, b: RowSums) => allCategories(a).minus(allCategories(b)).abs().lt('1e-20');
        const outside = plain.emissions.outsideOfScopes.minus(moved.emissions.outsideOfScopes).abs().lt('1e-20');
        return same(plain, moved) && outside && !allCategories(plain).isZero();
      }),
      60,
    );
  },
);
