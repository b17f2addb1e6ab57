import { createHash } from 'node:crypto';
import t from 'tap';
import { testApp } from '../../support/app.ts';
import { ask, writeEstate } from '../../support/estate.ts';
import { dayHeader, dayRow, numbered, sendBadFile, sendFile, storedDays } from '../../support/uploads.ts';

const service = await testApp(t);
const METERS = ['L1', 'U1', 'S1', 'LEN', 'TWICE', 'FIX', 'KEEP', 'HOUR', 'DUP', 'RES', 'GZ', 'FIG', 'W1'];
await writeEstate(
  service,
  METERS.map((meter) => ({ meter })),
);

const AUTUMN = '2025-10-26';
const file = (...rows: string[]) => [dayHeader(50), ...rows].join('\n');

async function countDays(): Promise<number> {
  const { rows } = await service.database.pool.query<{ days: number }>('select count(*)::int as days from meter_day');
  return rows[0]?.days ?? -1;
}

t.test('a file is stored, and its record says what became of it', async (t) => {
  const text = file(dayRow('L1', '2025-10-25', [0, 0, ...numbered(46)]), dayRow('L1', AUTUMN, numbered(50)));
  const sent = await sendFile(service, '?clock=local&fileName=october.csv', text);
  t.equal(sent.status, 201);
  t.match(sent.body, {
    status: 'stored',
    mode: 'strict',
    clock: 'local',
    fileName: 'october.csv',
    mediaType: 'text/csv',
    bytes: text.length,
    sha256: createHash('sha256').update(text).digest('hex'),
    reason: null,
    readAs: { shape: 'day-rows', headerLine: 1 },
    rows: { read: 2, accepted: 2, refused: 0, skipped: 0 },
    meters: 1,
    days: { new: 2, changed: 0, unchanged: 0, refused: 0 },
    valuesAccepted: 98,
    keptActual: 0,
    zeros: { values: 2, meters: [{ meter: 'L1', values: 2, longestRunIntervals: 2 }] },
    period: { start: '2025-10-25', end: '2025-10-27' },
    refusalCount: 0,
    refusals: [],
    refusalsTruncated: false,
  });
  t.match(sent.body.seq, /^\d+$/);
  t.equal(sent.location, `/v1/uploads/${sent.body.id}`);
  t.strictSame(
    (await storedDays(service, ['L1'])).map(({ day, quantity, intervals }) => [
      day,
      Number(quantity),
      intervals.length,
    ]),
    [
      ['2025-10-25', 1081, 48],
      [AUTUMN, 1275, 50],
    ],
  );
  t.strictSame(await ask(service, sent.location), sent.body, 'the record read later is the answer given at once');
});

t.test('a local and a UTC file of the same readings store the same days', async (t) => {
  const local = file(dayRow('L1', '2025-10-25', numbered(48)), dayRow('L1', AUTUMN, numbered(50, 49)));
  const blanks = new Array<null>(46).fill(null);
  const utc = file(
    dayRow('U1', '2025-10-24', [...blanks, 1, 2]),
    dayRow('U1', '2025-10-25', numbered(48, 3)),
    dayRow('U1', AUTUMN, numbered(48, 51)),
  );
  t.equal((await sendFile(service, '?clock=local&valuesAre=use', local)).status, 201);
  t.equal((await sendFile(service, '?clock=utc&valuesAre=use', utc)).status, 201);
  const valuesOf = async (meter: string) =>
    (await storedDays(service, [meter])).map(({ day, quantity, intervals }) => ({ day, quantity, intervals }));
  t.strictSame(await valuesOf('U1'), await valuesOf('L1'));
});

