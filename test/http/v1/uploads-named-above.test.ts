import t from 'tap';
import { testApp } from '../../support/app.ts';
import { writeEstate } from '../../support/estate.ts';
import { britishDate, halfHours } from '../../support/half-hours.ts';
import { numbered, sendBadFile, sendFile, storedDays } from '../../support/uploads.ts';

const service = await testApp(t);
await writeEstate(service, [
  { meter: '1200023305967', aliases: ['Town Hall'] },
  { meter: '1900001059816' },
  { meter: 'X1', direction: 'export' },
]);
const dayOf = async (meter: string, day: string) =>
  (await storedDays(service, [meter])).find((each) => each.day === day);

/** The half-hours of a day in UTC, each named by its end. */
const starkRows = (day: string, next: string, from: number, status = 'A') =>
  numbered(48, from).map((value, n) => {
    const time = halfHours(30)[n] ?? '';
    return `${britishDate(n === 47 ? next : day)},${time},${value}.25,${status}`;
  });

t.test('a Stark file of sections: outstation, sensor, rows in UTC named by their end', async (t) => {
  const summer = starkRows('2025-06-10', '2025-06-11', 1);
  const file = [
    '#F2',
    '#O 1200023305967',
    '#S 1',
    ...summer,
    '#S 3',
    ...starkRows('2025-06-10', '2025-06-11', 500),
    '#O1900001059816',
    '#S1',
    ...starkRows('2025-06-10', '2025-06-11', 100, 'E'),
    '#S2',
    ...starkRows('2025-06-10', '2025-06-11', 900),
  ];
  const { status, body } = await sendFile(service, '', file.join('\r\n'));
  t.equal(status, 201);
  t.match(body, {
    readAs: { shape: 'reading-rows', clock: 'utc', label: 'end', headerLine: null },
    rows: { read: 192, accepted: 96, skipped: 96, refused: 0 },
    meters: 2,
  });
  const first = await dayOf('1200023305967', '2025-06-10');
  t.strictSame(first?.intervals, [null, null, ...numbered(46, 1.25)], 'midnight in summer is 01:00 on the wall');
  t.strictSame((await dayOf('1200023305967', '2025-06-11'))?.intervals.slice(0, 3), [47.25, 48.25, null]);
  t.match(await dayOf('1900001059816', '2025-06-10'), { intervals: [null, null, ...numbered(46, 100.25)] });
});

t.test('the meter named once above an ordinary table', async (t) => {
  const rows = halfHours().map((time, n) => `2025-01-10,${time},${n}`);
  const titles = ['Half hourly data', 'Site:,Library', 'MPAN: 1900001059816', 'Report date: 02/02/2025', ''];
  const { status, body } = await sendFile(service, '', [...titles, 'Date,Time,kWh', ...rows].join('\n'));
  t.equal(status, 201);
  t.match(body.readAs, { headerLine: 6, decisions: [{ about: 'meter', value: "what stands behind 'mpan'" }] });
  t.strictSame((await dayOf('1900001059816', '2025-01-10'))?.intervals, numbered(48, 0));
});

t.test('the meter and the unit above rows of days', async (t) => {
  const rows = [`11/01/2025,${numbered(48).join()}`, `31/01/2025,${numbered(48, 2).join()}`];
  const titles = ['Meter,Town Hall,Units,kWh', `Date,${halfHours().join()}`];
  t.equal((await sendFile(service, '', [...titles, ...rows].join('\n'))).status, 201);
  t.strictSame((await dayOf('1200023305967', '2025-01-31'))?.intervals, numbered(48, 2));
});

t.test('sections, each with a name and a header of its own', async (t) => {
  const section = (name: string, from: number) => [
    name,
    'Date,Time,kWh',
    ...halfHours().map((time, n) => `2025-01-12,${time},${n + from}`),
    '',
  ];
  for (const [one, two] of [
    ['MPAN: 1200023305967', 'MPAN: 1900001059816'],
    ['Town Hall', '1900001059816'],
  ]) {
    const { status, body } = await sendFile(
      service,
      '',
      ['Report', ...section(one ?? '', 1), ...section(two ?? '', 7)].join('\n'),
    );
    t.equal(status, 201);
    t.match(body.rows, { accepted: 96, skipped: 1 }, 'the second header is counted as a repeat');
    t.strictSame((await dayOf('1200023305967', '2025-01-12'))?.intervals, numbered(48, 1));
    t.strictSame((await dayOf('1900001059816', '2025-01-12'))?.intervals, numbered(48, 7));
  }
});

t.test('a section that does not say what the one before it said is refused, never read by it', async (t) => {
  const rows = (from: number) => halfHours().map((time, n) => `2025-01-13,${time},${n + from}`);
  const file = ['MPAN: 1200023305967', 'Channel: RI', ...rows(1), 'MPAN: 1900001059816', ...rows(2)];
  const { body } = await sendBadFile(service, '?label=start', file.join('\n'));
  t.match(body.rows, { skipped: 48, refused: 48 });
  t.match(body.errors?.[0], { line: 52, code: 'unknown-channel' });
});

t.test('rows above the first name are refused', async (t) => {
  const rows = halfHours().map((time, n) => `2025-01-14,${time},${n}`);
  const { body } = await sendBadFile(service, '?label=start', [...rows, 'MPAN: 1900001059816', ...rows].join('\n'));
  t.match(body, { rows: { refused: 48 }, errors: [{ code: 'no-meter' }] });
});

t.test('dates side by side above half-hours', async (t) => {
  const header = 'Time,29/01/2025,30/01/2025,31/01/2025,Total';
  const body = (from: number) => halfHours(from).map((time, n) => `${time},${n},${n + 100},${n + 200},${3 * n + 300}`);
  for (const from of [0, 30]) {
    const file = ['MPAN,1200023305967', header, ...body(from), 'Total,1128,5928,10728,17784'];
    const sent = await sendFile(service, '', file.join('\n'));
    t.equal(sent.status, 201);
    t.match(sent.body.readAs, { label: from === 0 ? 'start' : 'end' });
    t.strictSame((await dayOf('1200023305967', '2025-01-29'))?.intervals, numbered(48, 0));
    t.strictSame((await dayOf('1200023305967', '2025-01-31'))?.intervals, numbered(48, 200));
  }
});

t.test('dates side by side, half-hours counted to 50, several meters below each other', async (t) => {
  const value = (period: number, most: number, from: number) => (period > most ? '' : period + from);
  const rows = ['1200023305967', '1900001059816'].flatMap((meter, at) =>
    numbered(50).map((n) => `${meter},${n},${value(n, 46, 10 * at)},${value(n, 48, at)},${value(n, 50, at)}`),
  );
  const { status, body } = await sendFile(
    service,
    '',
    ['MPAN,Period,2025-03-30,2025-06-01,2025-10-26', ...rows].join('\n'),
  );
  t.equal(status, 201);
  t.match(body, { readAs: { clock: 'local' }, rows: { refused: 0 } });
  t.strictSame((await dayOf('1900001059816', '2025-03-30'))?.intervals, numbered(46, 11));
  t.strictSame((await dayOf('1900001059816', '2025-06-01'))?.intervals, numbered(48, 2));
  t.strictSame((await dayOf('1200023305967', '2025-10-26'))?.intervals, numbered(50));
});
