import fc from 'fast-check';
import t from 'tap';
import { ACTIVITIES, ACTIVITY_UNITS } from '../../src/domain/activities.ts';
import { roundKg, roundQuantity, sum } from '../../src/domain/decimal.ts';
import {
  type EmissionsBasis,
  emissionsOf,
  finalEnergy,
  fuelPropertyFor,
  ownGenerationLine,
  rememberingResolve,
} from '../../src/domain/emissions.ts';
import { factorLinesOf, fuelPropertyKey } from '../../src/domain/factor-lines.ts';
import type { Gas } from '../../src/domain/factor-resolution.ts';
import { FACTOR_SETS } from '../support/factor-sets.ts';
import { dec } from '../support/memory-estate.ts';
import { holds } from '../support/property.ts';

type Given = Partial<EmissionsBasis> & Pick<EmissionsBasis, 'activity'>;

function basisOf(given: Given): EmissionsBasis {
  return {
    unit: ACTIVITY_UNITS[given.activity][0] ?? 'kWh',
    calorificBasis: null,
    heatNetwork: null,
    control: 'operated',
    scope3Category: null,
    returnToSewer: dec('0.90'),
    heatEfficiency: null,
    ...given,
  };
}

function linesOf(quantity: number, year: number, given: Given, gas: Gas = 'co2e') {
  const basis = basisOf(given);
  const property = fuelPropertyFor(FACTOR_SETS, year, basis);
  return emissionsOf(dec(quantity), basis, [{ year, days: 1 }], rememberingResolve(FACTOR_SETS, gas), property);
}

/** Kilograms by line, rounded as on the way out; null where there is no factor. */
function kgOf(quantity: number, year: number, given: Given, gas: Gas = 'co2e'): Record<string, number | null> {
  const lines = linesOf(quantity, year, given, gas);
  return Object.fromEntries(lines.map(({ line, kg }) => [line, kg === null ? null : roundKg(kg)]));
}

type Worked = [name: string, quantity: number, year: number, given: Given, kg: Record<string, number | null>];

const WORKED: Worked[] = [
  [
    'electricity has five lines from the 2021 set on (rule B1)',
    10_000,
    2024,
    { activity: 'electricity' },
    { generation: 2070.5, 'td-losses': 183, 'wtt-generation': 459, 'wtt-td': 39.7, 'outside-of-scopes': 1150.7 },
  ],
  [
    'before, its biogenic CO2 is not quantified (rule B1)',
    1_000,
    2020,
    { activity: 'electricity' },
    { generation: 233.14, 'td-losses': 20.05, 'wtt-generation': 32.17, 'wtt-td': 2.77, 'outside-of-scopes': null },
  ],
  [
    'pellets by mass (rule B2)',
    20,
    2024,
    { activity: 'wood-pellets', unit: 'tonne' },
    { combustion: 1086.731, wtt: 3540, 'outside-of-scopes': 33543.6 },
  ],
  [
    'the same in kilograms',
    20_000,
    2024,
    { activity: 'wood-pellets', unit: 'kg' },
    { combustion: 1086.731, wtt: 3540, 'outside-of-scopes': 33543.6 },
  ],
  [
    'the same in net kWh (rule B2)',
    96_000,
    2024,
    { activity: 'wood-pellets', unit: 'kWh', calorificBasis: 'net' },
    { combustion: 1086.72, wtt: 3594.24, 'outside-of-scopes': 33600 },
  ],
  [
    'the same in gross kWh, converted by the published 4.8 and 5.193 kWh/kg (rule B2)',
    103_860,
    2024,
    { activity: 'wood-pellets', unit: 'kWh', calorificBasis: 'gross' },
    { combustion: 1086.72, wtt: 3594.24, 'outside-of-scopes': 33600 },
  ],
  [
    'metered heat is more fuel than heat (rule B2)',
    80_000,
    2024,
    { activity: 'wood-pellets', unit: 'kWh', calorificBasis: 'net', heatEfficiency: dec('0.85') },
    { combustion: 1065.412, wtt: 3523.765, 'outside-of-scopes': 32941.176 },
  ],
  [
    'pellets of 2026 take what the 2026 set lacks from 2025 (rules A4, B2)',
    20,
    2026,
    { activity: 'wood-pellets', unit: 'tonne' },
    { combustion: 1145.05, wtt: 3540, 'outside-of-scopes': 33543.6 },
  ],
  [
    'forecourt diesel has a biogenic share (rule B3)',
    1_000,
    2025,
    { activity: 'diesel', unit: 'litre' },
    { combustion: 2570.82, wtt: 611.01, 'outside-of-scopes': 140 },
  ],
  [
    'HVO is nearly all biogenic (rule B3)',
    1_000,
    2025,
    { activity: 'hvo', unit: 'litre' },
    { combustion: 35.58, wtt: 564.39, 'outside-of-scopes': 2430 },
  ],
  ['natural gas', 100_000, 2025, { activity: 'natural-gas' }, { combustion: 18296, wtt: 3021 }],
  [
    'heat from a network bears its losses (rule B5)',
    80_000,
    2025,
    { activity: 'district-heat', heatNetwork: 'district' },
    { heat: 14023.2, 'distribution-loss': 756, wtt: 2672.8, 'wtt-loss': 140.8 },
  ],
  [
    'heat from a plant on the site does not (rule B5)',
    80_000,
    2025,
    { activity: 'district-heat', heatNetwork: 'none' },
    { heat: 14023.2, wtt: 2672.8 },
  ],
  [
    "heat of the council's own energy centre has no lines: its fuel has them (rule B6)",
    80_000,
    2025,
    { activity: 'district-heat', heatNetwork: 'council' },
    {},
  ],
  [
    'water with the assumed share (rule B7)',
    1_000,
    2024,
    { activity: 'water' },
    { supply: 153.11, treatment: 167.166 },
  ],
  [
    'water that never reaches the sewer (rule B7)',
    1_000,
    2024,
    { activity: 'water', returnToSewer: dec(0) },
    { supply: 153.11, treatment: 0 },
  ],
];

