import t from 'tap';
import { testApp } from '../../support/app.ts';
import { ask, writeEstate, writeReadings } from '../../support/estate.ts';
import { sendBadFile, sendFile } from '../../support/uploads.ts';

const service = await testApp(t);
await writeEstate(service, [
  { meter: '1200023305967', kind: 'register', dials: 6 },
  { meter: '1900001059816', kind: 'register', serials: ['OLD 1', 'NEW 2'] },
  { meter: 'GAS', kind: 'register', activity: 'natural-gas', aliases: ['1200031039874'] },
]);

/** A flow of register reads, with its first and last line. */
const flow = (...lines: string[]): string =>
  [
    'ZHV|0000475656|D0010002|D|UDMS|X|MRCY|20160302153151||||OPER|',
    ...lines,
    'ZPT|0000475656|35||11|20160302154650|',
    '',
  ].join('\r\n');

const PUBLISHED = ['026|1200023305967|V|', '028|F75A 00802|D|', '030|S|20160222000000|56311.0|||T|N|'];

type Month = { data: { quantity: number | null; quality: string | null }[] };
const month = async (meter: string, period: string) =>
  (await ask<Month>(service, `/v1/meters/${meter}/readings?period=${period}&resolution=month`)).data;

t.test('a published sample is read: meter, serial with a space, register, deemed read', async (t) => {
  const { status, body } = await sendFile(service, '?fileName=reads.usr', flow(...PUBLISHED));
  t.equal(status, 201);
  t.match(body, {
    status: 'stored',
    readAs: { shape: 'd0010', headerLine: 1, clock: 'local' },
    rows: { read: 1, accepted: 1, refused: 0 },
    meters: 1,
    registerReadings: { written: 1, unchanged: 0, kept: 0, refused: 0 },
    period: { start: '2016-02-22', end: '2016-02-23' },
  });
  const { rows } = await service.database.pool.query(
    'select serial, register, day, value::text as value, read_type from register_reading',
  );
  t.same(rows, [
    { serial: 'F75A 00802', register: 'S', day: '2016-02-22', value: '56311.000000', read_type: 'deemed' },
  ]);
  const again = await sendFile(service, '', flow(...PUBLISHED));
  t.match(again.body, { status: 'nothing-new', registerReadings: { written: 0, unchanged: 1 } });
});

t.test('several devices a meter and several registers a device become advances', async (t) => {
  const device = (serial: string, type: string, day: string, values: number[]) => [
    `028|${serial}|${type}|`,
    ...values.map((value, index) => `030|${index === 0 ? 'DAY' : 'NIGHT'}|${day}000000|${value}.0|||T|N|`),
  ];
  const { status, body } = await sendFile(
    service,
    '',
    flow(
      '026|1900001059816|V|',
      ...device('OLD1', 'R', '20250101', [1_000, 500]),
      ...device('OLD1', 'F', '20250116', [1_150, 530]),
      ...device('NEW2', 'I', '20250116', [0, 0]),
      '026|1200023305967|V|',
      '028|F75A 00802|R|',
      '030|S|20160307000000|56451.0|||T|N|',
      '026|1900001059816|V|',
      ...device('NEW 2', 'R', '20250201', [160, 32]),
    ),
  );
  t.equal(status, 201, JSON.stringify(body));
  t.match(body, { meters: 2, registerReadings: { written: 9 }, days: { new: 45 } });
  t.match(await month('1900001059816', '2025-01'), [{ quantity: 372, quality: 'actual' }]);
  t.match(await month('1200023305967', '2016-02-22/2016-03-07'), [
    { quantity: 80, quality: 'estimated' },
    { quantity: 60, quality: 'estimated' },
  ]);
});

t.test('doubtful reads are kept and not used, registers of demand are left out', async (t) => {
  await writeReadings(service, [
    { meter: '1200023305967', serial: 'F75A 00802', register: 'S', readAt: '2016-04-01T00:00:00+01:00', value: 56_800 },
  ]);
  const { body } = await sendFile(
    service,
    '',
    flow(
      '026|1200023305967|F|',
      '028|F75A 00802|R|',
      '030|S|20160501000000|57000.0|||T|N|',
      '026|1200023305967|V|',
      '028|F75A 00802|R|',
      '030|S|20160601000000|57100.0|||F|N|',
      '030|MD|20160601000000|31.5|20160601000000|12|T|N|',
    ),
  );
  t.match(body, {
    rows: { read: 3, accepted: 2, skipped: 1 },
    registerReadings: { written: 2 },
    notices: [{ code: 'channels-skipped', detail: /1 of maximum demand/ }],
  });
  t.match(await month('1200023305967', '2016-04'), [{ quantity: null }]);
});

