import { gzipSync } from 'node:zlib';
import t from 'tap';
import { testApp } from '../../support/app.ts';
import { ask, writeEstate } from '../../support/estate.ts';
import { dayHeader, dayRow, numbered, sendBadFile, sendFile, storedDays } from '../../support/uploads.ts';

const service = await testApp(t);
await writeEstate(service, [{ meter: 'E1' }]);

const FIRST = dayRow('E1', '2025-03-01', numbered(48));
const SECOND = dayRow('E1', '2025-03-02', numbered(48));
const LINES = [dayHeader(), FIRST, SECOND];
const BIG_ENDIAN = (text: string) => Buffer.from(text, 'utf16le').swap16();

t.test('the same table is read out of every dirt', async (t) => {
  const text = `${LINES.join('\r\n')}\r\n`;
  const files: Record<string, string | Buffer> = {
    plain: text,
    'a byte order mark': `\ufeff${text}`,
    'UTF-16': Buffer.from(`\ufeff${text}`, 'utf16le'),
    'UTF-16 without a mark': Buffer.from(text, 'utf16le'),
    'UTF-16 of the other order': BIG_ENDIAN(`\ufeff${text}`),
    'compressed UTF-16': gzipSync(BIG_ENDIAN(text)),
    'NUL bytes': `${LINES.join('\0\n\0')}\0\0\0`,
    'CR alone': LINES.join('\r'),
    'mixed line ends': `${LINES[0]}\n${LINES[1]}\r${LINES[2]}\r\n`,
    'blank lines': `\n\n${LINES.join('\n\n\r\n')}\n${','.repeat(49)}\n\n`,
    'a line for spreadsheets': `sep=,\r\n${text}`,
    semicolons: `sep=;\n${text.replaceAll(',', ';')}`,
    tabs: text.replaceAll(',', '\t'),
    totals: `${text}Total,,${numbered(48, 1000).join(',')}\nGrand Total\nReport generated on 03/03/2025\n`,
    'the header again': [...LINES, dayHeader(), SECOND, ''].join('\n'),
    quotes: text.replaceAll(/[^,\r\n]+/g, '"$&"'),
    'a title': `Portal export\nSite,"Town ""Old"" Hall\nHigh Street"\n\n${text}`,
    'a title in Windows-1252': Buffer.from(`Cost in £\n${text}`, 'latin1'),
  };
  let status = 'stored';
  for (const [name, file] of Object.entries(files)) {
    const { body } = await sendFile(service, '?clock=local', file);
    t.match(body, { status, meters: 1, rows: { refused: 0 } }, name);
    status = 'nothing-new';
  }
  const stored = await storedDays(service, ['E1']);
  t.match(stored, [{ day: '2025-03-01', quantity: '1176' }, { day: '2025-03-02' }]);
});

t.test('what was left out or read otherwise is said', async (t) => {
  const noticed = async (file: string | Buffer) => {
    const { body, location } = await sendFile(service, '?clock=local', file);
    t.match(await ask(service, location), { notices: body.notices }, 'and kept');
    return body;
  };
  t.match(await noticed(Buffer.from(`\xa3\n${LINES.join('\n')}\nTotal,,1`, 'latin1')), {
    rows: { read: 3, accepted: 2, skipped: 1 },
    notices: [{ code: 'not-utf-8' }, { code: 'side-rows-skipped', detail: /1 rows of totals/ }],
  });
  t.match(await noticed(LINES.join('\n\0')), { notices: [{ code: 'nul-bytes' }] });
});

t.test('what is no table is refused by its name, and a header of another table by its line', async (t) => {
  const refused: [string | Buffer, RegExp][] = [
    ['', /^The file is empty$/],
    ['\n\r\n  \n', /The file is empty/],
    [dayHeader(), /header on line 1 and no row below it/],
    ['<!doctype html><title>Log in</title>', /a web page \('Log in'\)/],
    [gzipSync('<html><body>'), /a web page/],
    ['{"a":1}', /JSON/],
    ['%PDF-1.4', /PDF/],
    [[...LINES, 'MPAN,Timestamp,kWh', 'E1,2025-03-03 00:00,1'].join('\n'), /Line 4 is the header of another table/],
  ];
  for (const [file, detail] of refused) {
    const { status, body } = await sendBadFile(service, '?clock=local', file);
    t.match({ ...body, status }, { status: 422, type: /unreadable-file/, detail });
  }
});
