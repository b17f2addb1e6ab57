import t from 'tap';
import { ACTIVITIES, ACTIVITY_UNITS, LINES } from '../../src/domain/activities.ts';
import { BOUNDARY_REASONS, CONTROLS, type Control, placeLine } from '../../src/domain/control.ts';
import { factorLinesOf } from '../../src/domain/factor-lines.ts';
import { structuralChanges } from '../../src/domain/structural-change.ts';
import { partOf } from '../../src/domain/targets/target.ts';
import { estateOf, type SiteFields } from '../support/memory-estate.ts';

type Place = { scope: 1 | 2 | 3 | 'outside'; category: number | null; upstream: boolean } | null;

const own = (scope: 1 | 2): Place => ({ scope, category: null, upstream: false });
const cat = (category: number, upstream = false): Place => ({ scope: 3, category, upstream });

t.test('a control puts fuel, electricity, upstream lines and water where the table says (rule D1)', async (t) => {
  const table: [control: Control, fuel: Place, power: Place, upstream: Place, supply: Place, treatment: Place][] = [
    ['operated', own(1), own(2), cat(3), cat(1), cat(5)],
    ['leased-in', cat(8), cat(8), cat(8, true), cat(8, true), cat(8, true)],
    ['leased-out', cat(13), cat(13), cat(13, true), cat(13, true), cat(13, true)],
    ['outsourced', cat(1), cat(1), cat(1, true), cat(1, true), cat(1, true)],
    ['investee', cat(15), cat(15), cat(15, true), cat(15, true), cat(15, true)],
    ['outside', null, null, null, null, null],
  ];
  t.same(
    table.map(([control]) => control),
    CONTROLS,
    'every control is in the table',
  );
  for (const [control, fuel, power, upstream, supply, treatment] of table) {
    t.same(placeLine('combustion', 1, control, null), fuel, `${control}: fuel`);
    t.same(placeLine('generation', 2, control, null), power, `${control}: electricity`);
    t.same(placeLine('heat', 2, control, null), power, `${control}: heat`);
    for (const line of ['td-losses', 'wtt-generation', 'wtt-td', 'wtt', 'distribution-loss', 'wtt-loss'] as const)
      t.same(placeLine(line, 3, control, null), upstream, `${control}: ${line}`);
    t.same(placeLine('supply', 3, control, null), supply, `${control}: supply`);
    t.same(placeLine('treatment', 3, control, null), treatment, `${control}: treatment`);
  }
});

t.test('CO2 outside of scopes stays outside wherever the site is reported, and a stated category wins', async (t) => {
  for (const control of ['operated', 'leased-out', 'investee'] as const)
    t.same(placeLine('outside-of-scopes', 'outside', control, 9), {
      scope: 'outside',
      category: null,
      upstream: false,
    });
  t.same(placeLine('combustion', 1, 'outsourced', 8), cat(8));
});

t.test('a site that leaves scopes 1 and 2 leaves none of its lines behind', async (t) => {
  for (const activity of ACTIVITIES)
    for (const { line, scope } of factorLinesOf({
      activity,
      unit: ACTIVITY_UNITS[activity][0] ?? 'kWh',
      calorificBasis: 'net',
      heatNetwork: null,
    })) {
      const placed = placeLine(line, scope, 'leased-out', null);
      t.match(placed, line === 'outside-of-scopes' ? { scope: 'outside' } : { scope: 3, category: 13 }, line);
    }
  t.equal(new Set(LINES).size, LINES.length);
});

const SITES: SiteFields[] = [
  { key: 'bought', opened: { on: '2021-05-01', reason: 'acquired' } },
  { key: 'built', opened: { on: '2021-05-01', reason: 'built' } },
  { key: 'sold', closed: { on: '2022-05-01', reason: 'sold' } },
  { key: 'demolished', closed: { on: '2022-05-01', reason: 'demolished' } },
  { key: 'before', closed: { on: '2018-05-01', reason: 'sold' } },
  {
    key: 'let',
    controls: [
      { from: null, control: 'operated', scope3Category: null, reason: null },
      { from: '2022-04-01', control: 'leased-out', scope3Category: null, reason: 'let' },
      { from: '2024-04-01', control: 'operated', scope3Category: null, reason: 'let-ended' },
    ],
  },
  {
    key: 'academy',
    controls: [
      { from: null, control: 'operated', scope3Category: null, reason: null },
      { from: '2023-09-01', control: 'outside', scope3Category: null, reason: 'academised' },
    ],
  },
];

t.test('transfers are structural, growth and decline are not; each reason is one or the other (rule D5)', async (t) => {
  const changes = structuralChanges(
    estateOf([], SITES),
    { part: partOf(undefined), keepsScope3: false },
    '2019-04-01',
    '2025-04-01',
  );
  t.same(changes.map(({ site, direction, on }) => `${site} ${direction} ${on}`).sort(), [
    'academy left 2023-09-01',
    'bought joined 2021-05-01',
    'let joined 2024-04-01',
    'let left 2022-04-01',
    'sold left 2022-05-01',
  ]);
  t.equal(Object.values(BOUNDARY_REASONS).filter((kind) => kind === 'structural').length, 9);
  t.equal(Object.values(BOUNDARY_REASONS).filter((kind) => kind === 'organic').length, 5);
});

t.test('a leaver that stays inside the scopes of a target is not structural for it (rule D5)', async (t) => {
  const changes = structuralChanges(
    estateOf([], SITES),
    { part: partOf(undefined), keepsScope3: true },
    '2019-04-01',
    '2025-04-01',
  );
  t.same(changes.map(({ site }) => site).sort(), ['academy', 'bought', 'sold']);
});
