import t from 'tap';
import { testApp } from '../../support/app.ts';
import { EXPECTED_COUNTS, EXPECTED_QUESTIONS } from '../../support/supplier-files/expected-questions.ts';
import { LAYOUTS_BY_START_WITH_FLAGS } from '../../support/supplier-files/layouts-by-end.ts';
import { LAYOUTS_COUNTED } from '../../support/supplier-files/layouts-counted.ts';
import { LAYOUTS_OF_READING_ROWS } from '../../support/supplier-files/layouts-reading-rows.ts';
import { expectedOutcomes, outcomesOf } from '../../support/supplier-files/outcomes.ts';
import { sendSupplierFile, writeFileMeters } from '../../support/supplier-files/send-supplier-file.ts';
import { SUPPLIER_LAYOUTS } from '../../support/supplier-files/supplier-layouts.ts';

// Dozens of files are read one after the other.
t.setTimeout(240_000);
const service = await testApp(t);
await writeFileMeters(service);

t.test(
  'files with counted columns or with flags are read without help, or ask the one thing they leave open',
  async (t) => {
    const layouts = [...LAYOUTS_BY_START_WITH_FLAGS, ...LAYOUTS_COUNTED];
    t.strictSame(await outcomesOf(service, layouts), expectedOutcomes(layouts));
  },
);

t.test('files with a row for each reading are read without help, or ask the one thing they leave open', async (t) => {
  t.strictSame(await outcomesOf(service, LAYOUTS_OF_READING_ROWS), expectedOutcomes(LAYOUTS_OF_READING_ROWS));
});

t.test('how many files ask is known', async (t) => {
  const files = SUPPLIER_LAYOUTS.flatMap(({ clocks }) => clocks).length;
  t.strictSame({ files, ask: Object.keys(EXPECTED_QUESTIONS).length }, EXPECTED_COUNTS);
});

t.test('a file without a change of the clocks that matters asks for the clock, and not a file of winter', async (t) => {
  const named = (name: string) => {
    const found = SUPPLIER_LAYOUTS.find((layout) => layout.name === name);
    if (found === undefined) throw new Error(`no layout ${name}`);
    return found;
  };
  const june = [['2025-06-01', '2025-06-10']] as const;
  const january = [['2025-01-05', '2025-01-20']] as const;
  const autumn = [['2025-10-20', '2025-11-05']] as const;
  const asked = async (...given: Parameters<typeof sendSupplierFile>) => {
    const { asks, wrong } = await sendSupplierFile(...given);
    t.strictSame(wrong.slice(0, 2), []);
    return asks.join(' ');
  };
  t.equal(await asked(service, named('eon'), 'utc', june), 'clock');
  t.equal(await asked(service, named('eon'), 'local48-blank', june), 'clock');
  t.equal(await asked(service, named('eon'), 'utc', january), '', 'in winter every clock says the same');
  t.equal(await asked(service, named('eon'), 'local48-blank', autumn), 'clock', '48 values may be of either');
  t.equal(await asked(service, named('datavision-custom'), 'local', autumn), '', 'times that come twice are local');
  t.equal(await asked(service, named('edf-historic'), 'utc', june), '', 'the header says it');
  t.equal(await asked(service, named('drax-portal'), 'local', june), '', 'only a local day has 50 half-hours');
});
