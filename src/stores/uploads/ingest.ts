import { createHash } from 'node:crypto';
import type pg from 'pg';
import { Refusal } from '../../domain/refusal.ts';
import type { ArrivingRead } from '../../domain/registers/place-reads.ts';
import { LayoutQuestions } from '../../domain/upload/layout-questions.ts';
import type { IngestRequest, IngestResult } from '../../services/uploads/ports.ts';
import { withConnection } from '../change.ts';
import { applyStage } from '../readings/apply-stage.ts';
import { openStage } from '../readings/stage.ts';
import { createFileKeeper, type FileKeeper, type WholeFile } from './file-keeper.ts';
import { openTables } from './open-tables.ts';
import { BATCH_CAPACITY, readInto, SESSION_SQL, type Source } from './read-into.ts';
import { createStageCopy } from './stage-copy.ts';
import { createStageEncoder } from './stage-encoder.ts';
import { HOLD_UPLOAD_SQL } from './upload-lock.ts';

const STAGED_DAYS_SQL = 'select count(*)::int as days from meter_day_stage';
/** The columns that the write joins on: their statistics decide how it is done. */
const ANALYZE_STAGE_SQL = 'analyze meter_day_stage (meter_id, day)';

/** A source whose rest can be read by another when its first reader stops early. */
type ReceivedFile = {
  blocks: Source;
  /** Reads what nobody has read, and says what the whole was once it is kept. */
  whole: () => Promise<WholeFile>;
};

/** Hashes, counts and keeps a source as it passes. */
function received(source: Source, keeper: FileKeeper): ReceivedFile {
  const hash = createHash('sha256');
  const iterator = source[Symbol.asyncIterator]();
  let bytes = 0;
  let kept: Promise<WholeFile> | null = null;
  const next = async () => {
    const result = await iterator.next();
    if (result.done !== true) {
      hash.update(result.value);
      bytes += result.value.length;
      await keeper.add(result.value);
    }
    return result;
  };
  const keep = async (): Promise<WholeFile> => {
    while ((await next()).done !== true);
    const file = { sha256: hash.digest('hex'), bytes };
    await keeper.close(file);
    return file;
  };
  const whole = () => {
    kept ??= keep();
    return kept;
  };
  return { blocks: { [Symbol.asyncIterator]: () => ({ next }) }, whole };
}

/** A file that cannot be read is received to its end all the same: it is kept, and its sender not cut off in the middle. */
async function refusedResult(error: Refusal, file: ReceivedFile): Promise<IngestResult> {
  const questions = error instanceof LayoutQuestions ? error.questions : [];
  const refusal = { code: error.code, detail: error.message, faults: error.faults, questions };
  if (error.code === 'payload-too-large') return { sha256: null, bytes: null, kind: 'refused', refusal };
  return { ...(await file.whole()), kind: 'refused', refusal };
}

async function apply(
  client: pg.PoolClient,
  { uploadId, principal, mode }: IngestRequest,
  reads: readonly ArrivingRead[],
) {
  await client.query(ANALYZE_STAGE_SQL);
  const context = { kind: 'upload' as const, principal, uploadId, partial: mode === 'lenient' };
  const write = await applyStage(client, { bills: [], reads }, context);
  const staged = await client.query<{ days: number }>(STAGED_DAYS_SQL);
  const days = staged.rows[0]?.days ?? 0;
  const readsUnchanged = reads.length - write.refusedReads.length - write.readsWritten - write.readsKept;
  return { write, daysUnchanged: Math.max(0, days - write.daysNew - write.daysChanged), readsUnchanged };
}

async function ingestWith(client: pg.PoolClient, file: ReceivedFile, request: IngestRequest): Promise<IngestResult> {
  await client.query(HOLD_UPLOAD_SQL, [request.uploadId.toString()]);
  await client.query(SESSION_SQL);
  await openStage(client);
  const encoder = createStageEncoder(BATCH_CAPACITY);
  const copy = createStageCopy(client);
  const reads: ArrivingRead[] = [];
  const sink = { onDay: encoder.add, onRead: (read: ArrivingRead) => reads.push(read) };
  try {
    const tables = await openTables(client, request, false, sink);
    const report = await readInto(file.blocks, tables, encoder, copy, request.mode === 'strict');
    const whole = await file.whole();
    const isStored = report.meters > 0 && (request.mode === 'lenient' || report.rows.refused === 0);
    const applied = isStored
      ? await apply(client, request, reads)
      : { write: null, daysUnchanged: 0, readsUnchanged: 0 };
    return { ...whole, kind: 'read', report, ...applied };
  } catch (error) {
    await copy.finish().catch(() => undefined);
    if (!(error instanceof Refusal) || error.code === 'busy') throw error;
    return await refusedResult(error, file);
  }
}

/** Connections of the thread that reads uploads: one for each upload to read and apply on, a few to keep files with. */
export type IngestPools = { reading: pg.Pool; keeping: pg.Pool };

/**
 * Takes a file in: keeps it, reads it block by block, copies its meter-days into the stage of a connection of its own and then
 * applies them as one change. Nothing is locked before the whole file has been read and found good.
 */
export function ingest(pools: IngestPools, source: Source, request: IngestRequest): Promise<IngestResult> {
  const file = received(source, createFileKeeper(pools.keeping, request.keptFileId));
  return withConnection(pools.reading, async (client) => {
    try {
      return await ingestWith(client, file, request);
    } finally {
      await client.query('select pg_advisory_unlock_all()').catch(() => undefined);
    }
  });
}
