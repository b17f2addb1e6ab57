import t from 'tap';
import type { SupplierLayout } from './supplier-layout.ts';
import { SUPPLIER_LAYOUTS } from './supplier-layouts.ts';
import { FILE_METERS } from './true-readings.ts';
import { writeSupplierFile } from './write-supplier-file.ts';

const [townHall, library] = FILE_METERS.map(({ key }) => key) as [string, string];
const CHANGES = [
  ['2025-03-30', '2025-03-30'],
  ['2025-10-26', '2025-10-26'],
] as const;

function layoutNamed(name: string): SupplierLayout {
  const layout = SUPPLIER_LAYOUTS.find((each) => each.name === name);
  if (layout === undefined) throw new Error(`no layout ${name}`);
  return layout;
}

/** Rows of a file as cells, without those above the header. */
function rowsOf(name: string, clock: SupplierLayout['clocks'][number]): string[][] {
  const layout = layoutNamed(name);
  const lines = writeSupplierFile(layout, clock, CHANGES).text.trimEnd().split('\r\n');
  return lines.slice(layout.titles).map((line) => line.split(','));
}

/** How many intervals of a day a file carries, of how many. */
function carriedOf(name: string, clock: SupplierLayout['clocks'][number]): Record<string, string> {
  const { days } = writeSupplierFile(layoutNamed(name), clock, CHANGES);
  const own = days.filter(({ meter }) => meter === days[0]?.meter);
  return Object.fromEntries(
    own.map(({ day, intervals }) => [day, `${intervals.filter((value) => value !== null).length}/${intervals.length}`]),
  );
}

t.test('there are 41 layouts and a wider form of one; each is written in every clock that it can have', async (t) => {
  t.equal(SUPPLIER_LAYOUTS.length, 42);
  t.equal(new Set(SUPPLIER_LAYOUTS.map(({ name }) => name)).size, 42);
  for (const layout of SUPPLIER_LAYOUTS) {
    for (const clock of layout.clocks) {
      const { text, days } = writeSupplierFile(layout, clock);
      const widths = text
        .trimEnd()
        .split('\r\n')
        .slice(layout.titles)
        .map((line) => line.split(',').length);
      t.equal(new Set(widths).size, 1, `${layout.name} ${clock}: every row is as wide as the header`);
      t.ok(days.length >= 76, `${layout.name} ${clock}: two meters and 38 days at least`);
    }
  }
});

t.test('the local clock has 46 and 50 values', async (t) => {
  const [header = [], spring = [], autumn = []] = rowsOf('corona-weekly-hh-electricity-50', 'local');
  t.strictSame(header.slice(0, 3), ['MPAN_CORE', 'SETTLEMENT_DATETIME', 'ID1']);
  t.strictSame(spring.slice(0, 2), [townHall, '30/03/2025']);
  t.strictSame(
    [spring, autumn].map((row) => row.slice(2).filter((cell) => cell !== '').length),
    [46, 50],
  );
  t.strictSame(spring.slice(48), ['', '', '', '']);
  t.strictSame(carriedOf('corona-weekly-hh-electricity-50', 'local'), {
    '2025-03-30': '46/46',
    '2025-10-26': '50/50',
  });
});

t.test('a day of UTC in summer lies in two local days', async (t) => {
  t.strictSame(carriedOf('eon', 'utc'), {
    '2025-03-30': '46/46',
    '2025-03-31': '2/48',
    '2025-10-26': '48/50',
  });
});

t.test(
  'always 48: the hour that spring leaves out is blank or zero, the second of the repeated ones is dropped',
  async (t) => {
    const [, blank = []] = rowsOf('eon', 'local48-blank');
    const [, zero = []] = rowsOf('eon', 'local48-zero');
    t.strictSame(blank.slice(4, 6), ['', '']);
    t.strictSame(zero.slice(4, 6), ['0', '0']);
    t.strictSame(carriedOf('eon', 'local48-zero'), { '2025-03-30': '46/46', '2025-10-26': '48/50' });
    const { days } = writeSupplierFile(layoutNamed('eon'), 'local48-blank', CHANGES);
    const autumn = days.find(({ day, meter }) => day === '2025-10-26' && meter === library)?.intervals ?? [];
    t.strictSame(
      autumn.flatMap((value, index) => (value === null ? [index] : [])),
      [4, 5],
    );
  },
);

