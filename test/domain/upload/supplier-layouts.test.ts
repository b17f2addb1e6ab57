import t from 'tap';
import type { UploadClock } from '../../../src/domain/upload/layout.ts';
import { LayoutQuestions } from '../../../src/domain/upload/layout-questions.ts';
import type { UploadMeter } from '../../../src/domain/upload/meter-lookup.ts';
import type { UploadOptions } from '../../../src/domain/upload/upload-options.ts';
import { type ReadUpload, readUpload } from '../../support/read-upload.ts';
import type { FileClock, SupplierLayout } from '../../support/supplier-files/supplier-layout.ts';
import { SUPPLIER_LAYOUTS } from '../../support/supplier-files/supplier-layouts.ts';
import { FILE_METERS } from '../../support/supplier-files/true-readings.ts';
import { type SupplierFile, writeSupplierFile } from '../../support/supplier-files/write-supplier-file.ts';

const ACTIVITY = { electricity: 'electricity', solar: 'electricity', gas: 'natural-gas' } as const;
const METERS: UploadMeter[] = FILE_METERS.map(({ key, fuel, serial, alias }, index) => ({
  id: index + 1,
  key,
  activity: ACTIVITY[fuel],
  unit: 'kWh',
  direction: fuel === 'solar' ? 'generation' : 'import',
  kind: 'interval',
  aliases: [alias],
  serials: [serial],
}));

const CLOCK: Readonly<Record<FileClock, UploadClock>> = {
  local: 'local',
  utc: 'utc',
  'local48-blank': 'local48',
  'local48-zero': 'local48',
  'local48-summed': 'local48',
};

const BLOCK_BYTES = 32_768;
const read = ({ text }: SupplierFile, options: Partial<UploadOptions>) =>
  readUpload(text, options, BLOCK_BYTES, METERS);

/** What a file leaves open: panels give nothing by night, so that no hour of the night tells zeros from no hour. */
function openQuestions({ name, fuels, isDatedNextDay }: SupplierLayout, clock: FileClock): string[] {
  if (isDatedNextDay === true) return ['rowDate'];
  const isDark = fuels.includes('solar') && (clock === 'utc' || clock === 'local48-zero');
  return isDark && name !== 'passiv-solar' ? ['clock'] : [];
}

/** Reads a file, answering what it asks once. */
function readAnswering(file: SupplierFile, clock: FileClock): { result: ReadUpload; asked: string[] } {
  try {
    return { result: read(file, {}), asked: [] };
  } catch (error) {
    if (!(error instanceof LayoutQuestions)) throw error;
    const asked = error.questions.map(({ parameter }) => parameter);
    const answers: Partial<UploadOptions> = {};
    if (asked.includes('clock')) answers.clock = CLOCK[clock];
    if (asked.includes('rowDate')) answers.rowDate = 'day-after';
    return { result: read(file, answers), asked };
  }
}

for (const layout of SUPPLIER_LAYOUTS)
  t.test(`${layout.name} is understood in every clock it may be written by`, async (t) => {
    for (const clock of layout.clocks) {
      const file = writeSupplierFile(layout, clock);
      const { result, asked } = readAnswering(file, clock);
      t.strictSame(asked, openQuestions(layout, clock), `${clock}: asks what the file cannot show, and nothing else`);
      t.strictSame(result.report.faults, [], clock);
      const days = Object.entries(result.days).map(([name, { values, quality }]) => ({ name, values, quality }));
      // An hour that holds two is divided between them: their sum is what the file says.
      const isMerged = (day: string) => clock === 'local48-summed' && day === '2025-10-26';
      const expected = file.days.map(({ meter, day, intervals, quality }) => ({
        name: `${meter} ${day}`,
        values: intervals,
        quality,
      }));
      const byName = (a: { name: string }, b: { name: string }) => (a.name < b.name ? -1 : 1);
      const plain = (all: typeof days) => all.filter(({ name }) => !isMerged(name.slice(-10))).sort(byName);
      t.strictSame(plain(days), plain(expected), `${clock}: every value where it belongs`);
      for (const { name, values } of expected.filter((day) => isMerged(day.name.slice(-10)))) {
        const sum = (all: readonly (number | null)[]) =>
          Math.round(all.reduce((a: number, b) => a + (b ?? 0), 0) * 1e6);
        const merged = result.days[name]?.values ?? [];
        t.equal(sum(merged), sum(values), name);
        t.equal(merged.length, 50);
        t.notOk(merged.includes(null), `${name} is complete`);
        const codes = result.report.notices.map(({ code }) => code);
        t.ok(codes.includes('merged-hour'), `${clock}: says that hours were merged`);
      }
    }
  });
