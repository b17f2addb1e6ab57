import type pg from 'pg';
import type { UploadReport } from '../../domain/upload/upload-report.ts';
import type { UploadTables } from '../../domain/upload/upload-tables.ts';
import { currentBills } from '../readings/billed-periods.ts';
import { openFile } from './containers/open-file.ts';
import type { OnWait } from './containers/table.ts';
import type { StageCopy } from './stage-copy.ts';
import type { StageEncoder } from './stage-encoder.ts';

/** Rows that go to the server in one COPY. */
const BATCH_BYTES = 1024 * 1024;
/** Room for the rows of one more block. */
export const BATCH_CAPACITY = 2 * BATCH_BYTES;

/**
 * The change of a large file may take its time; a small one ends long before. Its days are sorted on their way into the
 * store: with the memory that other sessions have, every few thousand of them would go to disk and back.
 */
export const SESSION_SQL = `set statement_timeout = '30min'; set work_mem = '32MB'`;
/** The bytes of a file as they arrive. */
export type Source = AsyncIterable<Buffer>;

/** Reads a file into the stage; `onWait` is told while it waits for its turn. Once a strict upload has a refused row, only the rest of the faults is looked for. */
export async function readInto(
  blocks: Source,
  tables: UploadTables,
  encoder: StageEncoder,
  copy: StageCopy,
  isStrict: boolean,
  client: pg.PoolClient,
  onWait: OnWait = () => undefined,
): Promise<UploadReport> {
  const isFutile = () => isStrict && tables.refused() > 0;
  const send = async () => {
    const batch = encoder.take();
    if (batch !== null && !isFutile()) await copy.send(batch);
  };
  for await (const table of openFile(blocks, tables.notice, onWait)) {
    const reader = tables.begin(table.name, table.isOptional);
    for await (const block of table.blocks) {
      reader.push(block);
      if (encoder.size() >= BATCH_BYTES) await send();
    }
    reader.end();
  }
  const billed = tables.billedMeters();
  const report = tables.end(billed.length === 0 ? new Map() : await currentBills(client, billed));
  await send();
  await copy.finish();
  return report;
}
