import t from 'tap';
import { LEFT_TO_THE_FILE } from '../../../src/domain/upload/upload-options.ts';
import type { UploadEnd, UploadStart } from '../../../src/services/uploads/ports.ts';
import { HOLD_UPLOAD_SQL } from '../../../src/stores/uploads/upload-lock.ts';
import { createUploadStore } from '../../../src/stores/uploads/upload-store.ts';
import { testDatabase } from '../../support/database.ts';

const { pool } = await testDatabase(t);
const store = createUploadStore(pool);
const NOW = new Date('2026-11-22T12:00:00Z');

const START: UploadStart & { expectedBytes: number | null } = {
  expectedBytes: 12,
  receivedAt: NOW,
  principal: 'key:1',
  fileName: 'a.csv',
  mediaType: 'text/csv',
  settings: {
    mode: 'strict',
    clock: 'local',
    ...LEFT_TO_THE_FILE,
    replaceActual: null,
    layout: null,
    meter: null,
  },
};
const END: UploadEnd = {
  finishedAt: NOW,
  status: 'refused',
  sha256: 'ab'.repeat(32),
  bytes: 12,
  result: null,
  reason: 'because',
  refusals: [],
  changeId: null,
};

t.test('an upload is receiving until it ends, and then says how', async (t) => {
  const { id } = await store.start(START);
  t.match(await store.find(id), {
    status: 'receiving',
    finishedAt: null,
    sha256: null,
    bytes: null,
    result: null,
    fileName: 'a.csv',
  });
  const refusals = [
    {
      file: 'a.csv',
      line: 3,
      column: 'kWh',
      value: 'nul \0 in it',
      code: 'not-a-number',
      detail: 'half a character \ud83d',
    },
  ];
  await store.finish(id, { ...END, reason: 'nul \0 too', refusals });
  t.match(await store.find(id), {
    status: 'refused',
    bytes: 12,
    reason: 'nul \ufffd too',
    refusals: [{ file: 'a.csv', line: 3, column: 'kWh', value: 'nul \ufffd in it', detail: 'half a character \ufffd' }],
  });
});

t.test('there is no upload of another number', async (t) => {
  t.equal(await store.find(999_999n), null);
});

t.test('uploads that a process left behind end: stored where their change was, else failed', async (t) => {
  const { id: lost } = await store.start(START);
  const { id: applied } = await store.start(START);
  const { id: held } = await store.start(START);
  const { id: over } = await store.start(START);
  await store.finish(over, END);
  await pool.query(
    `insert into change (seq, recorded_at, kind, principal, upload_id) values (1000001, now(), 'upload', 'key:1', $1)`,
    [applied.toString()],
  );
  const holder = await pool.connect();
  await holder.query(HOLD_UPLOAD_SQL, [held.toString()]);
  try {
    t.equal(await store.endInterrupted(NOW, 'the process stopped', NOW), 2);
  } finally {
    holder.release(true);
  }
  t.match(await store.find(lost), { status: 'failed', reason: 'the process stopped', finishedAt: NOW });
  t.match(await store.find(applied), { status: 'stored', reason: null });
  t.match(await store.find(held), { status: 'receiving' }, 'another process is receiving it');
  t.match(await store.find(over), { status: 'refused', reason: 'because' });
});
