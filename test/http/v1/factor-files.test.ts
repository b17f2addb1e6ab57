import t from 'tap';
import { testApp } from '../../support/app.ts';
import { factorCsv, factorFileRows, factorWorkbook, filledRows } from '../../support/factor-file.ts';
import { shippedSets } from '../../support/shipped-sets.ts';
import { zipFile } from '../../support/zip-files.ts';

const { send } = await testApp(t);
const { sets } = shippedSets();

function setOf(year: number) {
  const set = sets.get(year);
  if (set === undefined) throw new Error(`no set of ${year}`);
  return set;
}

const rows2025 = factorFileRows(setOf(2025), 'with-ids');
/** What the official file of 2025 counts. */
const whole2025 = filledRows(rows2025, { total: 8740, zero: 176, blank: 1711 });
const official2025 = factorWorkbook(whole2025, { layout: 'with-ids', year: 2025, version: 1 });
const small2025 = factorWorkbook(rows2025, { layout: 'with-ids', year: 2025, version: 1 });

const upload = (file: Buffer | string, query = '', type = 'application/octet-stream') =>
  send('POST', `/v1/factor-sets${query}`, { body: file, headers: { 'content-type': type } });

t.test(
  'a file as large as the official one of 2025 goes in whole, equals the set that is shipped, and changes no figure',
  async (t) => {
    const answer = await upload(official2025, '?fileName=flat.xlsx');
    t.equal(answer.statusCode, 201);
    t.match(answer.json(), {
      outcome: 'rows-added',
      set: { id: 'uk-2025', version: '1', active: true, origin: 'shipped', factorCount: 148 },
      file: {
        layout: 'with-ids',
        sheet: 'Factors by Category',
        headerRow: 6,
        fileName: 'flat.xlsx',
        sha256: /^[0-9a-f]{64}$/,
      },
      rows: {
        total: 8740,
        withValue: 7029,
        zero: 176,
        blank: 1711,
      },
      mapped: { factors: 148 },
      presentVersion: '1',
      differences: [],
      warnings: [],
    });
    const again = await upload(official2025);
    t.equal(again.statusCode, 200);
    t.equal(again.json().outcome, 'unchanged');
  },
);

t.test('a factor names the file and the row it stands in', async (t) => {
  const at = whole2025.findIndex(({ texts, ghg }) => texts[0] === 'UK electricity' && ghg === 'kg CO2e');
  const { data } = (await send('GET', '/v1/factors?set=2025&key=electricity.grid.generation')).json();
  t.match(data, [
    {
      factor: 0.177,
      factorAsDisplayed: '0.177',
      row: { sheet: 'Factors by Category', rowNumber: at + 7, rowId: `1_100_${1000 + at}_5_1` },
    },
  ]);
  t.equal((await send('GET', '/v1/factors?set=2024&key=electricity.grid.generation')).json().data[0].row, undefined);
});

t.test('every row of the file can be read, as printed, with zero kept apart from blank', async (t) => {
  const list = async (query: string) => (await send('GET', `/v1/factor-sets/uk-2025/versions/1/rows?${query}`)).json();
  const seen: { rowNumber: number; value: number | null }[] = [];
  let next: string | undefined;
  do {
    const page = await list(`limit=100${next === undefined ? '' : `&cursor=${next}`}`);
    seen.push(...page.data);
    next = page.page.nextCursor;
  } while (next !== undefined && seen.length < 10_000);
  t.strictSame(
    seen.map(({ value }) => value),
    whole2025.map(({ value }) => value),
  );
  t.match((await list('text=waste food')).data, [{ level1: 'Waste disposal', uom: 'tonnes', value: null }]);
  const blanks = (await list('blank=true&limit=100')).data;
  t.ok(blanks.length === 100 && blanks.every(({ value }: { value: number | null }) => value === null));
  t.match((await list('key=heat.district')).data[0], { scope: 'Scope 2', level3: 'District heat and steam' });
  t.match((await list('level1=uk%20electricity%20for%20evs')).data, [{ value: 0.03663 }]);
  const csv = await send('GET', '/v1/factor-sets/uk-2025/versions/1/rows?text=waste', {
    headers: { accept: 'text/csv' },
  });
  t.match(csv.body, /rowNumber,rowId,scope,level1,.*\r\n\d+,1_100_\d+_5_1,Scope 3,Waste disposal/);
  t.strictSame((await send('GET', '/v1/factor-sets/uk-2024/versions/1.1/rows')).json().data, [], 'no file is held');
});

t.test('files of both layouts, as workbook of either form and as CSV, give the factors that are shipped', async (t) => {
  for (const [year, version, type] of [
    [2019, 1.03, 'xls'],
    [2016, 1.01, 'xlsx'],
    [2021, 3, 'csv'],
    [2023, 1.1, 'csv'],
  ] as const) {
    const layout = year < 2023 ? 'without-ids' : 'with-ids';
    const rows = factorFileRows(setOf(year), layout);
    const file = type === 'csv' ? factorCsv(rows, layout, year) : factorWorkbook(rows, { layout, year, version, type });
    const answer = await upload(
      file,
      type === 'csv' ? `?version=${version}` : '',
      type === 'csv' ? 'text/csv' : undefined,
    );
    t.equal(answer.statusCode, 201, `${year}: ${answer.body.slice(0, 300)}`);
    t.match(answer.json(), { outcome: 'rows-added', file: { layout }, differences: [], set: { id: `uk-${year}` } });
  }
});

