import t from 'tap';
import { testApp } from '../../support/app.ts';
import { writeEstate } from '../../support/estate.ts';
import { numbered, sendBadFile, sendFile, storedDays } from '../../support/uploads.ts';
import { type MadeCell, type MadeSheet, serialOf, workbookFile } from '../../support/workbook-files.ts';

const MPAN = 1200023305967;
const service = await testApp(t);
await writeEstate(service, [{ meter: String(MPAN) }]);

const DAY = 'dd/mm/yyyy';
const times: MadeCell[] = numbered(48, 0).map((index) => [index / 48, index % 2 === 0 ? 'hh:mm' : '[h]:mm']);
const row = (day: string, values: readonly MadeCell[] = numbered(48), shift = 0): MadeCell[] => [
  MPAN,
  [serialOf(day) - shift, DAY],
  ...values,
];
const sheet = (rows: MadeCell[][], more: Partial<MadeSheet> = {}): MadeSheet => ({
  name: 'Data',
  rows: [['Half-hourly data of the Town Hall'], [], ['MPAN', 'Date', ...times], ...rows],
  merged: 'A1:Z1',
  ...more,
});

t.test('a workbook is the same table as its text, in either form and date system', async (t) => {
  const rows = (shift: number) => [row('2025-03-01', numbered(48), shift), row('2025-03-02', numbered(48), shift)];
  const first = await sendFile(service, '?clock=local', workbookFile([sheet(rows(0))]), {
    'content-type': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  });
  t.match(first, { status: 201, body: { status: 'stored', readAs: { headerLine: 3 }, days: { new: 2 }, notices: [] } });
  for (const [type, shift] of [
    ['biff8', 0],
    ['xlsx', 1_462],
    ['biff8', 1_462],
  ] as const) {
    const { body } = await sendFile(service, '?clock=local', workbookFile([sheet(rows(shift))], type, shift > 0), {
      'content-type': 'application/vnd.ms-excel',
    });
    t.match(body, { status: 'nothing-new', days: { unchanged: 2 }, notices: [] }, `${type} ${shift}`);
  }
  t.match(await storedDays(service, [String(MPAN)]), [
    { day: '2025-03-01', quantity: '1176' },
    { day: '2025-03-02', quantity: '1176' },
  ]);
});

t.test('instants, formulas, errors and residues of sums are read as what is stored', async (t) => {
  const at = (minute: number): MadeCell => [serialOf('2025-04-01') + minute / 1440, 'dd/mm/yyyy hh:mm'];
  const file = workbookFile([
    {
      name: 'Readings',
      rows: [
        ['MPAN', 'Timestamp', 'kWh'],
        [String(MPAN), at(0), 0.1 + 0.2],
        [MPAN, at(30), { t: 'n', v: 5.25, f: 'B1*2' }],
        [MPAN, at(60), { t: 'e', v: 0x2a }],
        [MPAN, at(90), 12.345678],
      ],
    },
  ]);
  const { body } = await sendFile(service, '?clock=local&resolutionMinutes=30', file);
  t.match(body, {
    status: 'stored',
    rows: { accepted: 4 },
    notices: [{ code: 'binary-residue', detail: /^1 numbers/ }],
  });
  const [day] = (await storedDays(service, [String(MPAN)])).filter((stored) => stored.day === '2025-04-01');
  t.strictSame(day?.intervals.slice(0, 4), [0.3, 5.25, null, 12.345678]);
});

t.test('each sheet with readings is read, hidden ones and others are named', async (t) => {
  const file = workbookFile([
    { name: 'Read me', rows: [['This workbook was made by Portal']] },
    sheet([row('2025-05-01')], { name: 'May' }),
    sheet([row('2025-06-01')], { name: 'June' }),
    sheet([row('2025-07-01')], { name: 'Old', isHidden: true }),
  ]);
  const { body } = await sendFile(service, '?clock=local', file);
  t.match(body, {
    status: 'stored',
    days: { new: 2 },
    notices: [
      { code: 'sheets-hidden', detail: /'Old'/ },
      { code: 'table-left-out', detail: /'Read me' was left out: The columns of the file are not recognised/ },
    ],
  });
});

t.test('a refused cell is named with its sheet and row', async (t) => {
  const bad = [row('2025-08-01'), [1.2e20, [serialOf('2025-08-02'), DAY], ...numbered(48)] as MadeCell[]];
  const { status, body } = await sendBadFile(
    service,
    '?clock=local',
    workbookFile([
      sheet([row('2025-08-03', [{ t: 'e', v: 0x17 }, ...numbered(47)])], { name: 'A' }),
      sheet(bad, { name: 'B' }),
    ]),
  );
  t.equal(status, 422);
  t.match(body.errors, [
    { file: 'A', line: 4, value: '#REF!', code: 'not-a-number', pointer: 'line 4 of A' },
    { file: 'B', line: 5, code: 'scientific-notation', detail: /format the column as text/ },
  ]);
});

t.test('what is no workbook that can be read is refused by its name', async (t) => {
  const refused = async (file: Buffer) => {
    const { status, body } = await sendBadFile(service, '?clock=local', file);
    return { status, detail: body.detail };
  };
  const rows = [sheet([row('2025-03-01')])];
  t.match(await refused(workbookFile(rows, 'ods')), { status: 422, detail: /an OpenDocument file: save it as .xlsx/ });
  t.match(await refused(workbookFile(rows, 'xlsb')), { status: 422, detail: /a binary workbook \(.xlsb\)/ });
  t.match(await refused(workbookFile([{ name: 'A', rows: [['nothing', 'here']] }])), {
    status: 422,
    detail: /columns of the file are not recognised/,
  });
  const whole = workbookFile(rows);
  t.match(await refused(whole.subarray(0, whole.length - 100)), { status: 422, detail: /damaged or cut short/ });
});
