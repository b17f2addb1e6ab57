import t from 'tap';
import { testApp } from '../../support/app.ts';
import { writeEstate } from '../../support/estate.ts';
import { sendFile } from '../../support/uploads.ts';

const service = await testApp(t);
await writeEstate(service, [
  { meter: 'GAS', activity: 'natural-gas' },
  { meter: 'GAS2', activity: 'natural-gas' },
  { meter: 'DIAL', activity: 'natural-gas', unit: 'm3' },
  { meter: 'EL' },
]);

type Notices = { notices: { code: string; detail: string }[] };
const codes = ({ notices }: Notices) => notices.map(({ code }) => code).filter((code) => code === 'gas-kwh-gross');
const sent = async (query: string, ...rows: string[]) =>
  (await sendFile<Notices>(service, query, rows.join('\n'))).body;
const posted = async (...readings: object[]) => {
  const answer = await service.send('POST', '/v1/readings', { body: { readings } });
  t.equal(answer.statusCode, 201, answer.body);
  return answer.json() as Notices;
};

t.test('bare kWh of gas count as gross, and a file is told so once (rule E6)', async (t) => {
  const rows = ['GAS,2025-01-01,312.5', 'GAS,2025-01-02,298', 'GAS2,2025-01-01,12', 'GAS2,2025-01-02,13'];
  const body = await sent('', 'MPRN,Date,kWh', ...rows);
  t.same(codes(body), ['gas-kwh-gross'], 'once, not by row or meter');
  t.match(body.notices.find(({ code }) => code === 'gas-kwh-gross')?.detail, /at gross calorific value/);
  t.same(codes(await sent('?dryRun=true', 'MPRN,Date,kWh', ...rows)), ['gas-kwh-gross'], 'a dry run says it before');
  t.same(codes(await sent('', 'MPRN,Date,kWh (gross)', 'GAS,2025-01-03,300', 'GAS,2025-01-04,9')), []);
  t.same(
    codes(await sent('', 'MPAN,Date,kWh', 'EL,2025-01-03,300', 'EL,2025-01-04,9')),
    [],
    'electricity has no basis',
  );
});

t.test('bills and register reads of gas too, but not where a volume says what the energy is', async (t) => {
  const bills = (header: string, ...rows: string[]) => sent('?billEnd=inclusive', header, ...rows);
  t.same(codes(await bills('MPRN,From,To,kWh', 'GAS,2025-02-01,2025-02-28,2800')), ['gas-kwh-gross']);
  const checked = await bills(
    'MPRN,From,To,Volume (m3),Calorific Value,kWh',
    'GAS,2025-03-01,2025-03-31,1000,39.4,11192',
  );
  t.same(codes(checked), []);
  t.same(codes(await bills('MPRN,From,To,Volume (m3),Calorific Value,kWh', 'DIAL,2025-03-01,2025-03-31,120,40,')), []);
  const reads = (meter: string) => [
    'MPRN,Read Date,Meter Reading',
    `${meter},2025-04-15,100`,
    `${meter},2025-05-15,190`,
  ];
  t.same(codes(await sent('', ...reads('DIAL'))), [], 'dials of cubic metres');
  t.same(codes(await sent('', ...reads('GAS2'))), ['gas-kwh-gross']);
});

t.test('a batch of readings is told so once, and only where gas comes as energy', async (t) => {
  const day = (meter: string, date: string) => ({ meter, period: date, quantity: 100 });
  t.same(codes(await posted(day('GAS', '2025-06'), day('GAS2', '2025-06'), day('EL', '2025-06'))), ['gas-kwh-gross']);
  t.same(codes(await posted(day('EL', '2025-07'))), []);
  t.same(codes(await posted({ meter: 'DIAL', period: '2025-07', volume: 120 })), []);
  t.same(
    codes(await posted(day('DIAL', '2025-08'))),
    ['gas-kwh-gross'],
    'energy of a meter that is read in cubic metres',
  );
});
