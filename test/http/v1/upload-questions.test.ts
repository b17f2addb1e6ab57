import t from 'tap';
import { testApp } from '../../support/app.ts';
import { ask, writeEstate } from '../../support/estate.ts';
import { dayHeader, dayRow, numbered, sendBadFile, sendFile, storedDays } from '../../support/uploads.ts';

const service = await testApp(t);
await writeEstate(service, [{ meter: 'Q1' }, { meter: 'Q2' }]);

const SUMMER = `${dayHeader()}\n${dayRow('Q1', '05/07/2025', numbered(48))}\n`;

t.test('a file that can be read in two ways stores nothing and asks', async (t) => {
  const { status, body, location } = await sendBadFile(service, '', SUMMER);
  t.equal(status, 422);
  t.match(body, {
    type: 'urn:council-carbon:problem:layout-questions',
    upload: /^\d+$/,
    errors: [
      { pointer: '?dateOrder', code: 'open-question' },
      { pointer: '?clock', code: 'open-question' },
    ],
    questions: [
      {
        parameter: 'dateOrder',
        question: /'05\/07\/2025'/,
        options: [{ value: 'day-first' }, { value: 'month-first' }],
        reason: /more than one order/,
      },
      { parameter: 'clock', options: [{ value: 'local' }, { value: 'utc' }, { value: 'local48' }] },
    ],
  });
  t.match(await ask(service, location), { status: 'refused', reason: /can be read in more than one way/ });
  t.strictSame(await storedDays(service, ['Q1']), []);
});

t.test('the same file with the answers is stored, and says what was decided', async (t) => {
  const { status, body } = await sendFile(service, '?dateOrder=day-first&clock=local', SUMMER);
  t.equal(status, 201);
  t.match(body, {
    status: 'stored',
    readAs: {
      clock: 'local',
      dateOrder: 'day-first',
      decisions: [
        { about: 'meter', column: 'MPAN', certainty: 'certain' },
        { about: 'values', value: '48 columns of 30 minutes' },
      ],
    },
  });
  t.match(await storedDays(service, ['Q1']), [{ day: '2025-07-05', quantity: '1176.000000' }]);
});

t.test('an answer that is none is refused before the file is read', async (t) => {
  for (const query of ['?dateOrder=us', '?dayBasis=gas', '?rowDate=yesterday', '?label=middle'])
    t.match(await sendBadFile(service, query, SUMMER), { status: 400 }, query);
});

t.test('values that only rise are asked about, and the answer is kept with the upload', async (t) => {
  const rows = Array.from({ length: 8 }, (_, n) => `Q2,2025-02-0${n + 1},${9_000 + 40 * n}`);
  const text = ['MPAN,Date,kWh', ...rows].join('\n');
  const { status, body, location } = await sendBadFile(service, '', text);
  t.equal(status, 422);
  t.match(body, { questions: [{ parameter: 'valuesAre', options: [{ value: 'use' }, { value: 'counter' }] }] });
  const counter = await sendBadFile(service, '?valuesAre=counter', text);
  t.match(counter.body, { status: 422, type: /unreadable-file/, detail: /Meter Reading/ });
  const used = await service.send('POST', `${location}/retry?valuesAre=use`, { scope: 'write-readings' });
  t.match(used.json(), { status: 'stored', days: { new: 8 } });
});
