import t from 'tap';
import type { Edition } from '../../../src/domain/reference/edition.ts';
import { parseFactorTable } from '../../../src/domain/reference/parse-factor-table.ts';
import { Refusal } from '../../../src/domain/refusal.ts';

const EDITION: Edition = {
  id: 'uk-2019',
  version: '1.03',
  year: 2019,
  title: 'Factors 2019',
  publisher: 'A publisher',
  publishedOn: '2020-07',
  gwp: 'AR4',
  licence: 'A licence',
  attribution: 'A line',
  source: 'A file',
  officialFileSha256: null,
  notes: [],
  digest: '0'.repeat(64),
};
const HEADER =
  'publication_year,activity_key,activity_name,scope,unit,kg_co2e_per_unit,kg_co2,kg_ch4_co2e,kg_n2o_co2e,' +
  'valid_from,valid_to,source,confidence,notes';

function row(cells: Partial<Record<'year' | 'key' | 'scope' | 'unit' | 'total' | 'co2' | 'ch4' | 'n2o', string>> = {}) {
  const { year = '2019', key = 'gas', scope = '1', unit = 'kWh', total = '0.18385' } = cells;
  const { co2 = '', ch4 = '', n2o = '' } = cells;
  return `${year},${key},"Gas, burned",${scope},${unit},${total},${co2},${ch4},${n2o},2019-01-01,2019-12-31,a file,one source,`;
}

const parse = (...rows: string[]) => parseFactorTable([HEADER, ...rows, ''].join('\n'), EDITION);

function refusalOf(...rows: string[]): Refusal {
  try {
    parse(...rows);
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
  throw new Error('The table was not refused.');
}

t.test('a factor is read with ten significant digits and without its neighbours of other years', async (t) => {
  const { seed, warnings } = parse(
    row({ total: '0.207074288590604', co2: '0.2' }),
    row({ year: '2020', key: 'other' }),
  );
  t.same([...seed.factors.keys()], ['gas']);
  const factor = seed.factors.get('gas');
  t.equal(factor?.kgCo2e?.toFixed(), '0.2070742886');
  t.equal(factor?.kgCo2?.toFixed(), '0.2');
  t.equal(factor?.name, 'Gas, burned');
  t.equal(factor?.scope, '1');
  t.equal(factor?.notes, null);
  t.same(warnings, []);
});

t.test('a blank number is null and never 0, and a published 0 stays 0', async (t) => {
  const { seed } = parse(row({ key: 'blank', total: '' }), row({ key: 'zero', total: '0' }));
  t.equal(seed.factors.get('blank')?.kgCo2e, null);
  t.equal(seed.factors.get('zero')?.kgCo2e?.toFixed(), '0');
  t.equal(seed.factors.get('zero')?.kgCo2, null);
});

t.test('a refusal names the line, the column, the value and what was expected', async (t) => {
  const refused = [
    [row({ total: '-0.1' }), '/2/kg_co2e_per_unit', "kg_co2e_per_unit is '-0.1', expected a number of zero or more"],
    [row({ co2: '1.5x' }), '/2/kg_co2', "kg_co2 is '1.5x', expected a number"],
    [row({ total: 'Infinity' }), '/2/kg_co2e_per_unit', "is 'Infinity', expected a number"],
    [row({ total: '0x10' }), '/2/kg_co2e_per_unit', "is '0x10', expected a number"],
    [row({ scope: '4' }), '/2/scope', "scope is '4', expected one of 1, 2, 3, outside"],
    [row({ key: '' }), '/2/activity_key', "activity_key is '', expected a text"],
    [row({ unit: ' ' }), '/2/unit', "unit is ' ', expected a text"],
    [row({ year: '19' }), '/2/publication_year', "publication_year is '19', expected a year"],
  ] as const;
  for (const [text, pointer, message] of refused) {
    const refusal = refusalOf(text);
    t.equal(refusal.code, 'invalid-request');
    t.equal(refusal.faults[0]?.pointer, pointer);
    t.match(refusal.message, 'line 2');
    t.match(refusal.message, message);
  }
});

t.test('a key that occurs twice in an edition is refused where it occurs again', async (t) => {
  const refusal = refusalOf(row(), row({ key: 'other' }), row());
  t.equal(refusal.faults[0]?.pointer, '/4/activity_key');
  t.match(refusal.message, "line 4: activity_key is 'gas', expected each key once in 2019");
  t.equal(parse(row(), row({ year: '2020' })).seed.factors.size, 1, 'the same key in another edition is no duplicate');
});

t.test('line numbers count the lines of the file, also behind a cell with a line break', async (t) => {
  const broken = row().replace('"Gas, burned"', '"Gas,\nburned"');
  t.equal(refusalOf(broken, row({ key: 'b', total: '-1' })).faults[0]?.pointer, '/4/kg_co2e_per_unit');
});

t.test('a table with other columns, or no table, is refused', async (t) => {
  const text = (header: string) => () => parseFactorTable(`${header}\n`, EDITION);
  t.throws(text(HEADER.replace('scope,', '')), { code: 'invalid-request', message: /at fault: scope/ });
  t.throws(text(`${HEADER},extra`), { message: /at fault: extra/ });
  t.throws(text(`${HEADER},scope`), { message: /one is repeated/ });
  t.throws(() => parseFactorTable('', EDITION), { message: /the columns must be/ });
  t.throws(() => parse('2019,gas'), { code: 'invalid-request', message: /no CSV table/ });
});

t.test('a gas split that misses the total by more than two units of the last digit warns and is kept', async (t) => {
  const within = parse(row({ total: '0.177', co2: '0.17489', ch4: '0.0009', n2o: '0.00123' }));
  t.same(within.warnings, [], 'two units of the fifth decimal are rounding');
  const beyond = parse(row({ total: '0.177', co2: '0.17489', ch4: '0.0009', n2o: '0.00124' }));
  t.equal(beyond.warnings.length, 1);
  t.match(beyond.warnings[0], 'uk-2019: gas: the gas parts add up to 0.17703, the published total is 0.177');
  t.equal(beyond.seed.factors.get('gas')?.kgCo2e?.toFixed(), '0.177', 'the total stands as published');
  t.same(parse(row({ total: '3.2', co2: '3.1', ch4: '0.2', n2o: '0.1' })).warnings, [], 'a table of one decimal');
  t.same(parse(row({ total: '9', co2: '1' })).warnings, [], 'a split with a part missing is not judged');
});
