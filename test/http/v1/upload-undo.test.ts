import t from 'tap';
import type { UploadAnswer } from '../../../src/http/v1/uploads/schemas.ts';
import { testApp } from '../../support/app.ts';
import { ask, writeEstate, writeReadings } from '../../support/estate.ts';
import { newestInstant } from '../../support/newest-instant.ts';
import { asUpload } from '../../support/upload-history.ts';
import { dayHeader, dayRow, numbered, sendBadFile, sendFile, storedDays } from '../../support/uploads.ts';

const service = await testApp(t);
await writeEstate(
  service,
  ['A1', 'A2', 'LATE', 'BILL', 'PART', 'BOTH'].map((meter) => ({ meter })),
);
const { pool } = service.database;
const file = (...rows: string[]) => [dayHeader(), ...rows].join('\n');
const undo = (id: string, scope: 'write-readings' | 'read' = 'write-readings') =>
  service.send('DELETE', `/v1/uploads/${id}`, { scope });

type Total = { total: { quantity?: { value: number }; coverage: unknown } };
const totalOf = async (site: string, asOf = '') => {
  const { total } = await ask<Total>(service, `/v1/consumption?period=2025&site=${site}${asOf}`);
  return total;
};
/** An instant that every later change comes after. */
const momentOf = async (): Promise<string> => {
  return newestInstant(pool);
};

t.test('undoing an upload restores every total, to the last digit, and keeps what was known when', async (t) => {
  const first = await sendFile(
    service,
    '?clock=local&valuesAre=use',
    file(dayRow('A1', '2025-02-01', new Array(48).fill('0.000001')), dayRow('A1', '2025-02-02', numbered(48))),
  );
  const before = { total: await totalOf('S'), days: await storedDays(service, ['A1', 'A2']), at: await momentOf() };
  const second = await sendFile(
    service,
    '?clock=local',
    file(
      dayRow('A1', '2025-02-01', numbered(48, 5)),
      dayRow('A1', '2025-02-02', [99, ...numbered(47, 2)]),
      dayRow('A1', '2025-02-03', numbered(48)),
      dayRow('A2', '2024-12-31', numbered(48)),
    ),
  );
  const between = { total: await totalOf('S'), at: await momentOf() };
  t.notSame(between.total, before.total);

  const answer = await undo(second.body.id);
  t.equal(answer.statusCode, 200);
  const record = answer.json() as UploadAnswer;
  t.match(record, {
    id: second.body.id,
    status: 'undone',
    sha256: second.body.sha256,
    days: second.body.days,
    undone: { by: /./, seq: /^\d+$/, daysRestored: 2, daysRemoved: 2, daysKept: 0, kept: [] },
  });
  t.strictSame(await totalOf('S'), before.total);
  const withoutChange = (days: typeof before.days) =>
    days.filter(({ quantity }) => quantity !== null).map(({ changeId: _changeId, ...day }) => day);
  t.strictSame(withoutChange(await storedDays(service, ['A1', 'A2'])), withoutChange(before.days));
  t.strictSame((await totalOf('S', `&asOf=${before.at}`)).quantity, before.total.quantity);
  t.strictSame((await totalOf('S', `&asOf=${between.at}`)).quantity, between.total.quantity);
  const kinds = await pool.query<{ kind: string }>('select kind from change where upload_id = $1 order by seq', [
    second.body.id,
  ]);
  t.strictSame(kinds.rows, [{ kind: 'upload' }, { kind: 'undo' }]);

  const again = await undo(second.body.id);
  t.equal(again.statusCode, 409);
  t.match(again.json(), {
    type: 'urn:council-carbon:problem:already-undone',
    detail: /was undone at 2026-11-22T12:00/,
  });
  const sentAgain = await sendFile(service, '?clock=local', file(dayRow('A1', '2025-02-03', numbered(48))));
  t.match(sentAgain.body, { status: 'stored', days: { new: 1, changed: 0 } }, 'an undone day is as good as new');
  t.equal((await undo(sentAgain.body.id)).statusCode, 200);
  t.equal((await undo(first.body.id)).statusCode, 200, 'and then the first: back to the beginning');
  t.notOk((await totalOf('S')).quantity?.value);
});

