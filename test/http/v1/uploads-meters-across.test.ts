import t from 'tap';
import { testApp } from '../../support/app.ts';
import { ask, writeEstate } from '../../support/estate.ts';
import { britishDate, halfHours, wallTimes } from '../../support/half-hours.ts';
import { numbered, sendBadFile, sendFile, storedDays } from '../../support/uploads.ts';

const service = await testApp(t);
await writeEstate(service, [
  { meter: '1200023305967', aliases: ['Town Hall'], serials: ['E12Z 001'] },
  { meter: 'E2', aliases: ['Central Library'] },
  { meter: 'E3' },
  { meter: 'X1', direction: 'export', aliases: ['Depot PV export'] },
]);
const DAYS = ['2025-03-29', '2025-03-30', '2025-10-25', '2025-10-26'];
const stored = async (meter: string) =>
  (await storedDays(service, [meter])).map(({ day, intervals, quality }) => ({ day, intervals, quality }));

t.test('a column for each meter, rows by date and time, with both changes of the clocks', async (t) => {
  const rows = DAYS.flatMap((day) =>
    wallTimes(day).map((time, index) => `${britishDate(day)},${time},${index},${index + 0.25}`),
  );
  const file = ['Date,Time,1200023305967,E2 (kWh)', ...rows].join('\n');
  const { status, body } = await sendFile(service, '', file);
  t.equal(status, 201);
  t.match(body, { meters: 2, rows: { read: 384, accepted: 384, refused: 0 }, readAs: { clock: 'local' } });
  const lengths = [48, 46, 48, 50];
  t.strictSame(
    await stored('1200023305967'),
    DAYS.map((day, at) => ({ day, quality: null, intervals: numbered(lengths[at] ?? 0, 0) })),
  );
  t.strictSame(
    await stored('E2'),
    DAYS.map((day, at) => ({ day, quality: null, intervals: numbered(lengths[at] ?? 0, 0.25) })),
  );
});

t.test('names with words around them, reactive energy, totals and weather beside the values', async (t) => {
  const rows = halfHours().map((time, n) => `2025-01-10 ${time},${n},${n + 1},${n + 2},${2 * n + 2},9.5`);
  const header = 'Timestamp,Town Hall kWh,1200023305967 (kVArh),Central Library - Import (kWh),Total,Outside temp °C';
  const { status, body } = await sendFile(service, '', ['Portfolio report', '', header, ...rows].join('\n'));
  t.equal(status, 201);
  t.match(body.rows, { read: 144, accepted: 96, skipped: 48, refused: 0 });
  t.match(body.notices, [{ code: 'channels-skipped', detail: /48 of reactive/ }]);
  t.match(
    body.readAs?.decisions.filter(({ value }) => value === 'left out').map(({ column }) => column),
    ['Total', 'Outside temp °C'],
  );
  const last = async (meter: string) => (await stored(meter)).find(({ day }) => day === '2025-01-10')?.intervals;
  t.strictSame(await last('1200023305967'), numbered(48, 0));
  t.strictSame(await last('E2'), numbered(48, 2));
});

t.test('the meter above the channel, merged over several columns, with a flag beside the values', async (t) => {
  const rows = halfHours().map((time, n) => `11/01/2025,${time},${n},${n + 0.5},${n % 2},E,${n + 7}`);
  const file = [
    'Date,Time,1200023305967,,,,Depot PV export',
    ',,kWh Import,kVArh,kWh Export,Status,kWh Export',
    ...rows,
  ];
  const { status, body } = await sendFile(service, '?dateOrder=day-first', file.join('\n'));
  t.equal(status, 201);
  t.match(
    body.rows,
    { read: 192, accepted: 96, skipped: 96 },
    'export and reactive energy are not of the import meter',
  );
  const day = (await stored('1200023305967')).find((each) => each.day === '2025-01-11');
  t.match(day, { quality: null, intervals: numbered(48, 0) });
  t.match((await stored('X1'))[0], { day: '2025-01-11', intervals: numbered(48, 7) });
});

t.test('one value a day, newest first, under serial numbers', async (t) => {
  const rows = [31, 30, 29].map((day) => `${day}/01/2025,${day},${day * 2}`);
  const { status } = await sendFile(service, '', ['Day,E12Z 001,E3', ...rows].join('\n'));
  t.equal(status, 201);
  t.match(
    await stored('E3'),
    [29, 30, 31].map((day) => ({ day: `2025-01-${day}`, intervals: [day * 2] })),
  );
});

t.test('a column of an unknown meter is refused, with its header, and nothing is stored', async (t) => {
  const rows = halfHours().map((time, n) => `2025-02-01,${time},${n},${n}`);
  const { status, body } = await sendBadFile(service, '', ['Date,Time,E3,Boiler house', ...rows].join('\n'));
  t.equal(status, 422);
  t.match(body, { rows: { accepted: 48, refused: 48 } });
  t.match(body.errors?.[0], { line: 2, column: 'Boiler house', value: 'Boiler house', code: 'unknown-meter' });
});

t.test('a bad cell is named by the header of its column, and a row of totals is left out', async (t) => {
  const rows = halfHours().map((time, n) => `2025-02-02,${time},${n},${n === 5 ? 'x' : n}`);
  const { body } = await sendBadFile(service, '', ['Date,Time,E2,E3', ...rows, 'Grand Total,,1128,1128'].join('\n'));
  t.match(body, { refusalCount: 1, rows: { skipped: 2 } });
  t.match(body.errors?.[0], { line: 7, column: 'E3', value: 'x', code: 'not-a-number' });
});

t.test('the layout that a dry run proposes can be kept, and reads the next file', async (t) => {
  const file = (day: string) =>
    ['Date,Time,E2,E3', ...halfHours(30).map((time, n) => `${day},${time},${n},${n + 1}`)].join('\n');
  const june = await sendBadFile(service, '', file('2025-06-10'));
  t.match(june.body, { type: 'urn:council-carbon:problem:layout-questions', questions: [{ parameter: 'clock' }] });
  const looked = await service.send('POST', '/v1/uploads?dryRun=true&clock=utc', {
    body: file('2025-06-10'),
    headers: { 'content-type': 'text/csv' },
  });
  const [table] = looked.json().tables;
  t.match(table.layout.arrangement, { across: { holds: 'meter', columns: [{ meter: 'E2' }, { meter: 'E3' }] } });
  const kept = await service.send('PUT', '/v1/layouts/bms', { body: table.layout });
  t.equal(kept.statusCode, 201, kept.body);
  t.strictSame((await ask<{ arrangement: object }>(service, '/v1/layouts/bms')).arrangement, table.layout.arrangement);
  t.equal((await sendFile(service, '', file('2025-06-12'))).status, 201);
  const day = (await stored('E3')).find((each) => each.day === '2025-06-12');
  t.equal(
    day?.intervals[1],
    null,
    'the file is read by the clock of the layout, so its first hour is of the day before',
  );
  t.equal(day?.intervals[2], 1);
});
