import t from 'tap';
import { testApp } from '../../support/app.ts';
import { forgetReadings, writeFileMeters, wrongDays } from '../../support/supplier-files/send-supplier-file.ts';
import type { FileClock } from '../../support/supplier-files/supplier-layout.ts';
import { SUPPLIER_LAYOUTS } from '../../support/supplier-files/supplier-layouts.ts';
import { writeSupplierFile } from '../../support/supplier-files/write-supplier-file.ts';
import { sendFile, storedDays } from '../../support/uploads.ts';

t.setTimeout(120_000);
const service = await testApp(t);
await writeFileMeters(service);

/** A financial year, from its first midnight to its last, and a day on either side for the files in UTC. */
const YEAR = [['2025-03-31', '2026-04-01']] as const;
const MIDDLE = { first: '2025-04-01', last: '2026-03-31' };
const AUTUMN = '2025-10-26';

/** The same estate, year and values, as four suppliers write them. */
const FILES: readonly [what: string, layout: string, clock: FileClock, query: string][] = [
  ['local days of 46, 48 and 50', 'drax-portal', 'local', ''],
  ['UTC', 'edf-historic', 'utc', ''],
  ['48 values of GMT', 'eon', 'utc', '?clock=gmt48'],
  ['48 values of the clock on the wall', 'eon', 'local48-blank', '?clock=local48'],
];

/** The values of the year by meter and day. */
async function yearOf([, name, clock, query]: (typeof FILES)[number]): Promise<Map<string, (number | null)[]>> {
  const layout = SUPPLIER_LAYOUTS.find((each) => each.name === name);
  if (layout === undefined) throw new Error(`no layout ${name}`);
  await forgetReadings(service);
  const file = writeSupplierFile(layout, clock, YEAR);
  const { status, body } = await sendFile(service, query, file.text);
  t.equal(status, 201, JSON.stringify(body).slice(0, 300));
  t.strictSame((await wrongDays(service, file)).slice(0, 2), []);
  const days = await storedDays(
    service,
    file.meters.map(({ key }) => key),
  );
  const inYear = days.filter(({ day }) => day >= MIDDLE.first && day <= MIDDLE.last);
  return new Map(inYear.map(({ meter, day, intervals }) => [`${meter} ${day}`, intervals]));
}

t.test('a year is the same meter-days whichever clock it was written by', async (t) => {
  const years = new Map<string, Map<string, (number | null)[]>>();
  for (const file of FILES) years.set(file[0], await yearOf(file));
  const truth = years.get('local days of 46, 48 and 50') ?? new Map();
  t.equal(truth.size, 2 * 365);
  t.equal(truth.get(`1200023305967 ${AUTUMN}`)?.length, 50);
  for (const [what, year] of years) {
    const differ = [...truth].filter(([name, values]) => JSON.stringify(year.get(name)) !== JSON.stringify(values));
    const isDropped = what === '48 values of the clock on the wall';
    t.strictSame(
      differ.map(([name]) => name.slice(-10)),
      isDropped ? [AUTUMN, AUTUMN] : [],
      what,
    );
    for (const [name, values] of differ) {
      const kept = values.map((value: number | null, index: number) => (index === 4 || index === 5 ? null : value));
      t.strictSame(year.get(name), kept, 'the hour that the file leaves out is missing, never zero');
    }
  }
});
