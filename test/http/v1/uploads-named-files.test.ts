import t from 'tap';
import type { UploadAnswer } from '../../../src/http/v1/uploads/schemas.ts';
import { testApp } from '../../support/app.ts';
import { writeEstate } from '../../support/estate.ts';
import { sendBadFile, sendFile, storedDays } from '../../support/uploads.ts';

const service = await testApp(t);
await writeEstate(service, [{ meter: '1200023305967', aliases: ['Town Hall'] }, { meter: 'E2' }]);

const daily = (year: number) => `Date,kWh\n${year}-01-13,4.5\n${year}-01-14,5.25\n`;
const quantities = async (meter: string) =>
  (await storedDays(service, [meter])).map(({ quantity }) => Number(quantity));

t.test('a file without a column for the meter is of the one that its name names', async (t) => {
  const { status, body } = await sendFile(service, '?fileName=Town%20Hall%202025.csv', daily(2025));
  t.equal(status, 201);
  t.match(body, {
    meters: 1,
    fileName: 'Town Hall 2025.csv',
    readAs: { decisions: [{ about: 'meter', value: '1200023305967', certainty: 'likely' }] },
  });
  t.same(await quantities('1200023305967'), [4.5, 5.25]);
});

t.test('a dry run and a file that is read later understand the name as well', async (t) => {
  const looked = await sendFile(service, '?dryRun=true&fileName=E2.csv', daily(2025));
  t.match(looked.body, { meters: [{ meter: 'E2', rows: 2 }], questions: [] });
  t.same(await quantities('E2'), [], 'nothing was stored');
  const promised = await sendFile(service, '?fileName=E2.csv', daily(2025), { prefer: 'respond-async' });
  t.equal(promised.status, 202);
  await service.uploads.settled();
  t.same(await quantities('E2'), [4.5, 5.25]);
});

t.test(
  'a name that names no meter of the estate is refused with advice, and read once the meter is there',
  async (t) => {
    const { status, body, location } = await sendBadFile(service, '?fileName=E3.csv', daily(2025));
    t.equal(status, 422);
    t.match(body, { type: /unreadable-file/, detail: /no column for the meter.*\?meter=.*\?fileName=/ });
    t.equal((await sendBadFile(service, '', daily(2025))).status, 422, 'without a name');
    await writeEstate(service, [{ meter: 'E3' }]);
    const again = await service.send('POST', `${location}/retry`, { scope: 'write-readings' });
    t.match(again.json() as UploadAnswer, { status: 'stored', meters: 1 });
    t.same(await quantities('E3'), [4.5, 5.25]);
  },
);