t.test('a corrected file of a version that is held is refused, and taken as another version', async (t) => {
  const rows = rows2025.map((row) =>
    row.texts[0] === 'UK electricity' && row.ghg === 'kg CO2e' ? { ...row, value: 0.2 } : row,
  );
  const file = factorWorkbook(rows, { layout: 'with-ids', year: 2025, version: 1 });
  t.match((await upload(file)).json(), {
    status: 409,
    detail: /stored with other figures .*0.177 → 0.2.*never edited/,
  });
  const added = await upload(file, '?version=1-corrected');
  t.match(added.json(), {
    outcome: 'version-added',
    set: {
      version: '1-corrected',
      active: false,
      origin: 'file',
      publishedOn: '2025-06-10',
      gwp: 'AR5',
      publisher: /DESNZ/,
    },
    presentVersion: '1',
    differences: [{ key: 'electricity.grid.generation', kind: 'changed', unit: 'kWh', present: 0.177, uploaded: 0.2 }],
    warnings: [/electricity.grid.generation: the gas parts add up to 0.17701, the published total is 0.2/],
  });
  const kept = (await send('GET', '/v1/factors?set=uk-2025@1-corrected&key=electricity.grid.generation')).json();
  t.match(kept.data, [{ kgCo2e: 0.2, active: false, row: { sheet: 'Factors by Category' } }]);
});

t.test('numbers are the stored ones to 10 significant digits, and lines that are lost are told', async (t) => {
  const rows = [
    { texts: ['UK electricity', 'Electricity generated', 'Electricity: UK', ''] as const, value: 0.21233000000000002 },
    { texts: ['Water supply', 'Water supply', 'Water supply', ''] as const, value: null },
  ].map(({ texts, value }, index) => ({
    texts: [...texts] as [string, string, string, string],
    scope: index === 0 ? 'Scope 2' : 'Scope 3',
    uom: index === 0 ? 'kWh' : 'cubic metres',
    ghg: 'kg CO2e',
    value,
  }));
  const answer = (await upload(factorCsv(rows, 'without-ids', 2021), '?version=3-short', 'text/csv')).json();
  t.match(answer, { outcome: 'version-added', mapped: { factors: 2 }, rows: { withValue: 1, blank: 1, zero: 0 } });
  t.match(answer.warnings, [/Lines of the version in use that the file lacks .*water\.supply/]);
  const { data } = (await send('GET', '/v1/factors?set=uk-2021@3-short')).json();
  t.strictSame(
    data.map(({ key, kgCo2e }: { key: string; kgCo2e?: number }) => [key, kgCo2e]),
    [
      ['electricity.grid.generation', 0.21233],
      ['water.supply', undefined],
    ],
  );
});

t.test('400 and 422: what a file states must agree, and what it does not state must be said', async (t) => {
  const csv = factorCsv(rows2025, 'with-ids', 2025);
  t.match((await upload(csv, '', 'text/csv')).json(), { status: 400, errors: [{ pointer: '?version' }] });
  t.match((await upload(small2025, '?year=2024')).json(), {
    status: 400,
    errors: [{ pointer: '?year', detail: /states 2025/ }],
  });
  t.match((await upload(small2025, '?version=1.1')).json(), { status: 400, errors: [{ pointer: '?version' }] });
  t.match((await upload(small2025, '?id=uk-2024')).json(), { status: 400, errors: [{ pointer: '?id' }] });
  const other = csv.replace(
    'UK Government GHG Conversion Factors for Company Reporting',
    'Factors of another publisher',
  );
  t.match((await upload(other, '?version=1', 'text/csv')).json(), {
    status: 400,
    errors: [
      { pointer: '?id' },
      { pointer: '?publisher' },
      { pointer: '?gwp' },
      { pointer: '?licence' },
      { pointer: '?source' },
    ],
  });
  t.match((await upload('day,value\n2025-01-01,1\n', '', 'text/csv')).json(), {
    status: 422,
    detail: /no table of conversion factors/,
  });
  const wrong = csv.replace(',0.177\r\n', ',about 0.2\r\n');
  t.match((await upload(wrong, '?version=1', 'text/csv')).json(), {
    status: 422,
    detail: /line \d+: the conversion factor is 'about 0.2'/,
  });
});

t.test('a file that would burst, another document and an empty body are refused before anything is kept', async (t) => {
  const bomb = zipFile([{ name: 'xl/workbook.xml', content: Buffer.alloc(64 * 1024 * 1024) }]);
  t.equal((await upload(bomb)).statusCode, 413);
  t.equal((await upload(Buffer.from('%PDF-1.7 …'))).statusCode, 422);
  t.equal((await upload(Buffer.alloc(0))).statusCode, 422);
  t.equal((await upload('{}', '', 'application/json')).statusCode, 415);
  t.equal(
    (await send('POST', '/v1/factor-sets', { scope: 'read', body: 'x', headers: { 'content-type': 'text/csv' } }))
      .statusCode,
    403,
  );
});
