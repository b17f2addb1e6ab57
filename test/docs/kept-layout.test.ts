import { readFileSync } from 'node:fs';
import t from 'tap';
import { LIMITS } from '../../src/limits.ts';
import { type TestApp, testApp } from '../support/app.ts';
import { writeEstate } from '../support/estate.ts';
import { sendBadFile, sendFile, storedDays } from '../support/uploads.ts';

const page = readFileSync(new URL('../../docs/uploads.md', import.meta.url), 'utf8');
const example = (language: string, layout: string) =>
  new RegExp(`^\`\`\`${language}(?: .*)? layout=${layout}\\n([\\s\\S]*?)^\`\`\`$`, 'm').exec(page)?.[1] ?? '';
const keep = async (service: TestApp, layout: string) =>
  service.send('PUT', `/v1/layouts/${layout}`, { body: JSON.parse(example('json', layout)) });

t.test('the layout on the page can be kept, and the file beside it is then read without a question', async (t) => {
  const service = await testApp(t);
  await writeEstate(service, [{ meter: '1200023305967' }]);
  const kept = await keep(service, 'example');
  t.equal(kept.statusCode, 201, kept.body);
  const { status, body } = await sendFile(service, '', example('csv', 'example'));
  t.equal(status, 201, JSON.stringify(body));
  const [day] = await storedDays(service, ['1200023305967']);
  t.strictSame([day?.day, day?.intervals.slice(0, 3)], ['2025-06-01', [4.1, 4, null]], 'times name the end');
});

t.test('the same of the bill, which is asked about without its layout', async (t) => {
  const service = await testApp(t);
  await writeEstate(service, [{ meter: '1200023305967', kind: 'register' }]);
  const file = example('one-bill', 'bills');
  t.match((await sendBadFile(service, '', file)).body.type, /layout-questions/);
  const kept = await keep(service, 'bills');
  t.equal(kept.statusCode, 201, kept.body);
  const { body } = await sendFile(service, '', file);
  t.match(body, { bills: { written: 1 }, period: { start: '2025-03-01', end: '2025-04-01' } });
});

t.test('the limits on the page are those of the service', async (t) => {
  t.match(page, `at most ${LIMITS.dryRunControlTotalsMax.toLocaleString('en-GB')} control totals`);
});
