import t from 'tap';
import { BILL_LAYOUT_EXAMPLE, LAYOUT_EXAMPLE } from '../../../src/http/v1/layouts/example.ts';
import { testApp } from '../../support/app.ts';

const { send, database } = await testApp(t);
const seqOf = async () => (await database.pool.query<{ seq: string }>('select seq from clock')).rows[0]?.seq;

const at = (index: number, header: string) => ({ index, header });
const half = (index: number) => `HH${index + 1}`;

/** A row for each day with 50 columns, a total and flags in a second block. */
const DAY_ROWS = {
  shape: 'day-rows',
  headerLine: 1,
  columns: {
    meter: [at(0, 'MPAN'), at(1, 'Serial')],
    date: at(2, 'Date'),
    total: at(3, 'Total'),
    values: Array.from({ length: 50 }, (_, index) => at(4 + index, half(index))),
    flags: Array.from({ length: 50 }, (_, index) => at(54 + index, half(index))),
  },
  clock: 'local',
  resolutionMinutes: 30,
};

t.test('201, 200: a layout comes back as it was sent, with what was left out filled in', async (t) => {
  const created = await send('PUT', '/v1/layouts/datavision', { body: LAYOUT_EXAMPLE });
  t.equal(created.statusCode, 201);
  t.strictSame(created.json(), { name: 'datavision', ...LAYOUT_EXAMPLE });
  const seq = await seqOf();
  t.equal((await send('PUT', '/v1/layouts/datavision', { body: LAYOUT_EXAMPLE })).statusCode, 200);
  t.equal(await seqOf(), seq, 'the same again is no change');
  const read = await send('GET', '/v1/layouts/datavision', { scope: 'read' });
  t.strictSame(read.json(), created.json());
  t.type(read.headers.etag, 'string');

  const wide = await send('PUT', '/v1/layouts/drax', { body: DAY_ROWS });
  t.match(wide.json(), { delimiter: ',', openEnded: false, rowDate: 'same-day', firstMinute: 0, dayBasis: 'local' });
  const { name: _name, ...document } = wide.json();
  t.equal((await send('PUT', '/v1/layouts/drax', { body: document })).statusCode, 200, 'what is read can be sent');

  const bills = await send('PUT', '/v1/layouts/yearly', { body: BILL_LAYOUT_EXAMPLE });
  t.equal(bills.statusCode, 201);
  t.strictSame(bills.json(), { name: 'yearly', ...BILL_LAYOUT_EXAMPLE });
  t.strictSame((await send('GET', '/v1/layouts/yearly')).json(), bills.json());
  t.equal((await send('DELETE', '/v1/layouts/yearly')).statusCode, 204);
});

t.test('200: a change keeps what the layout was', async (t) => {
  const before = await database.prisma.layoutVersion.count();
  const changed = await send('PUT', '/v1/layouts/datavision', { body: { ...LAYOUT_EXAMPLE, clock: 'local' } });
  t.equal(changed.statusCode, 200);
  t.equal(await database.prisma.layoutVersion.count(), before + 1);
  t.equal(
    await database.prisma.layoutVersion.count({ where: { supersededBy: null, layout: { key: 'datavision' } } }),
    1,
  );
  t.equal((await send('GET', '/v1/layouts/datavision')).json().clock, 'local');
});

t.test('200: layouts are listed by name, in pages, and as CSV', async (t) => {
  const first = (await send('GET', '/v1/layouts?limit=1', { scope: 'read' })).json();
  t.strictSame(
    first.data.map(({ name }: { name: string }) => name),
    ['datavision'],
  );
  const next = await send('GET', `/v1/layouts?limit=1&cursor=${first.page.nextCursor}`);
  t.strictSame(
    next.json().data.map(({ name }: { name: string }) => name),
    ['drax'],
  );
  t.strictSame(next.json().page, {});
  const csv = await send('GET', '/v1/layouts', { headers: { accept: 'text/csv' } });
  t.match(csv.body, /^name,shape,clock/);
  t.match(csv.body, 'datavision,reading-rows,local,day-first,end,,30,MPAN | Date | Time | kWh | A/E');
});

t.test('204, 404: a layout that is deleted is gone; its name may be used again', async (t) => {
  t.equal((await send('DELETE', '/v1/layouts/drax')).statusCode, 204);
  const gone = await send('GET', '/v1/layouts/drax');
  t.equal(gone.statusCode, 404);
  t.equal(gone.json().type, 'urn:council-carbon:problem:unknown-layout');
  t.equal((await send('DELETE', '/v1/layouts/drax')).statusCode, 404);
  t.equal((await send('PUT', '/v1/layouts/drax', { body: DAY_ROWS })).statusCode, 201);
});

