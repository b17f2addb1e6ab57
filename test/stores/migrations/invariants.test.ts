import pg from 'pg';
import t from 'tap';
import { testDatabase } from '../../support/database.ts';

type Row = Record<string, unknown>;

const halfHours = (count: number) => Array.from({ length: count }, () => 1);

/** A row that is right; each case below spoils it in one way. */
const ROWS: Record<string, Row> = {
  meter_day: {
    meter_id: 1,
    day: '2025-01-01',
    change_id: 5,
    origin: 1,
    actual_minutes: 1440,
    estimated_minutes: 0,
    resolution_minutes: 30,
    quantity: 48,
    intervals: halfHours(48),
  },
  meter_month: {
    meter_id: 1,
    month: '2025-01-01',
    change_id: 5,
    actual_minutes: 44_640,
    estimated_minutes: 0,
    quantity: 1,
  },
  meter_day_revision: {
    meter_id: 1,
    day: '2025-01-01',
    superseded_by: 6,
    change_id: 5,
    origin: 1,
    actual_minutes: 1440,
    estimated_minutes: 0,
    resolution_minutes: 30,
    quantity: 48,
    positions: [1, 2],
    intervals: [0, null],
  },
  billed_period: {
    meter_id: 1,
    start_day: '2025-01-01',
    end_day: '2025-02-01',
    quantity: 1,
    quality: 'A',
    quality_stated: true,
    change_id: 5,
  },
  settings_version: {
    change_id: 5,
    organisation: 'A Council',
    reporting_year_start: '04-01',
    consolidation: '[{"from": null, "approach": "operational-control"}]',
    reported_lines: [],
    return_to_sewer: 0.9,
    missing_share_max: 0.05,
    estimated_share_max: 0.2,
    significance_threshold: 0.05,
    superseded_by: 6,
  },
};

const SPOILT: [table: string, constraint: string, fields: Row][] = [
  ['meter_day', 'meter_day_quantity_check', { quantity: null }],
  ['meter_day', 'meter_day_quantity_check', { actual_minutes: 0 }],
  ['meter_day', 'meter_day_quantity_range_check', { quantity: 'NaN' }],
  ['meter_day', 'meter_day_estimated_check', { actual_minutes: 1410, estimated_minutes: 30 }],
  ['meter_day', 'meter_day_estimated_check', { estimated_quantity: 0 }],
  ['meter_day', 'meter_day_minutes_check', { actual_minutes: 1530 }],
  ['meter_day', 'meter_day_minutes_check', { actual_minutes: 1470, estimated_minutes: -30, estimated_quantity: 0 }],
  ['meter_day', 'meter_day_resolution_check', { intervals: null }],
  ['meter_day', 'meter_day_resolution_check', { resolution_minutes: null }],
  ['meter_day', 'meter_day_profile_check', { intervals: halfHours(47) }],
  ['meter_day', 'meter_day_profile_check', { resolution_minutes: 15 }],
  ['meter_day', 'meter_day_quality_check', { quality: 'AE' }],
  ['meter_day', 'meter_day_quality_check', { quality: 'A', intervals: null, resolution_minutes: null }],
  ['meter_day', 'meter_day_origin_check', { origin: 6 }],
  ['meter_month', 'meter_month_first_day_check', { month: '2025-01-02' }],
  ['meter_month', 'meter_month_quantity_check', { quantity: null }],
  ['meter_month', 'meter_month_minutes_check', { actual_minutes: 44_701 }],
  ['meter_day_revision', 'meter_day_revision_superseded_check', { superseded_by: 5 }],
  ['meter_day_revision', 'meter_day_revision_positions_check', { positions: [1] }],
  ['meter_day_revision', 'meter_day_revision_profile_check', { positions: null }],
  ['billed_period', 'billed_period_days_check', { end_day: '2025-01-01' }],
  ['billed_period', 'billed_period_quality_check', { quality: 'M' }],
  ['billed_period', 'billed_period_superseded_check', { superseded_by: 4 }],
  ['settings_version', 'settings_version_reporting_year_start_check', { reporting_year_start: '4-1' }],
  ['settings_version', 'settings_version_missing_share_max_check', { missing_share_max: 1.1 }],
  ['settings_version', 'settings_version_consolidation_check', { consolidation: '[]' }],
];

/** The constraint or unique index that refused the statement. */
async function brokenBy(statement: Promise<unknown>): Promise<string | undefined> {
  try {
    await statement;
    return 'none';
  } catch (error) {
    return error instanceof pg.DatabaseError ? error.constraint : String(error);
  }
}

t.test('what no reading or setting may be, the database itself refuses', async (t) => {
  const { pool } = await testDatabase(t);
  const insert = (table: string, row: Row) => {
    const columns = Object.keys(row);
    const places = columns.map((_, index) => `$${index + 1}`);
    return pool.query(`insert into ${table} (${columns}) values (${places})`, Object.values(row));
  };
  await pool.query('delete from settings_version');
  for (const [table, constraint, fields] of SPOILT) {
    const broken = await brokenBy(insert(table, { ...ROWS[table], ...fields }));
    t.equal(broken, constraint, JSON.stringify(fields));
  }
  for (const [table, row] of Object.entries(ROWS)) await t.resolves(insert(table, row), `${table} as it should be`);
});

t.test('the days of the clock changes, whole-empty days and days without a profile are right', async (t) => {
  const { pool } = await testDatabase(t);
  const insert = (day: string, minutes: number, intervals: (number | null)[] | null, quality: string | null) =>
    pool.query(
      `insert into meter_day (meter_id, day, change_id, origin, actual_minutes, estimated_minutes, resolution_minutes, quantity, quality, intervals)
       values (1, $1, 1, 1, $2, 0, $3, $4, $5, $6)`,
      [day, minutes, intervals === null ? null : 30, minutes === 0 ? null : 1, quality, intervals],
    );
  await t.resolves(insert('2025-03-30', 1380, halfHours(46), null));
  await t.resolves(insert('2025-10-26', 1500, halfHours(50), null));
  await t.resolves(insert('2025-10-27', 0, Array(48).fill(null), null));
  await t.resolves(insert('2025-10-28', 1440, null, null));
  await t.resolves(insert('2025-10-29', 1440, halfHours(48), 'AE'.repeat(24)));
});

t.test('of each thing there is at most one current version', async (t) => {
  const { pool } = await testDatabase(t);
  await pool.query("insert into site (id, key) overriding system value values (900, 'S')");
  const version = (changeId: number, supersededBy: number | null) =>
    pool.query('insert into site_version (site_id, change_id, superseded_by, name) values (900, $1, $2, $3)', [
      changeId,
      supersededBy,
      'S',
    ]);
  await version(1, 2);
  await version(2, null);
  t.equal(await brokenBy(version(3, null)), 'site_version_current_key');
  const settings = `insert into settings_version (change_id, organisation, reporting_year_start, consolidation,
    reported_lines, return_to_sewer, missing_share_max, estimated_share_max, significance_threshold)
    values ($1, 'A', '04-01', '[{}]', '{}', 1, 1, 1, 1)`;
  await pool.query('delete from settings_version');
  await pool.query(settings, [1]);
  t.equal(await brokenBy(pool.query(settings, [2])), 'settings_version_current_key');
  const second = pool.query('insert into clock (id, seq, config_seq, recorded_at) values (2, 0, 0, now())');
  t.equal(await brokenBy(second), 'clock_one_row_check');
});
