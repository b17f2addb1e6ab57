import t from 'tap';
import { ACTIVITIES } from '../../src/domain/activities.ts';
import { factorKeysOf } from '../../src/domain/factor-keys.ts';
import { shippedSets } from '../support/shipped-sets.ts';

/** What figures may ask for and no edition publishes: each is a gap named in prisma/seed/factors/README.md. */
const UNPUBLISHED = [
  'fuel.diesel_blend.outside_scopes.gross_cv',
  'fuel.hvo.gross_cv',
  'fuel.hvo.outside_scopes.gross_cv',
  'fuel.hvo.wtt.gross_cv',
];

t.test('every factor that figures may take is published in some edition, but for the known gaps', async (t) => {
  const published = new Set([...shippedSets().sets.values()].flatMap(({ factors }) => [...factors.keys()]));
  const asked = new Set(ACTIVITIES.flatMap(factorKeysOf));
  t.same([...asked].filter((key) => !published.has(key)).sort(), UNPUBLISHED);
});

t.test('an activity names the factors of all its units and networks', async (t) => {
  t.same(factorKeysOf('water'), ['water.supply', 'water.treatment']);
  t.ok(factorKeysOf('district-heat').includes('heat.onsite'));
  t.ok(factorKeysOf('diesel').includes('fuel.diesel_blend.outside_scopes.litre'));
  t.notOk(factorKeysOf('electricity').includes('electricity.grid.generation_rolling_average'));
});