t.test('400: a layout that cannot be is refused with the place of each fault', async (t) => {
  const { columns } = DAY_ROWS;
  const { columns: bills } = BILL_LAYOUT_EXAMPLE;
  const unheaded = { ...BILL_LAYOUT_EXAMPLE, header: undefined };
  const faulty: [string, object, string][] = [
    ['/shape', { ...DAY_ROWS, shape: 'pivot' }, 'not-allowed'],
    ['/columns/date', { ...DAY_ROWS, columns: { ...columns, date: undefined } }, 'missing'],
    ['/columns/values', { ...DAY_ROWS, columns: { ...columns, values: undefined } }, 'missing'],
    [
      '/columns/values',
      { ...DAY_ROWS, columns: { ...columns, values: columns.values.slice(1), flags: undefined } },
      'wrong-count',
    ],
    ['/columns/flags', { ...DAY_ROWS, columns: { ...columns, flags: columns.flags.slice(1) } }, 'wrong-count'],
    ['/columns/repeatedHour', { ...DAY_ROWS, columns: { ...columns, repeatedHour: [at(200, 'x')] } }, 'wrong-count'],
    ['/columns/total', { ...DAY_ROWS, columns: { ...columns, total: at(2, 'Date') } }, 'repeated'],
    ['/columns/total/header', { ...DAY_ROWS, columns: { ...columns, total: { index: 3 } } }, 'missing'],
    ['/columns/date/header', { ...DAY_ROWS, header: ['MPAN', 'Serial', 'Day'] }, 'contradiction'],
    ['/headerLine', { ...DAY_ROWS, headerLine: undefined, header: ['MPAN'] }, 'missing'],
    ['/headerLine', { ...DAY_ROWS, headerLine: 0 }, 'out-of-range'],
    ['/openEnded', { ...DAY_ROWS, openEnded: true }, 'contradiction'],
    ['/resolutionMinutes', { ...DAY_ROWS, resolutionMinutes: undefined }, 'missing'],
    ['/label', { ...DAY_ROWS, label: 'end' }, 'not-applicable'],
    ['/columns/time', { ...DAY_ROWS, columns: { ...columns, time: at(200, 'x') } }, 'not-applicable'],
    ['/clock', { ...DAY_ROWS, clock: 'bst' }, 'not-allowed'],
    ['/layout', { layout: DAY_ROWS }, 'unknown-field'],
    ['/daily', { ...LAYOUT_EXAMPLE, daily: true, label: undefined }, 'contradiction'],
    ['/rowDate', { ...LAYOUT_EXAMPLE, rowDate: 'day-after' }, 'not-applicable'],
    [
      '/columns/period',
      { ...LAYOUT_EXAMPLE, header: undefined, columns: { ...LAYOUT_EXAMPLE.columns, period: at(9, 'SP') } },
      'contradiction',
    ],
    ['/columns/to', { ...BILL_LAYOUT_EXAMPLE, columns: { ...bills, to: undefined } }, 'missing'],
    ['/columns/to', { ...BILL_LAYOUT_EXAMPLE, columns: { ...bills, to: bills.from } }, 'repeated'],
    ['/columns/to/header', { ...BILL_LAYOUT_EXAMPLE, columns: { ...bills, to: at(2, 'Until') } }, 'contradiction'],
    ['/columns/date', { ...BILL_LAYOUT_EXAMPLE, columns: { ...bills, date: at(2, 'Period To') } }, 'not-applicable'],
    ['/columns/volumeUnit', { ...unheaded, columns: { ...bills, volumeUnit: at(9, 'Unit') } }, 'not-applicable'],
    ['/volumeUnit', { ...BILL_LAYOUT_EXAMPLE, volumeUnit: 'hcf' }, 'not-applicable'],
    [
      '/volumeUnit',
      { ...unheaded, columns: { ...bills, volume: at(9, 'Volume') }, volumeUnit: 'gallons' },
      'not-allowed',
    ],
    ['/clock', { ...BILL_LAYOUT_EXAMPLE, clock: 'utc' }, 'not-applicable'],
    ['/billEnd', { ...BILL_LAYOUT_EXAMPLE, billEnd: 'both' }, 'not-allowed'],
    ['/billEnd', { ...DAY_ROWS, billEnd: 'inclusive' }, 'not-applicable'],
    [
      '/columns/from',
      { ...LAYOUT_EXAMPLE, columns: { ...LAYOUT_EXAMPLE.columns, from: at(9, 'x') } },
      'not-applicable',
    ],
  ];
  for (const [pointer, body, code] of faulty) {
    const response = await send('PUT', '/v1/layouts/faulty', { body });
    t.equal(response.statusCode, 400, pointer);
    const errors = response.json().errors as { pointer: string; code: string }[];
    t.ok(
      errors.some((error) => error.pointer === pointer && error.code === code),
      `${pointer} ${code}: ${response.body}`,
    );
  }
  t.equal((await send('GET', '/v1/layouts/faulty')).statusCode, 404);
});

t.test('401 and 403: reading needs read, keeping needs write-estate', async (t) => {
  t.equal((await send('PUT', '/v1/layouts/a', { scope: 'write-readings', body: LAYOUT_EXAMPLE })).statusCode, 403);
  t.equal((await send('PUT', '/v1/layouts/a', { scope: 'write-estate', body: LAYOUT_EXAMPLE })).statusCode, 201);
  t.equal((await send('GET', '/v1/layouts/a', { scope: null })).statusCode, 401);
});