t.test('a day that a later write changed stays, and the answer names it', async (t) => {
  const early = await sendFile(
    service,
    '?clock=local',
    file(dayRow('LATE', '2025-05-01', numbered(48)), dayRow('LATE', '2025-05-02', numbered(48))),
  );
  const late = await sendFile(service, '?clock=local', file(dayRow('LATE', '2025-05-02', numbered(48, 100))));
  const { undone } = (await undo(early.body.id)).json() as UploadAnswer;
  t.match(undone, {
    daysRemoved: 1,
    daysKept: 1,
    kept: [{ meter: 'LATE', day: '2025-05-02', seq: late.body.seq, upload: late.body.id }],
  });
  t.match(
    (await undo(late.body.id)).json(),
    { undone: { daysRemoved: 1, daysKept: 0 } },
    'and undone later, it is not brought back',
  );
});

t.test('days under a bill get their share again', async (t) => {
  await writeReadings(service, [{ meter: 'BILL', period: '2025-06-01/2025-06-11', quantity: 1000.000001 }]);
  const shares = await storedDays(service, ['BILL']);
  const { body } = await sendFile(service, '?clock=local', file(dayRow('BILL', '2025-06-03', new Array(48).fill(1))));
  t.notSame((await storedDays(service, ['BILL']))[0]?.quantity, shares[0]?.quantity);
  t.match((await undo(body.id)).json(), { undone: { daysRestored: 10, daysRemoved: 0 } });
  const quantities = (days: typeof shares) =>
    days.map(({ day, quantity, intervals }) => ({ day, quantity, intervals }));
  t.strictSame(quantities(await storedDays(service, ['BILL'])), quantities(shares));
});

t.test('a bill that was corrected stands again, and a first one goes with its days', async (t) => {
  const post = (quantity: number) =>
    writeReadings(service, [{ meter: 'BOTH', period: '2025-07-01/2025-07-08', quantity, invoice: 'INV-7' }]);
  const first = await asUpload(pool, String((await post(70)).seq));
  const corrected = await asUpload(pool, String((await post(77)).seq));
  t.match((await undo(corrected)).json(), { undone: { billsEnded: 1, billsRestored: 1, daysRestored: 7 } });
  const bills = () =>
    pool.query(
      `select b.quantity, b.invoice, b.superseded_by is null as stands from billed_period b join meter m on m.id = b.meter_id
       where m.key = 'BOTH' order by b.id`,
    );
  t.match((await bills()).rows, [
    { quantity: '70.000000', stands: false },
    { quantity: '77.000000', stands: false },
    { quantity: '70.000000', invoice: 'INV-7', stands: true },
  ]);
  t.match((await undo(first)).json(), { undone: { billsEnded: 1, billsRestored: 0, daysRemoved: 7 } });
});

t.test('what stored nothing cannot be undone', async (t) => {
  const text = file(dayRow('PART', '2025-08-01', numbered(48)));
  const stored = await sendFile(service, '?clock=local', text);
  const same = await sendFile(service, '?clock=local', text);
  t.match((await undo(same.body.id)).json(), {
    status: 409,
    type: /:conflict$/,
    detail: /nothing-new.*nothing to undo/,
  });
  const refused = await sendBadFile(service, '?clock=local', file(dayRow('NOBODY', '2025-08-01', numbered(48))));
  t.equal((await undo(String(refused.body.upload))).statusCode, 409);
  t.equal((await undo('999999')).statusCode, 404);
  t.equal((await undo(stored.body.id, 'read')).statusCode, 403);
  const both = await Promise.all([undo(stored.body.id), undo(stored.body.id)]);
  t.strictSame(both.map(({ statusCode }) => statusCode).sort(), [200, 409], 'two at the same time: one undoes it');
});