t.test('every refused row has its line, its field and a reason, and nothing is stored', async (t) => {
  const bad = await sendBadFile(
    service,
    '',
    flow(
      '026|1200023305967|V|',
      '028|F75A 00802|K|',
      '030|S|20160701000000|57200.0|||T|N|',
      '028|F75A 00802|R|',
      '030|S|20161301000000|57200.0|||T|N|',
      '030|S|20160701000000|-1|||T|N|',
      '030||20160701000000|57200.0|||T|N|',
      '030|S|20990701000000|57200.0|||T|N|',
      '026|9999999999999|V|',
      '030|S|20160701000000|57200.0|||T|N|',
      '028|X|R|',
      '030|S|20160701000000|57200.0|||T|N|',
      '026|1200031039874|V|',
      '028|X|R|',
      '030|S|20160701000000|57200.0|||T|N|',
    ),
  );
  t.equal(bad.status, 422);
  t.same(
    bad.body.errors?.map(({ line, column, code }) => [line, column, code]),
    [
      [4, 'reading type', 'unknown-read-type'],
      [6, 'reading date & time', 'wrong-date'],
      [7, 'register reading', 'not-a-number'],
      [8, 'meter register id', 'blank'],
      [9, 'reading date & time', 'in-the-future'],
      [11, null, 'wrong-order'],
      [13, 'MPAN core', 'unknown-meter'],
      [16, 'MPAN core', 'wrong-activity'],
    ],
  );
  const backwards = await sendBadFile(
    service,
    '',
    flow('026|1200023305967|V|', '028|F75A 00802|R|', '030|S|20160310000000|56000.0|||T|N|'),
  );
  t.match(backwards.body, {
    errors: [{ line: 4, column: 'value', code: 'register-runs-backwards', detail: /56451 on 2016-03-07/ }],
  });
});

t.test('a file cut short, or of another flow, is refused as a whole', async (t) => {
  const cut = await sendBadFile(service, '', flow(...PUBLISHED).split('ZPT')[0] ?? '');
  t.match(cut, { status: 422, body: { detail: /ends before its last line \(ZPT\)/ } });
  const other = await sendBadFile(service, '', flow(...PUBLISHED).replace('D0010002', 'D0036001'));
  t.match(other, { status: 422, body: { detail: /data flow 'D0036001': expected D0010/ } });
});

t.test('a table of dial readings is read by its header; a bad row has its column and reason', async (t) => {
  const table = (...rows: string[]) =>
    ['Reads of January', 'Meter;Read Date;Read Time;Register;Meter Reading;Read Type', ...rows, ''].join('\n');
  const good = table(
    'GAS;01/01/2025;09:15:23;1;1000;A',
    'GAS;2025-02-01;;1;1155;Customer',
    '"GAS";01-Mar-2025;10:00;1;1200;S',
  );
  const { status, body } = await sendFile(service, '', good);
  t.equal(status, 201, JSON.stringify(body));
  t.match(body, {
    readAs: { shape: 'register-rows', headerLine: 2 },
    registerReadings: { written: 3 },
    days: { new: 59 },
  });
  t.match(await month('GAS', '2025-01-01/2025-03-01'), [
    { quantity: 155, quality: 'actual' },
    { quantity: 45, quality: 'estimated' },
  ]);
  const bad = await sendBadFile(
    service,
    '?meter=GAS',
    'Date,Dial Reading,Quality\n2025-04-31,1300,A\n2025-05-01,13oo,A\n2025-05-01,1300,D\n2030-01-01,1300,A\n',
  );
  t.same(
    bad.body.errors?.map(({ line, column, code }) => [line, column, code]),
    [
      [2, 'Date', 'not-a-date'],
      [3, 'Dial Reading', 'not-a-number'],
      [4, 'Quality', 'unknown-read-type'],
      [5, 'Date', 'in-the-future'],
    ],
  );
  const often = [0, 1, 2, 3, 4].map((hour) => `GAS,2025-05-01 0${hour}:00,${1300 + hour}`);
  const series = await sendBadFile(service, '', ['Meter,Timestamp,Meter Reading', ...often, ''].join('\n'));
  t.match(series, { status: 422, body: { detail: /reading 5 of one register on 2025-05-01: .* interval data/ } });
});

t.test('dates of reads that two orders fit are asked about, by an upload and by a dry run', async (t) => {
  const text = ['MPRN,Read Date,Meter Reading', 'GAS,01/02/2024,100', 'GAS,01/03/2024,110', ''].join('\n');
  const question = { parameter: 'dateOrder', options: [{ value: 'day-first' }, { value: 'month-first' }] };
  const { status, body } = await sendBadFile(service, '', text);
  t.equal(status, 422);
  t.match(body, { type: 'urn:council-carbon:problem:layout-questions', questions: [question] });
  t.match((await sendFile(service, '?dryRun=true', text)).body, {
    questions: [question],
    meters: [{ meter: 'GAS', rows: 2 }],
  });
  t.match((await sendFile(service, '?dateOrder=day-first', text)).body, { registerReadings: { written: 2 } });
});
