import t from 'tap';
import { testApp } from '../../support/app.ts';
import { LAYOUTS_BY_END } from '../../support/supplier-files/layouts-by-end.ts';
import { expectedOutcomes, outcomesOf } from '../../support/supplier-files/outcomes.ts';
import { writeFileMeters } from '../../support/supplier-files/send-supplier-file.ts';

// Dozens of files are read one after the other.
t.setTimeout(240_000);
const service = await testApp(t);
await writeFileMeters(service);

t.test(
  'files with columns named by the end of their half-hour, or by nothing are read without help, or ask the one thing they leave open',
  async (t) => {
    t.strictSame(await outcomesOf(service, LAYOUTS_BY_END), expectedOutcomes(LAYOUTS_BY_END));
  },
);
