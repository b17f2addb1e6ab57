import { readFileSync } from 'node:fs';
import t from 'tap';
import type { UploadOptions } from '../../src/domain/upload/upload-options.ts';
import { LIMITS } from '../../src/limits.ts';
import { readUpload } from '../support/read-upload.ts';

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
    meterKey: parameters.get('meter'),
    resolutionMinutes: resolution === null ? null : Number(resolution),
  };
}

t.test('every example is read as the page says', async (t) => {
  t.equal(EXAMPLES.length, 8, 'no example is lost by a slip of the pen');
  for (const { parameters, text } of EXAMPLES) {
    const { report } = readUpload(text, optionsOf(parameters));
    const expected = parameters.get('refused');
    const codes = [...new Set(report.faults.map(({ code }) => code))];
    t.strictSame(codes, expected === null ? [] : [expected], text);
    if (expected === null) t.ok(report.values > 0, text);
  }
});

t.test('the limits on the page are those of the service', async (t) => {
  const GIBIBYTE = 1024 ** 3;
  t.match(page, `may have ${LIMITS.uploadBytesMax / GIBIBYTE} GiB, and ${LIMITS.uploadPlainBytesMax / GIBIBYTE} GiB`);
  t.match(page, `at most ${LIMITS.uploadRatioMax} times`);
  t.match(page, `The first ${LIMITS.uploadRefusalsMax.toLocaleString('en-GB')} refused rows`);
  t.equal(LIMITS.uploadsAtOnceMax, 4, 'Four files');
});
