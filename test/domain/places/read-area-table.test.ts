import t from 'tap';
import type { AreaRow, Geography } from '../../../src/domain/places/area-table.ts';
import { openAreaTable } from '../../../src/domain/places/read-area-table.ts';

/** Reads a text in blocks of a few bytes, as a network may give it. */
function read(text: string, geography: Geography | null = null) {
  const reader = openAreaTable(geography);
  const rows: AreaRow[] = [];
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += 7) rows.push(...reader.push(bytes.subarray(at, at + 7)));
  const end = reader.end();
  return { ...end.read, count: end.read.rows, rows: [...rows, ...end.rows] };
}

t.test('postcodes with the area of the census that the header names', async (t) => {
  const found = read(
    '\uFEFFpcds,oslaua,lsoa21cd,lsoa21nm\r\nCV1 5RR,E08000026,E01009652,Coventry 031A\r\ncv12aa,x,E01009653,y\n',
  );
  t.match(found, { kind: 'postcodes', geography: 2021, count: 2 });
  t.strictSame(found.rows, [
    { postcode: 'CV1 5RR', lsoa: 'E01009652' },
    { postcode: 'CV1 2AA', lsoa: 'E01009653' },
  ]);
});

t.test('a lookup of both censuses is read by the one that is asked for', async (t) => {
  const text = 'pcd,lsoa11,lsoa21\nCV15RR,E01009652,E01034000\n';
  t.strictSame(read(text, 2011).rows, [{ postcode: 'CV1 5RR', lsoa: 'E01009652' }]);
  t.strictSame(read(text, 2021).rows, [{ postcode: 'CV1 5RR', lsoa: 'E01034000' }]);
  t.throws(() => read(text), { message: /expected geography, one of 2011, 2021/ });
});

t.test('postcodes without an area are counted and left out', async (t) => {
  const found = read('pcds,lsoa21\nCV1 5RR,E01009652\nCV1 9ZZ,\nJE2 3AB,L99999999\n');
  t.match(found, { count: 1, skipped: { withoutArea: 2, outsideEngland: 0 } });
});

t.test('the index as published: its own rank and decile, not those of a domain', async (t) => {
  const found = read(
    [
      'LSOA code (2011),LSOA name (2011),Index of Multiple Deprivation (IMD) Score,Index of Multiple Deprivation (IMD) Rank (where 1 is most deprived),Index of Multiple Deprivation (IMD) Decile (where 1 is most deprived 10% of LSOAs),Income Decile (where 1 is most deprived 10% of LSOAs)',
      'E01009652,Coventry 031A,30.1,4211,2,3',
    ].join('\n'),
  );
  t.match(found, { kind: 'deprivation', geography: 2011 });
  t.strictSame(found.rows, [{ lsoa: 'E01009652', rank: 4211, decile: 2 }]);
});

t.test('a plain table needs the census to be said, and areas of other nations are left out', async (t) => {
  const text = 'lsoa,decile\nE01009652,2\nW01000001,4\n';
  t.throws(() => read(text), { message: /expected geography/ });
  t.match(read(text, 2021), { count: 1, skipped: { outsideEngland: 1 } });
  t.strictSame(read(text, 2021).rows, [{ lsoa: 'E01009652', rank: null, decile: 2 }]);
});

t.test('what is wrong is refused with its line, column and value', async (t) => {
  const wrong: [string, RegExp][] = [
    ['site,kWh\nA,1\n', /expected columns of postcodes and LSOA codes/],
    ['pcds,lsoa21\nCV1 5RR,031A\n', /line 2: lsoa is '031A'/],
    ['pcds,lsoa21\n\nCOVENTRY,E01009652\n', /line 3: postcode is 'COVENTRY'/],
    ['lsoa21,decile\nE01009652,11\n', /line 2: decile is '11', expected a whole number from 1 to 10/],
    ['lsoa21,decile\nE01009652,\n', /line 2: decile is ''/],
    ['lsoa21,decile\n', /holds no rows/],
    ['', /holds no rows/],
  ];
  for (const [text, message] of wrong) t.throws(() => read(text), { message }, JSON.stringify(text));
  t.throws(() => read('lsoa11,decile\nE01009652,1\n', 2021), {
    message: /geography is 2021, and the header says 2011/,
  });
});
