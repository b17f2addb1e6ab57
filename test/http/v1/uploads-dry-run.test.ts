import t from 'tap';
import type { DryRunAnswer } from '../../../src/http/v1/uploads/dry-run-schemas.ts';
import { testApp } from '../../support/app.ts';
import { writeEstate } from '../../support/estate.ts';
import { dayHeader, dayRow, numbered, sendBadFile, sendFile, storedDays } from '../../support/uploads.ts';

const service = await testApp(t);
await writeEstate(service, [{ meter: 'E1' }, { meter: 'E2', serials: ['S-77'] }, { meter: 'X1', direction: 'export' }]);
const { pool } = service.database;

/** What an upload could leave behind, counted. */
async function footprint(): Promise<object> {
  const { rows } = await pool.query(`
    select (select seq from clock) as seq, (select count(*) from upload) as uploads, (select count(*) from kept_file) as files,
      (select count(*) from meter_day) as days, (select count(*) from change) as changes`);
  return rows[0];
}

/** Looks at a file, and makes sure that nothing is left of it. */
async function lookAt(query: string, file: string | Buffer) {
  const before = await footprint();
  const { status, body } = await sendFile<DryRunAnswer>(service, `?dryRun=true${query}`, file);
  t.strictSame(await footprint(), before, 'nothing is stored, not even a record');
  t.equal(status, 200, JSON.stringify(body).slice(0, 500));
  return body;
}

const total = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);
const withTotal = (meter: string, day: string, values: number[], sum: number | string = total(values)) =>
  `${dayRow(meter, day, values)},${sum}`;

const FILE = [
  'Half-hourly data,January 2025',
  `${dayHeader()},Total`,
  withTotal('E1', '2025-01-30', numbered(48)),
  withTotal('E1', '2025-01-31', numbered(48), 1_200.5),
  withTotal('E1', '2025-02-01', numbered(48)).replace(',48,', ',,'),
  withTotal('S-77', '2025-01-31', numbered(48, 100)),
  withTotal('E9', '2025-01-31', numbered(48)),
  withTotal('E9', '2025-02-01', numbered(48)),
  withTotal('E2', '2025-02-01', numbered(48)).replace(',17,', ',oops,'),
].join('\n');

t.test('200: a dry run says how the file is understood and what it comes to, and stores nothing', async (t) => {
  const found = await lookAt('', FILE);
  t.match(found, {
    tables: [{ file: null, keptLayout: null }],
    questions: [],
    rows: { read: 7, accepted: 4, refused: 3, skipped: 0 },
    meters: [
      { meter: 'E1', rows: 3 },
      { meter: 'E2', rows: 2 },
    ],
    unknownMeters: [{ text: 'E9', code: 'unknown-meter', rows: 2 }],
    unknownMeterRows: 2,
    days: { new: 4, changed: 0, unchanged: 0, refused: 0 },
    refusalCount: 3,
  });
  const decisions = found.tables.flatMap((table) => table.decisions);
  t.ok(decisions.length > 0 && decisions.every(({ reason }) => reason.length > 0));
  t.strictSame(found.controlTotals, [
    sumOf('E1', '2025-01', 1_176 * 2, 96, 0, 2, '2025-01-30', '2025-01-31'),
    sumOf('E1', '2025-02', 1_176 - 48, 47, 1, 1, '2025-02-01', '2025-02-01'),
    sumOf('E2', '2025-01', total(numbered(48, 100)), 48, 0, 1, '2025-01-31', '2025-01-31'),
  ]);
  t.strictSame(found.totals, {
    rowsAgree: 2,
    rowsDiffer: 2,
    differences: [
      { line: 4, total: 1_200.5, sum: 1_176, difference: 24.5 },
      { line: 5, total: 1_176, sum: 1_128, difference: 48 },
    ],
  });
  t.strictSame(
    found.refusals.map(({ line, code, value }) => [line, code, value]),
    [
      [7, 'unknown-meter', 'E9'],
      [8, 'unknown-meter', 'E9'],
      [9, 'not-a-number', 'oops'],
    ],
  );
});

function sumOf(
  meter: string,
  month: string,
  quantity: number,
  values: number,
  missing: number,
  days: number,
  firstDay: string,
  lastDay: string,
) {
  return { meter, unit: 'kWh', month, firstDay, lastDay, days, quantity, values, missing, estimated: 0 };
}

