import t from 'tap';
import { LEFT_TO_THE_FILE } from '../../../src/domain/upload/upload-options.ts';
import type { UploadSettings } from '../../../src/services/uploads/ports.ts';
import { openFile } from '../../../src/stores/uploads/containers/open-file.ts';
import { ingest } from '../../../src/stores/uploads/ingest.ts';
import { createUploadStore } from '../../../src/stores/uploads/upload-store.ts';
import { testApp } from '../../support/app.ts';
import { writeEstate } from '../../support/estate.ts';
import { storedDays } from '../../support/uploads.ts';
import { workbookFile } from '../../support/workbook-files.ts';

const service = await testApp(t);
await writeEstate(service, [{ meter: 'E1' }]);
const { pool } = service.database;
const store = createUploadStore(pool);

const SETTINGS: UploadSettings = {
  ...LEFT_TO_THE_FILE,
  mode: 'strict',
  clock: null,
  replaceActual: null,
  meter: null,
  layout: null,
};
const workbook = workbookFile([
  {
    name: 'Data',
    rows: [
      ['MPAN', 'Date', 'kWh'],
      ['E1', '2025-01-01', 24],
      ['E1', '2025-01-02', 48],
    ],
  },
]);

async function* source(bytes: Buffer): AsyncGenerator<Buffer> {
  yield bytes;
}

/** The phase of an upload, once it is another than it was. */
async function phaseAfter(id: bigint, before: string | undefined): Promise<string | undefined> {
  for (;;) {
    const phase = (await store.find(id))?.progress?.phase;
    if (phase !== before) return phase;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

t.test('an upload of a workbook waits while another is held, says so, and is then stored', async (t) => {
  const held = openFile(
    source(workbook),
    () => undefined,
    () => undefined,
  );
  await held.next();
  const now = new Date('2026-11-22T12:00:00Z');
  const start = { receivedAt: now, principal: 'key:1', fileName: 'a.xlsx', mediaType: 'text/csv', settings: SETTINGS };
  const ids = await store.start({ ...start, expectedBytes: workbook.length });
  const request = {
    ...SETTINGS,
    work: 'receive',
    uploadId: ids.id,
    fileName: 'a.xlsx',
    keptFileId: ids.keptFileId,
    principal: 'key:1',
    now,
  } as const;
  const reading = ingest({ reading: pool, keeping: pool }, source(workbook), request);
  t.equal(await phaseAfter(ids.id, 'receiving'), 'waiting');
  t.same(await storedDays(service, ['E1']), [], 'nothing of it is read');
  await held.return(undefined);
  t.match(await reading, { kind: 'read', report: { rows: { accepted: 2 } } });
  t.notSame(await phaseAfter(ids.id, 'waiting'), 'waiting');
  t.equal((await storedDays(service, ['E1'])).length, 2);
});
