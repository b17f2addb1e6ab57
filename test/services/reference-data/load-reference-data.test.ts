import t, { type Test } from 'tap';
import type { ReadSeedFile } from '../../../src/services/reference-data/load-reference-data.ts';
import { loadReferenceData } from '../../../src/services/reference-data/load-reference-data.ts';
import type { Database } from '../../../src/stores/database.ts';
import { createReferenceDataStore } from '../../../src/stores/reference-data-store.ts';
import { createSeedFiles } from '../../../src/stores/seed-files.ts';
import { testDatabase } from '../../support/database.ts';

/** A database as it is before its first start. */
async function blankDatabase(t: Test): Promise<Database> {
  const database = await testDatabase(t);
  await database.pool.query(
    `truncate factor_set, factor, fuel_property, target, target_version, settings_version, change, change_key restart identity cascade`,
  );
  await database.pool.query('update clock set seq = 0, config_seq = 0');
  return database;
}

const load = ({ prisma }: Database, readSeedFile: ReadSeedFile = createSeedFiles()) =>
  loadReferenceData({ readSeedFile, store: createReferenceDataStore(prisma) });

/** Everything a load can write, as text, to be compared. */
async function stateOf({ pool }: Database): Promise<unknown> {
  const tables = [
    'clock',
    'change',
    'factor_set',
    'factor',
    'fuel_property',
    'target',
    'target_version',
    'settings_version',
  ];
  const rows = await Promise.all(
    tables.map((table) => pool.query(`select x::text as row from ${table} x order by x::text`)),
  );
  return rows.map((result) => result.rows);
}

const count = async ({ pool }: Database, table: string): Promise<number> =>
  Number((await pool.query(`select count(*) as n from ${table}`)).rows[0].n);

t.test('an empty database gets every set active, the targets and the first settings, as one change', async (t) => {
  const database = await blankDatabase(t);
  const loaded = await load(database);
  t.equal(loaded.factorSets.length, 17);
  t.equal(loaded.factorSets[9], 'uk-2019 1.03');
  t.equal(loaded.targets.length, 8);
  t.equal(loaded.settings, true);
  t.same(loaded.warnings, []);

  const { rows: sets } = await database.pool.query(
    'select s.key from factor_set s where s.activated_by = s.change_id and s.superseded_by is null',
  );
  t.equal(sets.length, 17);
  t.equal(await count(database, 'factor'), 1448);
  t.equal(await count(database, 'fuel_property'), 29);
  t.equal(await count(database, 'target_version'), 8);

  const { rows: clock } = await database.pool.query('select c.seq, c.config_seq from clock c');
  t.same(clock, [{ seq: '1', config_seq: '1' }]);
  const { rows: changes } = await database.pool.query('select c.seq, c.kind, c.principal, c.upload_id from change c');
  t.same(changes, [{ seq: '1', kind: 'reference-data', principal: 'system', upload_id: null }]);
});

t.test('the numbers are stored digit for digit, and a blank is NULL and not 0', async (t) => {
  const database = await blankDatabase(t);
  await load(database);
  const numberOf = async (set: string, key: string) => {
    const { rows } = await database.pool.query(
      'select f.kg_co2e::text as n from factor f join factor_set s on s.id = f.set_id where s.key = $1 and f.key = $2',
      [set, key],
    );
    return rows.map(({ n }) => n);
  };
  t.same(await numberOf('uk-2023', 'electricity.grid.generation'), ['0.2070742886']);
  t.same(await numberOf('uk-2010', 'gas.natural.gross_cv'), [null]);
  t.same(await numberOf('uk-2024', 'biogas.landfill_gas.wtt.kwh'), ['0']);
  t.same(await numberOf('uk-2026', 'biomass.wood_pellets.wtt.tonne'), [], 'a line the edition lacks has no row');
});

t.test('the first settings are the documented ones', async (t) => {
  const database = await blankDatabase(t);
  await load(database);
  const { rows } = await database.pool.query('select * from settings_version');
  t.match(rows, [
    {
      superseded_by: null,
      organisation: 'Unnamed council',
      reporting_year_start: '04-01',
      consolidation: [{ from: null, approach: 'operational-control' }],
      reported_lines: ['all'],
      return_to_sewer: '0.9',
      missing_share_max: '0.05',
      estimated_share_max: '0.2',
      significance_threshold: '0.05',
    },
  ]);
});

t.test('loading again writes nothing, leaves the clock and reads no factor table', async (t) => {
  const database = await blankDatabase(t);
  await load(database);
  const before = await stateOf(database);
  const read: string[] = [];
  const files = createSeedFiles();
  const again = await load(database, (name) => {
    read.push(name);
    return files(name);
  });
  t.same(again, { factorSets: [], targets: [], revisedTargets: [], settings: false, warnings: [] });
  t.same(await stateOf(database), before);
  t.same(read.sort(), ['factors/editions.json', 'targets.json']);
});