t.test('the layout that is proposed is the document that keeping it takes, and reads the file alike', async (t) => {
  const { tables, controlTotals } = await lookAt('', FILE);
  const layout = tables[0]?.layout;
  t.match(layout, { shape: 'day-rows', headerLine: 2, resolutionMinutes: 30 });
  t.equal(layout?.header?.length, 51);
  t.equal((await service.send('PUT', '/v1/layouts/january', { body: layout })).statusCode, 201);
  const again = await lookAt('', FILE);
  t.match(again.tables, [
    { keptLayout: 'january', decisions: [{ about: 'layout', value: 'january', certainty: 'certain' }] },
  ]);
  t.strictSame(again.controlTotals, controlTotals);
  t.strictSame(again.tables[0]?.layout, layout);
  await service.send('DELETE', '/v1/layouts/january');
});

t.test('while a question is open, what does not depend on the answer is told', async (t) => {
  const days = ['2025-06-01', '2025-06-02', '2025-06-03', '2025-06-04'];
  const june = days.map((day) => withTotal('E1', day, numbered(48)));
  const file = [`${dayHeader()},Total`, ...june, withTotal('E9', '2025-06-01', numbered(48))].join('\n');
  const open = await lookAt('', file);
  t.match(open.questions, [{ parameter: 'clock' }]);
  t.match(open, {
    meters: [{ meter: 'E1', rows: 4 }],
    unknownMeters: [{ text: 'E9', rows: 1 }],
    totals: { rowsAgree: 4, rowsDiffer: 0 },
  });
  t.notOk('controlTotals' in open || 'days' in open);
  t.strictSame(open.rows, { read: 5, skipped: 0 });
  t.notOk(
    open.tables.some((table) => 'clock' in table.layout),
    'what is open is not proposed',
  );
  const answered = await lookAt('&clock=utc', file);
  t.strictSame(answered.questions, []);
  t.match(answered.controlTotals, [{ quantity: 4 * 1_176, values: 192, missing: 48 }]);
  t.equal(answered.tables[0]?.layout.clock, 'utc');
});

t.test('what is stored already is told apart from what is new or changed', async (t) => {
  const rows = [dayRow('E1', '2025-01-10', numbered(48)), dayRow('E1', '2025-01-11', numbered(48))];
  t.equal((await sendFile(service, '', [dayHeader(), ...rows].join('\n'))).status, 201);
  const next = [
    ...rows.slice(1),
    dayRow('E1', '2025-01-10', numbered(48, 2)),
    dayRow('E1', '2025-01-12', numbered(48)),
  ];
  const found = await lookAt('', [dayHeader(), ...next].join('\n'));
  t.strictSame(found.days, { new: 1, changed: 1, unchanged: 1, refused: 0 });
  const stored = await storedDays(service, ['E1']);
  t.equal(stored[0]?.intervals[0], 1, 'the stored day is as it was');
});

t.test('an upload says where totals differ, and stores the values', async (t) => {
  const days = ['2025-01-15', '2025-01-16', '2025-01-17', '2025-01-18', '2025-01-19'];
  const good = days.map((day) => withTotal('E2', day, numbered(48)));
  const file = [`${dayHeader()},Total`, withTotal('E2', '2025-01-20', numbered(48), 99), ...good].join('\n');
  const { status, body } = await sendFile(service, '', file);
  t.equal(status, 201);
  t.match(body.notices, [{ code: 'total-differs', detail: /line 2: 99, and the values add up to 1176/ }]);
  const rounded = [
    `${dayHeader()},Total`,
    withTotal(
      'E2',
      '2025-01-21',
      numbered(48).map((n) => n + 0.004),
      '1176.2',
    ),
  ];
  t.strictSame((await sendFile(service, '', rounded.join('\n'))).body.notices, [], 'a total may be rounded');
});

t.test('422: a dry run of what cannot be read is refused like an upload, and leaves nothing', async (t) => {
  const before = await footprint();
  const { status, body } = await sendBadFile(service, '?dryRun=true', 'a,b\n1,2\n');
  t.equal(status, 422);
  t.match(body.type, /unreadable-file/);
  t.equal((await sendBadFile(service, '?dryRun=yes', FILE)).status, 400);
  t.strictSame(await footprint(), before);
});
