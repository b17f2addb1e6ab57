import { readFileSync } from 'node:fs';
import t from 'tap';
import { LIMITS } from '../../src/limits.ts';
import { testApp } from '../support/app.ts';
import { writeEstate } from '../support/estate.ts';
import { sendFile, storedDays } from '../support/uploads.ts';

const page = readFileSync(new URL('../../docs/uploads.md', import.meta.url), 'utf8');
const example = (language: string) =>
  new RegExp(`^\`\`\`${language} .*layout=example\\n([\\s\\S]*?)^\`\`\`$`, 'm').exec(page)?.[1] ??
  /^```json layout=example\n([\s\S]*?)^```$/m.exec(page)?.[1] ??
  '';

t.test('the layout on the page can be kept, and the file beside it is then read without a question', async (t) => {
  const service = await testApp(t);
  await writeEstate(service, [{ meter: '1200023305967' }]);
  const kept = await service.send('PUT', '/v1/layouts/example', { body: JSON.parse(example('json')) });
  t.equal(kept.statusCode, 201, kept.body);
  const { status, body } = await sendFile(service, '', example('csv'));
  t.equal(status, 201, JSON.stringify(body));
  const [day] = await storedDays(service, ['1200023305967']);
  t.strictSame([day?.day, day?.intervals.slice(0, 3)], ['2025-06-01', [4.1, 4, null]], 'times name the end');
});

t.test('the limits on the page are those of the service', async (t) => {
  t.match(page, `at most ${LIMITS.dryRunControlTotalsMax.toLocaleString('en-GB')} control totals`);
});
