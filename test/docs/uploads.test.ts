import { readFileSync } from 'node:fs';
import t from 'tap';
import type { ArrivingRead } from '../../src/domain/registers/place-reads.ts';
import { createD0010Reader } from '../../src/domain/upload/d0010.ts';
import { createMeterLookup } from '../../src/domain/upload/meter-lookup.ts';
import { createTally } from '../../src/domain/upload/tally.ts';
import type { UploadOptions } from '../../src/domain/upload/upload-options.ts';
import { LIMITS } from '../../src/limits.ts';
import { readBills } from '../support/read-bills.ts';
import { readRegisters } from '../support/read-registers.ts';
import { readUpload, TEST_METERS } from '../support/read-upload.ts';

const page = readFileSync(new URL('../../docs/uploads.md', import.meta.url), 'utf8');

type Example = { parameters: URLSearchParams; text: string };

const EXAMPLES: Example[] = [...page.matchAll(/^```csv *(.*)\n([\s\S]*?)^```$/gm)].map(
  ([, parameters = '', text = '']) => ({
    parameters: new URLSearchParams(parameters.replaceAll(' ', '&')),
    text,
  }),
);

function optionsOf(parameters: URLSearchParams): Partial<UploadOptions> {
  const resolution = parameters.get('resolutionMinutes');
  return {
    clock: parameters.get('clock') as UploadOptions['clock'],
    label: parameters.get('label') as UploadOptions['label'],
    dateOrder: parameters.get('dateOrder') as UploadOptions['dateOrder'],
    meterKey: parameters.get('meter'),
    resolutionMinutes: resolution === null ? null : Number(resolution),
  };
}

t.test('every example is read as the page says', async (t) => {
  t.equal(EXAMPLES.length, 22, 'no example is lost by a slip of the pen');
  for (const { parameters, text } of EXAMPLES) {
    const expected = parameters.get('refused');
    if (expected === 'layout-questions') {
      t.throws(() => readUpload(text, optionsOf(parameters)), { code: expected }, text);
      continue;
    }
    const { report } = readUpload(text, optionsOf(parameters));
    const codes = [...new Set(report.faults.map(({ code }) => code))];
    t.strictSame(codes, expected === null ? [] : [expected], text);
    if (expected === null) t.ok(report.values > 0, text);
  }
});

t.test('the flow of register reads is read as the page says', async (t) => {
  const text = /^```flow\n([\s\S]*?)^```$/m.exec(page)?.[1] ?? '';
  const reads: ArrivingRead[] = [];
  const reader = createD0010Reader(
    { nowMs: Date.UTC(2026, 0, 1) },
    createMeterLookup(TEST_METERS),
    (read) => reads.push(read),
    createTally(10),
  );
  reader.push(Buffer.from(text));
  t.match(reader.end(), { rows: { read: 1, accepted: 1 }, readAs: { shape: 'd0010' } });
  t.match(reads, [
    { serial: 'F75A 00802', register: 'S', day: '2016-02-22', valueMicro: 56_311_000_000n, type: 'deemed' },
  ]);
});

t.test('the tables of register reads are read as the page says', async (t) => {
  const texts = [...page.matchAll(/^```registers *(.*)\n([\s\S]*?)^```$/gm)];
  const [first = '', second = '', third = ''] = texts.map(([, , text]) => text ?? '');
  t.strictSame(
    texts.map(([, refused]) => refused),
    ['', 'refused=layout-questions', ''],
  );
  const { reads, report } = readRegisters(first);
  t.match(report, { rows: { read: 3, accepted: 3 }, readAs: { shape: 'register-rows', headerLine: 1 } });
  t.match(reads, [
    { serial: 'G4A 001', register: '1', day: '2025-01-01', valueMicro: 1_042_000_000n, type: 'actual', line: 2 },
    { day: '2025-01-31', type: 'estimated' },
    { day: '2025-02-28', valueMicro: 1_250_500_000n, type: 'actual' },
  ]);
  t.throws(() => readRegisters(second), { code: 'layout-questions' });
  t.strictSame(
    readRegisters(third).reads.map(({ day }) => day),
    ['2025-01-11', '2025-02-02', '2025-03-03'],
  );
});