t.test('or the repeated hours are added up, and the total says so', async (t) => {
  const [, , autumn = []] = rowsOf('energy-assets2', 'local48-summed');
  const [, , dropped = []] = rowsOf('energy-assets2', 'local48-blank');
  const sum = autumn.slice(2, 50).reduce((total, cell) => total + Math.round(Number(cell) * 1_000), 0);
  t.equal(sum / 1_000, Number(autumn[50]));
  t.ok(Number(autumn[4]) > 1.7 * Number(dropped[4]));
  t.strictSame(carriedOf('energy-assets2', 'local48-summed'), { '2025-03-30': '46/46', '2025-10-26': '50/50' });
});

t.test('columns of their own take the repeated hour', async (t) => {
  const [header = [], spring = [], autumn = []] = rowsOf('crown-electricity', 'local');
  const at = header.indexOf('Time Change 1');
  t.strictSame(header.slice(at), [
    'Time Change 1',
    'Time Change 1 Est',
    'Time Change 2',
    'Time Change 2 Est',
    'Total kWh',
  ]);
  t.strictSame(spring.slice(8, 12), ['', '', '', '']);
  t.strictSame(spring.slice(at, at + 4), ['', '', '', '']);
  t.ok(Number(autumn[at]) > 0 && Number(autumn[at + 2]) > 0);
  t.strictSame(carriedOf('crown-electricity', 'local'), { '2025-03-30': '46/46', '2025-10-26': '50/50' });
});

t.test('rows of readings show the clock on the wall, by start or by end', async (t) => {
  const times = (name: string, day: string) => {
    const rows = rowsOf(name, 'local').slice(1);
    const own = rows.filter(([meter, date = '']) => meter === rows[0]?.[0] && date.startsWith(day));
    return own.map(([, date = '', time = '']) => (name === 'meter-online-solar' ? time : date.slice(11)));
  };
  t.strictSame(times('meter-online-solar', '26-10-25').slice(0, 7), [
    '00:00',
    '00:30',
    '01:00',
    '01:30',
    '01:00',
    '01:30',
    '02:00',
  ]);
  t.strictSame(times('meter-online-solar', '30-03-25').slice(0, 3), ['00:00', '00:30', '02:00']);
  t.strictSame(times('datavision-custom', '26/10/2025').slice(0, 6), [
    '00:30',
    '01:00',
    '01:30',
    '01:00',
    '01:30',
    '02:00',
  ]);
  t.strictSame(times('datavision-custom', '30/03/2025').slice(0, 3), ['00:30', '02:00', '02:30']);
  t.equal(rowsOf('ugp', 'local').at(-1)?.[3], '50');
});

t.test('flags, totals and rows of reactive energy stand where the layout has them', async (t) => {
  const [header = [], row = []] = rowsOf('british-gas-dc-da-electricity', 'utc');
  t.strictSame(header.slice(5, 8), ['interval_1_indicator', 'interval_1', 'interval_2_indicator']);
  t.match(row[5], /^[AE]$/);
  const sse = rowsOf('sse', 'utc');
  t.strictSame(
    sse.slice(1, 3).map((cells) => cells[1]),
    ['kWh', 'kVArh'],
  );
  const { text, days } = writeSupplierFile(layoutNamed('tgp-hh-manual'), 'local');
  t.match(text, ',Yes,AI,');
  t.ok(days.some(({ quality }) => quality === 'E') && days.some(({ quality }) => quality === null));
  t.ok(writeSupplierFile(layoutNamed('edf-historic'), 'utc').days.some(({ quality }) => quality?.includes('AE')));
});