for (const [name, quantity, year, given, kg] of WORKED)
  t.test(name, async (t) => t.same(kgOf(quantity, year, given), kg));

t.test('water in all: 320.276 kg for 1,000 m³ (rule B7)', async (t) => {
  t.equal(roundKg(sum(linesOf(1_000, 2024, { activity: 'water' }).flatMap(({ kg }) => kg ?? []))), 320.276);
});

t.test('a heat meter counted beside its fuel would add 14,023.200 kg (rule B6)', async (t) => {
  t.equal(kgOf(100_000, 2025, { activity: 'natural-gas' }).combustion, 18296);
  t.equal(kgOf(80_000, 2025, { activity: 'district-heat' }).heat, 14023.2);
});

t.test('gas=co2 takes the published part of each line, or none (rule A6)', async (t) => {
  t.same(kgOf(1_000_000, 2025, { activity: 'electricity' }, 'co2'), {
    generation: 174890,
    'td-losses': 18340,
    'wtt-generation': null,
    'wtt-td': null,
    'outside-of-scopes': 115070,
  });
});

t.test('a line says which factor it took, of which quantity, or why it has none', async (t) => {
  const [combustion] = linesOf(103_860, 2024, { activity: 'wood-pellets', unit: 'kWh', calorificBasis: 'gross' });
  t.match(combustion, { scope: 1, quantityUnit: 'kWh (Net CV)', factorKey: 'biomass.wood_pellets.kwh', reason: null });
  t.equal(combustion?.quantity.toString(), '96000');

  const outside = linesOf(1, 2020, { activity: 'electricity' }).at(-1);
  t.match(outside, { factor: null, kg: null, reason: /no factor for electricity.grid.biogenic_outside_scopes/ });

  const noValues = emissionsOf(
    dec(1),
    basisOf({ activity: 'wood-pellets', unit: 'kWh', calorificBasis: 'gross' }),
    [{ year: 2024, days: 1 }],
    rememberingResolve(FACTOR_SETS, 'co2e'),
    null,
  );
  t.same(
    noValues.map(({ kg, reason }) => [kg, reason]),
    noValues.map(() => [null, 'no calorific values are published for wood-pellets']),
  );
});

t.test('calorific values are those of the year, else older ones, else the oldest published', async (t) => {
  const pellets = basisOf({ activity: 'wood-pellets' });
  t.match(fuelPropertyFor(FACTOR_SETS, 2025, pellets)?.source, /2025/);
  t.match(fuelPropertyFor(FACTOR_SETS, 2026, pellets)?.source, /2025/);
  t.match(fuelPropertyFor(FACTOR_SETS, 2019, pellets)?.source, /2024/);
  t.equal(fuelPropertyFor(FACTOR_SETS, 2024, basisOf({ activity: 'electricity' })), null);
  t.equal(fuelPropertyKey('water'), null);
});