t.test('the table of bills is read as the page says (rule E5)', async (t) => {
  const text = /^```bills\n([\s\S]*?)^```$/m.exec(page)?.[1] ?? '';
  const { bills, report } = readBills(text);
  t.match(report, { rows: { read: 2, accepted: 2 }, readAs: { shape: 'bill-rows', dateOrder: 'day-first' } });
  t.match(bills, [
    { start: '2025-03-01', end: '2025-04-01', quality: 'A', invoice: '10001', costGbp: '1234.50' },
    { start: '2025-04-01', end: '2025-05-01', quality: 'E', totalMicro: 2_850_000_000n },
  ]);
});

t.test('the months are read as the page says', async (t) => {
  const [across = '', below = ''] = [...page.matchAll(/^```months\n([\s\S]*?)^```$/gm)].map(([, block]) => block ?? '');
  const { bills, report } = readBills(across);
  t.strictSame(
    bills.map(({ meterId, start, end, totalMicro }) => [meterId, start, end, totalMicro]),
    [
      [1, '2025-01-01', '2025-02-01', 310_000_000n],
      [1, '2025-02-01', '2025-03-01', 280_500_000n],
      [2, '2025-01-01', '2025-02-01', 31_000_000n],
      [2, '2025-02-01', '2025-03-01', 28_000_000n],
      [2, '2025-03-01', '2025-04-01', 31_000_000n],
    ],
  );
  t.match(report.totals, { rowsAgree: 2, rowsDiffer: 0 });
  t.match(readBills(below).bills, [
    { start: '2025-01-01', end: '2025-02-01', quality: 'A' },
    { start: '2025-02-01', end: '2025-03-01', quality: 'E' },
  ]);
});

t.test('the bills of gas are read as the page says (rule E6)', async (t) => {
  const [, text = ''] = [...page.matchAll(/^```bills\n([\s\S]*?)^```$/gm)].map(([, block]) => block);
  const { bills, report } = readBills(text);
  t.match(report, { rows: { read: 2, accepted: 2 } });
  t.match(bills, [
    { end: '2025-02-01', totalMicro: 11_192_000_000n, volume: { micro: 1_000_000_000n, energyStated: true } },
    { end: '2025-03-01', totalMicro: 0n, volume: { micro: 120_000_000n, unit: 'm3', energyStated: false } },
  ]);
  t.equal(bills[0]?.volume?.calorificValue?.toFixed(), '39.4');
  t.equal(bills[0]?.volume?.correctionFactor?.toFixed(), '1.02264');
  t.equal(bills[1]?.volume?.correctionFactor, null);
});

t.test('the limits on the page are those of the service', async (t) => {
  const GIBIBYTE = 1024 ** 3;
  t.match(page, `may have ${LIMITS.uploadBytesMax / GIBIBYTE} GiB, and ${LIMITS.uploadPlainBytesMax / GIBIBYTE} GiB`);
  t.match(page, `at most ${LIMITS.uploadRatioMax} times`);
  t.match(page, `its first ${LIMITS.uploadSampleBytesMax / 1024 ** 2} MiB are looked at`);
  t.match(page, `The first ${LIMITS.uploadRefusalsMax.toLocaleString('en-GB')} refused rows`);
  t.match(page, `hold ${LIMITS.uploadRegisterReadsMax.toLocaleString('en-GB')} register reads`);
  t.match(page, `may have ${LIMITS.uploadArchiveMembersMax.toLocaleString('en-GB')} members`);
  t.match(page, `or ${LIMITS.uploadBillsMax.toLocaleString('en-GB')} bills`);
  const mebibytes = [
    LIMITS.uploadWorkbookBytesMax,
    LIMITS.uploadWorkbookPlainBytesMax,
    LIMITS.uploadOldWorkbookBytesMax,
  ];
  const [sent, unpacked, old] = mebibytes.map((bytes) => bytes / 1024 ** 2);
  t.match(page, `${sent} MiB as it comes, ${unpacked} MiB unpacked, or ${old} MiB as`);
  t.equal(LIMITS.uploadsAtOnceMax, 4, 'Four files');
});