t.test('a strict upload with one refused row stores nothing, and says where each fault is', async (t) => {
  const before = await countDays();
  const text = file(
    dayRow('S1', '2025-03-01', numbered(48)),
    dayRow('S1', '2025-03-02', numbered(47)),
    dayRow('NOBODY', '2025-03-01', numbered(48)),
    dayRow('S1', '2027-03-01', numbered(48)),
    dayRow('1.20002E+12', '2025-03-01', numbered(48)),
  );
  const { status, body, location } = await sendBadFile(service, '?clock=local', text);
  t.equal(status, 422);
  t.match(body, {
    type: 'urn:council-carbon:problem:readings-refused',
    status: 422,
    detail: /^4 of 5 rows were refused; nothing is stored\. Line 3: The row has 47 values/,
    refusalCount: 4,
    rows: { read: 5, accepted: 1, refused: 4, skipped: 0 },
    errors: [
      { pointer: 'line 3', line: 3, column: null, code: 'wrong-number-of-values' },
      { pointer: 'line 4', line: 4, column: 'MPAN', value: 'NOBODY', code: 'unknown-meter' },
      { pointer: 'line 5', line: 5, code: 'in-the-future' },
      {
        pointer: 'line 6',
        line: 6,
        column: 'MPAN',
        value: '1.20002E+12',
        code: 'scientific-notation',
        detail: /column as text/,
      },
    ],
  });
  t.equal(await countDays(), before);
  const record = await ask<Record<string, unknown>>(service, location);
  t.match(record, {
    id: body.upload,
    status: 'refused',
    days: { new: 0 },
    seq: null,
    refusals: { length: 4 },
    bytes: text.length,
  });
});

t.test('a lenient upload stores the good rows and reports every other', async (t) => {
  const text = file(
    dayRow('LEN', '2025-03-01', numbered(48)),
    dayRow('LEN', '2025-03-02', numbered(47)),
    dayRow('LEN', '2025-03-03', numbered(48)),
  );
  const { status, body } = await sendFile(service, '?clock=local&mode=lenient', text);
  t.equal(status, 201);
  t.match(body, {
    status: 'stored',
    rows: { read: 3, accepted: 2, refused: 1 },
    days: { new: 2 },
    refusals: [{ line: 3, code: 'wrong-number-of-values' }],
  });
  t.strictSame(
    (await storedDays(service, ['LEN'])).map(({ day }) => day),
    ['2025-03-01', '2025-03-03'],
  );
  const hopeless = await sendBadFile(
    service,
    '?clock=local&mode=lenient',
    file(dayRow('LEN', '2025-03-09', numbered(47))),
  );
  t.equal(hopeless.status, 422, 'a file without one good row is refused all the same');
});

t.test('the same file twice writes nothing', async (t) => {
  const text = file(
    ...['2025-03-01', '2025-03-02', '2025-03-03'].map((day, index) => dayRow('TWICE', day, numbered(48, index))),
  );
  const first = await sendFile(service, '?clock=local', text);
  const stored = await storedDays(service, ['TWICE']);
  const second = await sendFile(service, '?clock=local', text);
  t.equal(first.body.status, 'stored');
  t.match(second, {
    status: 201,
    body: { status: 'nothing-new', days: { new: 0, changed: 0, unchanged: 3, refused: 0 }, seq: null },
  });
  t.strictSame(await storedDays(service, ['TWICE']), stored, 'no row was written again');
  t.not(second.body.id, first.body.id, 'each delivery has a record of its own');
});

t.test('a corrected file changes exactly the days that differ, and what they were is kept', async (t) => {
  const days = ['2025-03-01', '2025-03-02', '2025-03-03'];
  const text = (values: number[]) =>
    file(...days.map((day, index) => dayRow('FIX', day, index === 1 ? values : numbered(48))));
  await sendFile(service, '?clock=local', text(numbered(48)));
  const before = await storedDays(service, ['FIX']);
  const { body } = await sendFile(service, '?clock=local', text(numbered(48, 100)));
  t.match(body, { status: 'stored', days: { new: 0, changed: 1, unchanged: 2 } });
  const after = await storedDays(service, ['FIX']);
  t.strictSame([after[0], after[2]], [before[0], before[2]]);
  t.strictSame(after[1]?.intervals, numbered(48, 100));
  const { rows } = await service.database.pool.query(
    `select r.day, r.intervals, r.positions from meter_day_revision r join meter m on m.id = r.meter_id where m.key = 'FIX'`,
  );
  t.strictSame(rows, [{ day: '2025-03-02', intervals: numbered(48), positions: null }]);
});

t.test('an estimate never replaces an actual value, and how many were kept is said', async (t) => {
  const text = (flag: string, from: number) =>
    `${dayHeader()},A/E\n${dayRow('KEEP', '2025-03-01', numbered(48, from))},${flag}\n`;
  await sendFile(service, '?clock=local', text('A', 1));
  const { body } = await sendFile(service, '?clock=local&valuesAre=use', text('E', 1000));
  t.match(body, { status: 'nothing-new', keptActual: 48, days: { unchanged: 1 } });
  t.match(await storedDays(service, ['KEEP']), [{ intervals: numbered(48), quality: null }]);
});