t.test('a total counts fuel at gross calorific value (rule B9)', async (t) => {
  const counted = (quantity: number, given: Given) => {
    const basis = basisOf(given);
    const { value, unit } = finalEnergy(dec(quantity), basis, fuelPropertyFor(FACTOR_SETS, 2024, basis));
    return `${roundQuantity(value)} ${unit}`;
  };
  const pellets: Given = { activity: 'wood-pellets', unit: 'kWh' };
  t.equal(counted(96_000, { ...pellets, calorificBasis: 'net' }), '103860 kWh');
  t.equal(counted(103_860, { ...pellets, calorificBasis: 'gross' }), '103860 kWh');
  t.equal(counted(81_600, { ...pellets, calorificBasis: 'net', heatEfficiency: dec('0.85') }), '103860 kWh');
  t.equal(counted(20, { ...pellets, unit: 'tonne' }), '103860 kWh');
  t.equal(counted(20_000, { ...pellets, unit: 'kg' }), '103860 kWh');
  t.equal(counted(1_000, { activity: 'gas-oil', unit: 'litre' }), '10742 kWh');
  t.equal(counted(1_000, { activity: 'lpg', unit: 'litre' }), '7259 kWh');
  t.equal(counted(1, { activity: 'lpg', unit: 'tonne' }), '13704 kWh');
  t.equal(counted(1_000, { activity: 'hvo', unit: 'litre' }), '1000 litre', 'no property is published');
  t.equal(counted(1_000, { activity: 'water', unit: 'm3' }), '1000 m3', 'water is no energy');
  t.equal(counted(1_000, { activity: 'natural-gas' }), '1000 kWh', 'gas is gross already');
  t.equal(counted(1_000, { activity: 'hvo', unit: 'kWh', calorificBasis: 'net' }), '1000 kWh', 'nothing to convert by');
});

t.test('own generation used on the site is scope 1 and zero, and leaves with the site (rule B4)', async (t) => {
  const line = ownGenerationLine(dec(6_000), 'operated', null);
  t.match(line, { line: 'own-generation', scope: 1, category: null, reason: null });
  t.equal(line?.kg?.toString(), '0');
  t.match(ownGenerationLine(dec(6_000), 'leased-out', null), { scope: 3, category: 13, upstream: false });
  t.equal(ownGenerationLine(dec(6_000), 'outside', null), null);
});

t.test('every activity has lines in each of its units, no two of the same name', async (t) => {
  for (const activity of ACTIVITIES)
    for (const unit of ACTIVITY_UNITS[activity]) {
      const lines = factorLinesOf({ activity, unit, calorificBasis: 'net', heatNetwork: null }).map(({ line }) => line);
      // Waste water is treated and nothing else: its supply is another meter's.
      t.ok(lines.length >= (activity === 'wastewater' ? 1 : 2), `${activity} in ${unit}`);
      t.equal(new Set(lines).size, lines.length);
    }
});

t.test('a factor that is asked for again is the one found before, and other years have their own', async (t) => {
  const resolve = rememberingResolve(FACTOR_SETS, 'co2e');
  const [first, second] = [[{ year: 2024, days: 1 }], [{ year: 2025, days: 1 }]];
  t.equal(resolve(first, 'gas.natural.gross_cv'), resolve(first, 'gas.natural.gross_cv'));
  t.match(resolve(second, 'gas.natural.gross_cv'), { sources: [{ set: { year: 2025 } }] });
  t.match(resolve(first, 'gas.natural.gross_cv'), { sources: [{ set: { year: 2024 } }] });
  t.match(resolve(first, 'gas.natural.wtt.gross_cv'), { sources: [{ factor: { key: 'gas.natural.wtt.gross_cv' } }] });
});

t.test('emissions scale with the quantity, whatever the activity, unit and control', async (t) => {
  const basis = fc.constantFrom(...ACTIVITIES).chain((activity) =>
    fc.record({
      activity: fc.constant(activity),
      unit: fc.constantFrom(...ACTIVITY_UNITS[activity]),
      calorificBasis: fc.constantFrom('gross' as const, 'net' as const),
      control: fc.constantFrom('operated' as const, 'leased-out' as const, 'outsourced' as const),
    }),
  );
  const micro = fc.integer({ min: -1_000_000_000, max: 1_000_000_000 });
  holds(
    t,
    fc.property(
      basis,
      micro,
      fc.integer({ min: 2, max: 1_000 }),
      fc.integer({ min: 2016, max: 2026 }),
      (given, q, n, year) => {
        const once = linesOf(q / 1_000, year, given);
        const often = linesOf((q * n) / 1_000, year, given);
        return once.every(({ kg }, index) => {
          const scaled = often[index]?.kg;
          if (kg === null || scaled === null || scaled === undefined) return kg === (scaled ?? null);
          return scaled.minus(kg.times(n)).abs().lt('1e-20');
        });
      },
    ),
  );
});
