import t from 'tap';
import { readBenchOptions } from '../../../scripts/bench/bench-options.ts';
import { SECTION_NAMES } from '../../../scripts/bench/section-names.ts';

t.test('everything is measured by default, at small sizes, and --full takes the sizes of the bars', async (t) => {
  t.match(readBenchOptions([]), { only: SECTION_NAMES, meters: 100, sites: 200, years: 3, output: 'bench.json' });
  t.match(readBenchOptions(['--full']), { meters: 1_000, days: 365, sites: 1_000, years: 10 });
});

t.test('a size that is given counts over those of --full', async (t) => {
  t.match(readBenchOptions(['--full', '--years', '2']), { sites: 1_000, years: 2 });
});

t.test('no more meters are stored as rows than there are', async (t) => {
  t.equal(readBenchOptions(['--meters', '3', '--table-meters', '10']).tableMeters, 3);
});

t.test('sections are measured in their own order, whatever order they are named in', async (t) => {
  t.strictSame(readBenchOptions(['--only', 'http,upload']).only, ['upload', 'http']);
});

t.test('an option that is unknown or has no sense is refused with its value', async (t) => {
  t.throws(() => readBenchOptions(['--site', '3']), /--site/);
  t.throws(() => readBenchOptions(['--only', 'upload,disk']), /--only names 'disk': expected sections out of start/);
  t.throws(() => readBenchOptions(['--years', '11']), {
    message: "--years is '11': expected a whole number from 1 to 10",
  });
  t.throws(() => readBenchOptions(['--runs', '1.5']), /--runs is '1.5'/);
});