t.test('two processes that load at once make one change between them', async (t) => {
  const database = await blankDatabase(t);
  const loads = await Promise.all([load(database), load(database), load(database)]);
  t.same(loads.map(({ factorSets }) => factorSets.length).sort(), [0, 0, 17]);
  t.equal(await count(database, 'change'), 1);
  t.equal(await count(database, 'factor'), 1448);
  t.equal(await count(database, 'target_version'), 8);
  t.equal(await count(database, 'settings_version'), 1);
});

t.test('a stored set with other figures is left alone and warned of at every start', async (t) => {
  const database = await blankDatabase(t);
  await load(database);
  await database.pool.query(`update factor_set s set digest = 'of other figures' where s.key = 'uk-2019'`);
  await database.pool.query('update factor f set kg_co2e = 9 where f.key = $1', ['electricity.grid.generation']);
  const before = await stateOf(database);
  for (const start of ['first', 'second']) {
    const { warnings, ...written } = await load(database);
    t.same(written, { factorSets: [], targets: [], revisedTargets: [], settings: false }, `${start} start`);
    t.equal(warnings.length, 1);
    t.match(warnings[0], /uk-2019 1\.03 .*stored digest of other figures.*published sets are never edited/);
  }
  t.same(await stateOf(database), before);
});

t.test('a set that is missing is added beside the others and the active one of its key stays active', async (t) => {
  const database = await blankDatabase(t);
  await load(database);
  await database.pool.query(`update factor_set s set version = '1.02' where s.key = 'uk-2019'`);
  const { factorSets, warnings } = await load(database);
  t.same(factorSets, ['uk-2019 1.03']);
  t.match(warnings, [/uk-2019 1\.03 was added and is not active: 1\.02 is/]);
  const { rows } = await database.pool.query(
    `select s.version, s.activated_by is not null as active from factor_set s where s.key = 'uk-2019' order by s.version`,
  );
  t.same(rows, [
    { version: '1.02', active: true },
    { version: '1.03', active: false },
  ]);
  t.equal(await count(database, 'change'), 2);
});

t.test(
  'a target or a setting that the council changed is not touched, and a target it dropped stays away',
  async (t) => {
    const database = await blankDatabase(t);
    await load(database);
    await database.pool.query(`update settings_version set organisation = 'Coventry City Council'`);
    await database.pool.query(`update target_version set superseded_by = 99`);
    const before = await stateOf(database);
    t.same(await load(database), { factorSets: [], targets: [], revisedTargets: [], settings: false, warnings: [] });
    t.same(await stateOf(database), before);
  },
);

t.test(
  'a target of an older release is worded anew, what it was is kept, and what the council wrote is left',
  async (t) => {
    const database = await blankDatabase(t);
    await load(database);
    const older = `update target_version v set adopted_on = null from target t where t.id = v.target_id and t.key = $1`;
    for (const key of ['wmca-2041', 'uk-net-zero-2050', 'uk-ndc-2035']) await database.pool.query(older, [key]);
    const change = `insert into change (id, seq, recorded_at, kind, principal) values ($1, $1, now(), 'target', 'Ann')`;
    await database.pool.query(change, [50]);
    const written = `update target_version v set change_id = 50 from target t where t.id = v.target_id and t.key = $1`;
    await database.pool.query(written, ['uk-net-zero-2050']);
    const deleted = `update target_version v set superseded_by = 50 from target t where t.id = v.target_id and t.key = $1`;
    await database.pool.query(deleted, ['uk-ndc-2035']);
    t.same((await load(database)).revisedTargets, ['wmca-2041']);
    const { rows } = await database.pool.query(
      `select t.key, v.adopted_on, v.superseded_by is null as stands from target_version v join target t on t.id = v.target_id
        where t.key in ('wmca-2041', 'uk-net-zero-2050', 'uk-ndc-2035') order by t.key, v.change_id`,
    );
    t.same(rows, [
      { key: 'uk-ndc-2035', adopted_on: null, stands: false },
      { key: 'uk-net-zero-2050', adopted_on: null, stands: true },
      { key: 'wmca-2041', adopted_on: null, stands: false },
      { key: 'wmca-2041', adopted_on: '2019-07', stands: true },
    ]);
    const before = await stateOf(database);
    t.same((await load(database)).revisedTargets, []);
    t.same(await stateOf(database), before);
  },
);

t.test('damaged figures stop the load before anything is written', async (t) => {
  const database = await blankDatabase(t);
  const before = await stateOf(database);
  const files = createSeedFiles();
  const damaged: ReadSeedFile = async (name) => (await files(name)).replace(',0.2556,', ',0.2566,');
  await t.rejects(load(database, damaged), { message: /uk-2019 1\.03 has digest .*, editions\.json says/ });
  const negative: ReadSeedFile = async (name) => (await files(name)).replace(',0.2556,', ',-0.2556,');
  await t.rejects(load(database, negative), { message: /kg_co2e_per_unit is '-0\.2556'/ });
  t.same(await stateOf(database), before);
});
