import t from 'tap';
import { testApp } from '../../support/app.ts';
import { writeEstate } from '../../support/estate.ts';
import { dayHeader, dayRow, numbered, sendBadFile, sendFile, storedDays } from '../../support/uploads.ts';

const service = await testApp(t);
await writeEstate(service, [{ meter: 'E1' }]);

const column = (index: number, header: string) => ({ index, header });
const HEADER = dayHeader().split(',');

/** Days in June, which leave open by which clock they run. */
const june = (first: number, header = dayHeader()) =>
  [header, dayRow('E1', '2025-06-10', numbered(48, first))].join('\n');

const LAYOUT = {
  shape: 'day-rows',
  headerLine: 1,
  header: HEADER,
  columns: {
    meter: [column(0, 'MPAN')],
    date: column(1, 'Date'),
    values: HEADER.slice(2).map((header, index) => column(index + 2, header)),
  },
  clock: 'utc',
  resolutionMinutes: 30,
  openEnded: true,
};
const keep = (name: string, body: object) => service.send('PUT', `/v1/layouts/${name}`, { body });
const forget = (name: string) => service.send('DELETE', `/v1/layouts/${name}`);

t.test('a file with exactly the header of a kept layout is read by it and asks nothing', async (t) => {
  t.match((await sendBadFile(service, '', june(1))).body.type, /layout-questions/);
  t.equal((await keep('supplier', LAYOUT)).statusCode, 201);
  const { status, body } = await sendFile(service, '', `Title\n${june(1)}`);
  t.equal(status, 201);
  t.match(body.readAs, { clock: 'utc', headerLine: 2, decisions: [{ about: 'layout', value: 'supplier' }] });
  const [first, second] = await storedDays(service, ['E1']);
  t.equal(first?.intervals[0], null, 'midnight UTC is one o’clock in summer');
  t.equal(first?.intervals[2], 1);
  t.equal(second?.day, '2025-06-11');
  const other = await sendBadFile(service, '', june(1, `${dayHeader()},Site`));
  t.match(other.body.type, /layout-questions/, 'one more column is another header');
});

t.test('what the sender says stands over the kept layout', async (t) => {
  const { body } = await sendFile(service, '?clock=local', june(1));
  t.match(body.readAs, { clock: 'local' });
  await forget('supplier');
});

t.test('a layout without a header is used where it is named', async (t) => {
  const { header: _header, ...unseen } = LAYOUT;
  await keep('by-name', unseen);
  t.match((await sendBadFile(service, '', june(1))).body.type, /layout-questions/);
  t.equal((await sendFile(service, '?layout=by-name', june(5))).status, 201);
  const wider = await sendFile(service, '?layout=by-name&dryRun=true', june(5, `${dayHeader()},Site`));
  t.equal(wider.status, 200, 'its columns stand where it says');
  const moved = await sendBadFile(service, '?layout=by-name', june(5).replace('MPAN,Date', 'Date,MPAN'));
  t.equal(moved.status, 422);
  t.match(moved.body, { type: /unreadable-file/, detail: /it expects 'Date', where 'MPAN' stands/ });
});

t.test('404 and 400: a layout that is not kept, and a header that several have', async (t) => {
  const unknown = await sendBadFile(service, '?layout=nobody', june(1));
  t.equal(unknown.status, 404);
  t.match(unknown.body, { type: /unknown-layout/, errors: [{ pointer: '?layout' }] });
  await keep('a', LAYOUT);
  await keep('b', { ...LAYOUT, clock: 'local48' });
  const both = await sendBadFile(service, '', june(1));
  t.equal(both.status, 400);
  t.match(both.body, { detail: /kept layouts a, b: say which with layout=a/ });
  t.equal((await sendFile(service, '?layout=b', june(9))).status, 201);
});
