import { readFileSync } from 'node:fs';
import path from 'node:path';
import t from 'tap';
import { LIMITS } from '../../src/limits.ts';
import { testApp } from '../support/app.ts';
import { PROJECT } from '../support/project-files.ts';
import { exampleRequests } from '../support/shell-examples.ts';

const readme = readFileSync(path.join(PROJECT, 'README.md'), 'utf8');
const service = await testApp(t);

type Answer = { path: string; status: number; body: string };

t.test('the first steps work as they are written, and give the figures that are written beside them', async (t) => {
  const requests = exampleRequests(readme, { CARBON: '/v1', KEY: service.keys.admin, BEFORE: 'the-time-noted' });
  let sentAt = '';
  const answers: Answer[] = [];
  for (const { method, url, headers, body } of requests) {
    const request = { method: method as 'GET', url: url.replace('the-time-noted', sentAt), headers };
    sentAt = new Date().toISOString();
    const answer = await service.app.inject(body === undefined ? request : { ...request, payload: body });
    answers.push({ path: url, status: answer.statusCode, body: answer.body });
  }
  t.strictSame(
    answers.map(({ path: url, status }) => [url.replace(/\?.*/, ''), status]),
    [
      ['/v1/sites/CH-001', 201],
      ['/v1/meters/1200023305967', 201],
      ['/v1/meters/GAS-1', 201],
      ['/v1/readings', 201],
      ['/v1/uploads', 201],
      ['/v1/emissions', 200],
      ['/v1/emissions', 200],
      ['/v1/emissions/explanation', 200],
      ['/v1/readings', 201],
      ['/v1/emissions', 200],
      ['/v1/targets/heating-2030', 201],
      ['/v1/targets/heating-2030/progress', 200],
    ],
  );

  const [upload, json, csv, explanation, , before, , progress] = answers.slice(4).map(({ body }) => body);
  t.match(JSON.parse(upload ?? ''), { status: 'stored', rows: { accepted: 5, refused: 0 }, valuesAccepted: 4 });
  t.match(JSON.parse(json ?? ''), {
    data: [
      { activity: 'electricity', quantity: { value: 46.75 } },
      {
        activity: 'natural-gas',
        emissionsKgCo2e: { scope1: 100267.7, scope3: 16561.439 },
        coverage: { actual: 1, missing: 0 },
      },
    ],
  });
  t.match(readme, /100,267\.700 kg in scope 1 and 16,561\.439 kg in scope 3/);
  t.match(csv, /^period,.*\r?\n2024\/25,.*electricity.*\r?\n2024\/25,.*natural-gas.*100267\.7,0,16561\.439,/);
  t.match(JSON.parse(explanation ?? ''), { data: [{ line: 'combustion', metered: 548210.5 }, { line: 'wtt' }] });
  t.match(JSON.parse(before ?? ''), { asOf: { seq: /^\d+$/ }, total: { emissionsKgCo2e: { scope1: 100267.7 } } });
  t.match(JSON.parse(progress ?? ''), { data: [{}, { actualKgCo2e: 100777.9, status: 'on-track' }] });
});

t.test('every variable that the process reads stands in the tables of configuration with its default', async (t) => {
  const config = readFileSync(path.join(PROJECT, 'src/config.ts'), 'utf8');
  const read = [...config.matchAll(/text\('([A-Z_]+)'\)(?: \?\? '([^']*)')?/g)].map(([, name, value]) => [name, value]);
  t.equal(read.length, 7);
  for (const page of ['README.md', 'docs/configuration.md']) {
    const text = readFileSync(path.join(PROJECT, page), 'utf8');
    for (const [name, value] of read) {
      const stated = new RegExp(`^\\| \`${name}\` \\| (none|\`[^\`]*\`) \\|`, 'm').exec(text)?.[1];
      t.equal(stated?.replace(/`|\.\//g, ''), value ?? 'none', `${page}: ${name}`);
    }
  }
});

t.test('the limits that are written are those of the program', async (t) => {
  const { readingsItemsMax, readingsBodyBytesMax, uploadBytesMax, uploadPlainBytesMax, pageSizeMax, figureRowsMax } =
    LIMITS;
  const [mebi, gibi] = [2 ** 20, 2 ** 30];
  t.match(readme, `${readingsItemsMax.toLocaleString('en-GB')} entries, ${readingsBodyBytesMax / mebi} MiB`);
  t.match(readme, `${uploadBytesMax / gibi} GiB as sent, ${uploadPlainBytesMax / gibi} GiB plain`);
  t.match(readme, `${pageSizeMax} rows`);
  t.equal(LIMITS.uploadBillsMax, LIMITS.uploadRegisterReadsMax);
  t.match(readme, `bills or register reads | ${LIMITS.uploadBillsMax.toLocaleString('en-GB')} of them`);
  t.match(readme, `one archive (ZIP) | ${LIMITS.uploadArchiveMembersMax.toLocaleString('en-GB')} files`);
  t.match(
    readme,
    `${LIMITS.uploadWorkbookBytesMax / mebi} MiB as sent, ${LIMITS.uploadWorkbookPlainBytesMax / mebi} MiB unpacked; ${LIMITS.uploadOldWorkbookBytesMax / mebi} MiB as`,
  );
  const csvRows = LIMITS.figureCsvRowsMax.toLocaleString('en-GB');
  t.match(
    readme,
    `${figureRowsMax.toLocaleString('en-GB')} rows, ${LIMITS.periodDaysMax / 366} years; as CSV ${csvRows} rows`,
  );
});