t.test('a row for each reading is put together into days, and added to days that are stored in part', async (t) => {
  const rows = (from: number, to: number) =>
    Array.from(
      { length: to - from },
      (_, index) => `HOUR,2025-03-01 ${String(from + index).padStart(2, '0')}:00,${from + index}`,
    );
  const text = (from: number, to: number) => ['MPAN,Timestamp,kWh', ...rows(from, to)].join('\n');
  await sendFile(service, '?clock=utc', text(0, 10));
  const { body } = await sendFile(service, '?clock=utc', text(8, 24));
  t.match(body, { readAs: { shape: 'reading-rows', label: 'start' }, days: { new: 0, changed: 1 } });
  t.match(await storedDays(service, ['HOUR']), [{ day: '2025-03-01', intervals: numbered(24, 0) }]);
});

t.test('a file of one meter needs no column for it', async (t) => {
  const text = [
    'datetime,equipment load [kWh]',
    ...numbered(24, 0).map((hour) => `2025-03-05 ${String(hour).padStart(2, '0')}:00:00,${hour}`),
  ].join('\n');
  t.match(await sendFile(service, '?clock=utc&meter=HOUR', text), { status: 201, body: { days: { new: 1 } } });
});

t.test('a day that a file gives twice with different values is refused', async (t) => {
  const text = file(
    dayRow('DUP', '2025-03-01', numbered(48)),
    dayRow('DUP', '2025-03-02', numbered(48)),
    dayRow('DUP', '2025-03-01', [...numbered(47), 99]),
  );
  const strict = await sendBadFile(service, '?clock=local', text);
  t.match(strict, {
    status: 422,
    body: { errors: [{ line: 4, code: 'conflict', detail: /2025-03-01 is given twice for interval 48: 48 and 99/ }] },
  });
  t.strictSame(await storedDays(service, ['DUP']), []);
  const lenient = await sendFile(service, '?clock=local&mode=lenient', text);
  t.match(lenient, { status: 201, body: { status: 'stored', days: { new: 1, refused: 1 }, refusalCount: 1 } });
  t.strictSame(
    (await storedDays(service, ['DUP'])).map(({ day }) => day),
    ['2025-03-02'],
  );
  const same = file(dayRow('DUP', '2025-03-05', numbered(48)), dayRow('DUP', '2025-03-05', numbered(48)));
  t.match(
    await sendFile(service, '?clock=local', same),
    { status: 201, body: { days: { new: 1 } } },
    'the same twice is harmless',
  );
});

t.test('part of a day in intervals of another length is refused with what to do', async (t) => {
  await sendFile(service, '?clock=local', file(dayRow('RES', '2025-03-01', numbered(48))));
  const hours = ['MPAN,Timestamp,kWh', 'RES,2025-03-01 00:00,1', 'RES,2025-03-01 01:00,2'].join('\n');
  const { status, body } = await sendBadFile(service, '?clock=local', hours);
  t.equal(status, 422);
  t.match(body.errors, [{ line: 2, code: 'conflict', detail: /30-minute intervals and 60-minute values/ }]);
});

t.test('an upload is in the figures as soon as it is answered', async (t) => {
  await sendFile(service, '?clock=local', file(dayRow('FIG', '2025-03-01', numbered(48))));
  const answer = await ask<{ data: { meter: string; quantity: { value: number } }[] }>(
    service,
    '/v1/consumption?period=2025-03-01&groupBy=meter',
  );
  t.equal(answer.data.find(({ meter }) => meter === 'FIG')?.quantity.value, 1176);
});

t.test('the change of an upload names it', async (t) => {
  const { body } = await sendFile(service, '?clock=local', file(dayRow('W1', '2025-03-01', numbered(48))));
  const { rows } = await service.database.pool.query(
    'select c.kind, c.principal, c.seq from change c where c.upload_id = $1',
    [body.id],
  );
  t.match(rows, [{ kind: 'upload', principal: /^key:\d+$/, seq: body.seq }]);
});
