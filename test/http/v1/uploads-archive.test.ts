import { gzipSync } from 'node:zlib';
import t from 'tap';
import { testApp } from '../../support/app.ts';
import { ask, writeEstate } from '../../support/estate.ts';
import { dayHeader, dayRow, numbered, sendBadFile, sendFile, storedDays } from '../../support/uploads.ts';
import { workbookFile } from '../../support/workbook-files.ts';
import { deflatedLineFeeds, gzippedLineFeeds, type ZipPart, zipFile } from '../../support/zip-files.ts';

const service = await testApp(t);
await writeEstate(
  service,
  ['E1', 'E2'].map((meter) => ({ meter })),
);

const table = (meter: string, day: string) => [dayHeader(), dayRow(meter, day, numbered(48))].join('\n');
const asZip = { 'content-type': 'application/zip' };
const GIGABYTE = 1024 ** 3;
/** Line feeds of 64 MiB that make ten gigabytes. */
const CHUNKS = 160;

t.test('each member of an archive is read as a file of its own, into one change', async (t) => {
  const workbook = workbookFile([
    {
      name: 'S',
      rows: [
        ['MPAN', 'Timestamp', 'kWh'],
        ['E2', '2025-03-01 00:00', 1],
        ['E2', '2025-03-01 00:30', 2],
      ],
    },
  ]);
  const file = zipFile([
    { name: 'export/', content: '' },
    { name: 'export/january.csv', content: table('E1', '2025-01-01') },
    {
      name: 'export/février.csv',
      content: Buffer.from(`\ufeff${table('E1', '2025-02-01').replaceAll(',', ';')}`, 'utf16le'),
    },
    { name: 'export/e2.xlsx', content: workbook, packed: workbook, method: 0 },
    { name: '__MACOSX/export/._january.csv', content: '\0\0\0' },
    { name: '.DS_Store', content: 'x' },
    { name: 'export/README.txt', content: 'Read me' },
    { name: 'export/notes.txt', content: 'Any questions?' },
    { name: 'export/terms.pdf', content: '%PDF-1.4' },
  ]);
  const { status, body, location } = await sendFile(service, '?clock=local', file, asZip);
  t.match(
    { ...body, httpStatus: status },
    {
      httpStatus: 201,
      status: 'stored',
      meters: 2,
      bytes: file.length,
      rows: { read: 4, accepted: 4 },
      days: { new: 3 },
      notices: [
        { code: 'members-skipped', detail: /'__MACOSX.*'.DS_Store', 'export\/README.txt', 'export\/terms.pdf'/ },
        { code: 'table-left-out', detail: /'export\/notes.txt' was left out/ },
      ],
    },
  );
  t.match(await ask(service, location), { seq: body.seq });
  const stored = await storedDays(service, ['E1', 'E2']);
  t.equal(new Set(stored.map(({ changeId }) => changeId)).size, 1);
});

t.test('one bad row of one member, and nothing of the archive is stored; the row is named with its file', async (t) => {
  const file = zipFile([
    { name: 'a.csv', content: table('E1', '2025-04-01') },
    { name: 'b.csv', content: table('E1', '2025-04-02').replace(',7,', ',x,') },
  ]);
  const { status, body, location } = await sendBadFile(service, '?clock=local', file, asZip);
  t.equal(status, 422);
  t.match(body, {
    detail: /Line 2 of b.csv: 'x' is not a number/,
    errors: [{ file: 'b.csv', line: 2, pointer: 'line 2 of b.csv' }],
  });
  t.match(await ask(service, location), { status: 'refused', refusals: [{ file: 'b.csv', line: 2, value: 'x' }] });
  t.notOk((await storedDays(service, ['E1'])).some(({ day }) => day.startsWith('2025-04')));
});

t.test('an archive that cannot be read is refused with what is wrong with it', async (t) => {
  const good: ZipPart = { name: 'a.csv', content: table('E1', '2025-05-01') };
  const refused = async (file: Buffer) => {
    const { status, body } = await sendBadFile(service, '?clock=local', file);
    return { status, detail: body.detail };
  };
  const cases: [string, Buffer, number, RegExp][] = [
    ['no member', zipFile([]), 422, /no file of data/],
    ['nothing but a PDF', zipFile([{ name: 'a.pdf', content: '%PDF' }]), 422, /no file of data/],
    [
      'an archive inside',
      zipFile([good, { name: 'b.zip', content: zipFile([good]) }]),
      422,
      /'b.zip' in the archive: .*archive in an archive/,
    ],
    [
      'gzip inside',
      zipFile([{ name: 'b.csv.gz', content: gzipSync('a') }]),
      422,
      /'b.csv.gz' in the archive: It is compressed once more/,
    ],
    ['a password', zipFile([{ ...good, flags: 1 }]), 422, /'a.csv' in the archive is protected with a password/],
    ['another method', zipFile([{ ...good, method: 14 }]), 422, /packed in a way that is not read \(method 14\)/],
    [
      'a web page',
      zipFile([{ name: 'a.csv', content: '<!doctype html>' }]),
      422,
      /'a.csv' in the archive: the file is a web page/,
    ],
    [
      'other columns',
      zipFile([{ name: 'a.csv', content: 'x,y\n1,2\n' }]),
      422,
      /'a.csv'.*columns of the file are not recognised/,
    ],
    ['a path out of it', zipFile([{ ...good, name: '../../a.csv' }]), 422, /damaged/],
    ['cut short', zipFile([good]).subarray(0, -10), 422, /damaged or cut short/],
    ['a wrong length', zipFile([{ ...good, bytes: 5 }]), 422, /damaged or cut short/],
    ['wrong bytes', zipFile([{ ...good, packed: Buffer.concat([Buffer.of(3, 0)]), bytes: 0 }]), 422, /damaged/],
    [
      'too many members',
      zipFile(Array.from({ length: 1_001 }, (_, at) => ({ name: `${at}`, content: '' }))),
      413,
      /1001 members/,
    ],
  ];
  for (const [name, file, status, detail] of cases) t.match(await refused(file), { status, detail }, name);
});

t.test('ten gigabytes in ten megabytes are refused before they are unpacked', async (t) => {
  const packed = await deflatedLineFeeds(CHUNKS);
  const bombs: [string, Buffer, number][] = [
    ['gzip', Buffer.concat([gzipSync(`${table('E1', '2025-05-01')}\n`), await gzippedLineFeeds(CHUNKS)]), 413],
    ['zip', zipFile([{ name: 'a.csv', content: '', packed, bytes: 10 * GIGABYTE }]), 413],
    ['zip that lies', zipFile([{ name: 'a.csv', content: '', packed, bytes: 1_000 }]), 422],
    [
      'workbook',
      zipFile([
        { name: 'xl/workbook.xml', content: '' },
        { name: 'xl/worksheets/sheet1.xml', content: '', packed, bytes: 10 * GIGABYTE },
      ]),
      413,
    ],
    [
      'workbook that lies',
      zipFile([
        { name: 'xl/workbook.xml', content: '' },
        { name: 'xl/worksheets/sheet1.xml', content: '', packed, bytes: 1_000 },
      ]),
      422,
    ],
  ];
  for (const [name, bomb, status] of bombs) {
    const before = process.memoryUsage().rss;
    const started = performance.now();
    const answer = await sendBadFile(service, '?clock=local', bomb);
    t.equal(answer.status, status, name);
    t.comment(
      `${name}: ${bomb.length} bytes, ${Math.round(performance.now() - started)} ms, ${Math.round((process.memoryUsage().rss - before) / 1e6)} MB`,
    );
    t.ok(process.memoryUsage().rss - before < 200e6, `${name} within bounded memory`);
  }
});

t.test('each member has its decisions, and what the store refuses names the member and its line', async (t) => {
  const hours = ['MPAN,Date,Hour,kWh', ...numbered(24).map((hour) => `E2,2025-01-20,${hour},${hour}`)].join('\n');
  const file = zipFile([
    { name: 'half-hours.csv', content: ['', '', table('E2', '2025-01-20')].join('\n') },
    { name: 'hours.csv', content: hours },
  ]);
  const { status, body } = await sendBadFile(service, '?clock=local', file, asZip);
  t.equal(status, 422);
  t.match(body.errors, [{ code: 'conflict', file: 'hours.csv', line: 2 }]);
  const good = zipFile([
    { name: 'day-rows.csv', content: table('E1', '2025-01-21') },
    { name: 'power.csv', content: 'MPAN,Timestamp,kW\nE2,2025-01-22 00:00,1\nE2,2025-01-22 00:30,2' },
  ]);
  const sent = await sendFile(service, '', good, asZip);
  t.equal(sent.status, 201);
  t.match(sent.body.readAs?.tables, [
    { file: 'day-rows.csv', shape: 'day-rows' },
    { file: 'power.csv', shape: 'reading-rows', label: 'start' },
  ]);
  t.ok(
    sent.body.readAs?.tables?.[1]?.decisions.some(
      ({ value }) => value === 'kW × minutes / 60 = kWh' || value === 'kw × minutes / 60 = kWh',
    ),
  );
});
