import t from 'tap';
import { loadReferenceData } from '../../src/services/reference-data/load-reference-data.ts';
import { createFactorStore } from '../../src/stores/factor-store.ts';
import { createReferenceDataStore } from '../../src/stores/reference-data-store.ts';
import { createSeedFiles } from '../../src/stores/seed-files.ts';
import { testDatabase } from '../support/database.ts';
import { shippedSets } from '../support/shipped-sets.ts';

const database = await testDatabase(t);
const { pool, prisma } = database;
await loadReferenceData({ readSeedFile: createSeedFiles(), store: createReferenceDataStore(prisma) });
const store = createFactorStore(prisma);
const ALL = { set: null, keyPrefix: null, keys: null, unit: null, scope: null, text: null, after: null, limit: 5000 };

t.test('the active sets come back as they were shipped, number for number', async (t) => {
  const { sets } = shippedSets();
  const active = await store.activeFactorSets();
  t.same(
    active.map(({ id }) => id),
    [...sets.values()].map(({ edition }) => edition.id),
  );
  const numbers = (set: {
    factors: ReadonlyMap<string, { kgCo2e: unknown; kgCo2: unknown; scope: string; unit: string }>;
  }) =>
    [...set.factors]
      .map(([key, { kgCo2e, kgCo2, scope, unit }]) => `${key} ${scope} ${unit} ${kgCo2e} ${kgCo2}`)
      .sort();
  for (const set of active) {
    const seed = sets.get(set.year);
    t.same(numbers(set), numbers(seed ?? { factors: new Map() }), set.id);
    t.equal(set.fuelProperties.size, seed?.fuelProperties.size);
  }
  const pellets = active.find(({ id }) => id === 'uk-2024')?.fuelProperties.get('biomass.wood_pellets');
  t.equal(pellets?.grossKwhPerKg?.toFixed(), '5.193');
  t.equal(active[0]?.factors.get('gas.natural.gross_cv')?.kgCo2e, null, 'a blank comes back as null');
});

t.test('sets are listed with version, publication and the instants at which they were known and used', async (t) => {
  const listed = await store.listFactorSets();
  t.equal(listed.length, 17);
  const set = listed.find(({ id }) => id === 'uk-2019');
  t.match(set, { version: '1.03', year: 2019, publishedOn: '2020-07', gwp: 'AR4', active: true, factorCount: 120 });
  t.match(set?.licence, 'Contains public sector information licensed under the Open Government Licence v3.0.');
  t.ok(set?.recordedAt instanceof Date);
  t.same(set?.activatedAt, set?.recordedAt);
  t.equal(set?.supersededAt, null);
  t.match(listed.find(({ id }) => id === 'uk-2025')?.source, '8bfdb45b81ec4a88');
});

t.test('factors are found by set, key, unit and scope, in pages that neither repeat nor skip', async (t) => {
  const whole = await store.findFactors(ALL);
  t.equal(whole.length, 1448);
  const paged = [];
  for (let after = null as (typeof whole)[number] | null; ; ) {
    const page = await store.findFactors({ ...ALL, after, limit: 400 });
    paged.push(...page);
    after = page.at(-1) ?? null;
    if (page.length < 400) break;
  }
  t.same(
    paged.map(({ key, set }) => `${key} ${set}`),
    whole.map(({ key, set }) => `${key} ${set}`),
  );
  const hvo = await store.findFactors({
    ...ALL,
    set: { id: 'uk-2025', version: '1' },
    keyPrefix: 'fuel.hvo.',
    scope: '1',
  });
  t.same(
    hvo.map(({ key, kgCo2e, unit }) => `${key} ${kgCo2e} ${unit}`),
    [
      'fuel.hvo.gj 1.03677 GJ',
      'fuel.hvo.kg 0.04562 kg',
      'fuel.hvo.litre 0.03558 litre',
      'fuel.hvo.net_cv 0.003732372 kWh (Net CV)',
      'fuel.hvo.tonne 45.62 tonne',
    ],
  );
  const water = await store.findFactors({ ...ALL, keys: ['water.supply'], unit: 'm3' });
  t.equal(water.length, 17);
});

t.test('a key prefix is taken as it is written, not as a pattern', async (t) => {
  t.same(await store.findFactors({ ...ALL, keyPrefix: '%' }), []);
  t.same(await store.findFactors({ ...ALL, keyPrefix: 'fuel_' }), []);
  t.same(await store.findFactors({ ...ALL, keyPrefix: 'fuel\\' }), []);
  t.equal((await store.findFactors({ ...ALL, keyPrefix: 'biomass.wood_chips.tonne' })).length, 11);
});

t.test('the sets of an earlier moment are those that were active then', async (t) => {
  const newest = (await pool.query('select c.seq from clock c')).rows[0].seq;
  const first = (await pool.query('select min(c.seq) as seq from change c')).rows[0].seq;
  t.same(await store.activeFactorSets(BigInt(first) - 1n), [], 'nothing was known before the first change');

  // A corrected 2019 edition takes the place of the one that is active.
  const change = `insert into change (seq, recorded_at, kind, principal) values ($1, now(), 'factor-set', 'key:1') returning id`;
  const later = BigInt(newest) + 1n;
  const { id } = (await pool.query(change, [String(later)])).rows[0];
  await pool.query('update clock set seq = $1, config_seq = $1', [String(later)]);
  await pool.query(`update factor_set s set superseded_by = $1 where s.key = 'uk-2019'`, [id]);
  await pool.query(
    `insert into factor_set (key, version, year, title, publisher, gwp, licence, source, digest, change_id, activated_by)
     select s.key, '1.04', s.year, s.title, s.publisher, s.gwp, s.licence, s.source, 'x', $1, $1
       from factor_set s where s.key = 'uk-2019'`,
    [id],
  );
  await pool.query(`update factor_activation a set superseded_by = $1 where a.key = 'uk-2019'`, [id]);
  await pool.query(
    `insert into factor_activation (change_id, set_id, key)
     select $1, s.id, s.key from factor_set s where s.key = 'uk-2019' and s.version = '1.04'`,
    [id],
  );
  const versionAt = async (seq: bigint | null) =>
    (await store.activeFactorSets(seq)).filter(({ id }) => id === 'uk-2019').map(({ version }) => version);
  t.same(await versionAt(null), ['1.04']);
  t.same(await versionAt(later), ['1.04']);
  t.same(await versionAt(BigInt(newest)), ['1.03'], 'as it stood before the correction');
  const listed = (await store.listFactorSets()).filter((set) => set.id === 'uk-2019');
  t.same(
    listed.map(({ version, active }) => [version, active]),
    [
      ['1.03', false],
      ['1.04', true],
    ],
  );
});
