import t from 'tap';
import { testApp } from '../../support/app.ts';
import { writeEstate } from '../../support/estate.ts';
import { numbered, sendBadFile, sendFile, storedDays } from '../../support/uploads.ts';

const service = await testApp(t);
await writeEstate(
  service,
  ['ROWS', 'DAYS', 'KEPT'].map((meter) => ({ meter })),
);
const DAYS = ['2025-03-29', '2025-03-30', '2025-10-25', '2025-10-26'];
/** The names of the hours of a day by their ends: spring leaves 2 out, autumn has it twice. */
const hoursOf = (day: string): string[] => {
  const all = numbered(24).map(String);
  if (day === '2025-03-30') return all.filter((hour) => hour !== '2');
  return day === '2025-10-26' ? ['1', '2', '2*', ...all.slice(2)] : all;
};
const rows = (meter: string, days: readonly string[]) =>
  [
    'MPAN,Date,Hour Ending,kWh',
    ...days.flatMap((day) => hoursOf(day).map((hour, at) => `${meter},${day},${hour},${at + 1}`)),
  ].join('\n');
const stored = async (meter: string) => (await storedDays(service, [meter])).map(({ intervals }) => intervals);
const EXPECTED = [24, 23, 24, 25].map((count) => numbered(count));

t.test('hours by their ends, a row for each, over both changes of the clocks', async (t) => {
  const { status, body } = await sendFile(service, '', rows('ROWS', DAYS));
  t.equal(status, 201, JSON.stringify(body));
  t.match(body, { rows: { accepted: 96, refused: 0 }, readAs: { shape: 'reading-rows', clock: 'local' } });
  t.match(
    body.readAs?.decisions.find(({ about }) => about === 'hours'),
    { column: 'Hour Ending', value: 'hours-ending', certainty: 'certain' },
  );
  t.same(await stored('ROWS'), EXPECTED);
});

t.test('hours side by side with a column for the hour of October', async (t) => {
  const header = ['1', '2', '2*', ...numbered(22, 3).map(String)];
  const lines = DAYS.map((day) => {
    const own = hoursOf(day);
    return ['DAYS', day, ...header.map((hour) => (own.includes(hour) ? own.indexOf(hour) + 1 : ''))].join();
  });
  const { status, body } = await sendFile(
    service,
    '',
    [`MPAN,Date,${header.map((hour) => `HE${hour}`)}`, ...lines].join('\n'),
  );
  t.equal(status, 201, JSON.stringify(body));
  t.same(await stored('DAYS'), EXPECTED);
});

t.test('what is open is asked, and the layout that says it can be kept', async (t) => {
  const part = ['MPAN,Date,Hour,kWh', ...numbered(12, 6).map((hour) => `KEPT,2025-01-10,${hour},${hour}`)].join('\n');
  t.match((await sendBadFile(service, '', part)).body, { questions: [{ parameter: 'label' }] });
  const looked = await service.send('POST', '/v1/uploads?dryRun=true&label=start&clock=local', {
    body: part,
    headers: { 'content-type': 'text/csv' },
  });
  const { layout } = looked.json().tables[0];
  t.match(layout, { columns: { period: { header: 'Hour' } }, periodNumbers: 'hours-starting', resolutionMinutes: 60 });
  t.equal((await service.send('PUT', '/v1/layouts/hours', { body: layout })).statusCode, 201);
  t.equal((await sendFile(service, '', part)).status, 201);
  const [day] = await stored('KEPT');
  t.same(day?.slice(5, 8), [null, 6, 7], 'hour 6 begins at 06:00');
});
