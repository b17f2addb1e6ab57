import type pg from 'pg';
import type { ArrivingBill } from '../../domain/billed-period.ts';
import { Refusal } from '../../domain/refusal.ts';
import type { ArrivingRead } from '../../domain/registers/place-reads.ts';
import { LayoutQuestions } from '../../domain/upload/layout-questions.ts';
import type { DeliveredTotals } from '../../services/readings-port.ts';
import type { IngestRequest, IngestResult } from '../../services/uploads/ports.ts';
import { withConnection } from '../change.ts';
import { applyStage } from '../readings/apply-stage.ts';
import { openStage } from '../readings/stage.ts';
import { createFileChecker, createFileKeeper, type WholeFile } from './file-keeper.ts';
import { readKeptFile } from './kept-files.ts';
import { openTables } from './open-tables.ts';
import { createProgress } from './progress.ts';
import { BATCH_CAPACITY, readInto, SESSION_SQL, type Source } from './read-into.ts';
import { type ReceivedFile, received } from './received-file.ts';
import { createStageCopy } from './stage-copy.ts';
import { createStageEncoder } from './stage-encoder.ts';
import { CLAIM_UPLOAD_SQL, HOLD_UPLOAD_SQL } from './upload-lock.ts';

const STAGED_DAYS_SQL = 'select count(*)::int as days from meter_day_stage';
/** The columns that the write joins on: their statistics decide how it is done. */
const ANALYZE_STAGE_SQL = 'analyze meter_day_stage (meter_id, day)';

/** A file that cannot be read is received to its end all the same: it is kept, and its sender not cut off in the middle. */
async function refusedResult(error: Refusal, file: ReceivedFile): Promise<IngestResult> {
  const questions = error instanceof LayoutQuestions ? error.questions : [];
  const refusal = { code: error.code, detail: error.message, faults: error.faults, questions };
  if (error.code === 'payload-too-large') return { sha256: null, bytes: null, kind: 'refused', refusal };
  return { ...(await file.whole()), kind: 'refused', refusal };
}

async function apply(client: pg.PoolClient, request: IngestRequest, totals: DeliveredTotals) {
  const { uploadId, principal, mode } = request;
  await client.query(ANALYZE_STAGE_SQL);
  const replaceActual = request.replaceActual === true ? ('all' as const) : new Set<number>();
  const context = { kind: 'upload' as const, principal, uploadId, partial: mode === 'lenient', replaceActual };
  const { bills, reads } = totals;
  const write = await applyStage(client, totals, context);
  const staged = await client.query<{ days: number }>(STAGED_DAYS_SQL);
  const days = staged.rows[0]?.days ?? 0;
  const readsUnchanged = reads.length - write.refusedReads.length - write.readsWritten - write.readsKept;
  const billsUnchanged = bills.length - write.refusedBills.length - write.billsWritten;
  const daysUnchanged = Math.max(0, days - write.daysNew - write.daysChanged);
  return { write, daysUnchanged, readsUnchanged, billsUnchanged };
}

async function readWith(client: pg.PoolClient, file: ReceivedFile, request: IngestRequest): Promise<IngestResult> {
  await client.query(SESSION_SQL);
  await openStage(client);
  const encoder = createStageEncoder(BATCH_CAPACITY);
  const copy = createStageCopy(client);
  const reads: ArrivingRead[] = [];
  const bills: ArrivingBill[] = [];
  const sink = {
    onDay: encoder.add,
    onRead: (read: ArrivingRead) => reads.push(read),
    onBill: (bill: ArrivingBill) =>
      bills.push(request.replaceActual === true ? { ...bill, replaceActual: true } : bill),
  };
  try {
    const tables = await openTables(client, request, false, sink);
    const report = await readInto(file.blocks, tables, encoder, copy, request.mode === 'strict', client, file.onWait);
    const whole = await file.whole();
    file.onStoring();
    const isStored = report.meters > 0 && (request.mode === 'lenient' || report.rows.refused === 0);
    const applied = isStored
      ? await apply(client, request, { bills, reads })
      : { write: null, daysUnchanged: 0, readsUnchanged: 0, billsUnchanged: 0 };
    return { ...whole, kind: 'read', report, ...applied };
  } catch (error) {
    await copy.finish().catch(() => undefined);
    if (!(error instanceof Refusal) || error.code === 'busy') throw error;
    return await refusedResult(error, file);
  }
}

/** Connections of the thread that reads uploads: one for each upload to read and apply on, a few to keep files with. */
export type IngestPools = { reading: pg.Pool; keeping: pg.Pool };

/** A kept file that is to be read, once this connection has hold of it; null where another has. */
async function claim(client: pg.PoolClient, uploadId: bigint): Promise<WholeFile | null> {
  const { rows } = await client.query<WholeFile>(CLAIM_UPLOAD_SQL, [uploadId.toString()]);
  return rows[0] ?? null;
}

async function work(
  client: pg.PoolClient,
  pools: IngestPools,
  source: Source | null,
  request: IngestRequest,
): Promise<IngestResult> {
  const progress = createProgress(pools.keeping, request.uploadId, source === null ? 'reading' : 'receiving');
  if (source === null) {
    const expected = await claim(client, request.uploadId);
    if (expected === null) return { kind: 'elsewhere', sha256: null, bytes: null };
    const kept = readKeptFile(pools.keeping, request.keptFileId);
    return await readWith(client, received(kept, createFileChecker(expected), progress), request);
  }
  await client.query(HOLD_UPLOAD_SQL, [request.uploadId.toString()]);
  const file = received(source, createFileKeeper(pools.keeping, request.keptFileId), progress);
  if (request.work === 'keep') return { ...(await file.whole()), kind: 'kept' };
  return await readWith(client, file, request);
}

/**
 * Takes a file in: keeps it, reads it block by block, copies its meter-days into the stage of a connection of its own and
 * then applies them as one change. Nothing is locked before the whole file has been read and found good.
 */
export function ingest(pools: IngestPools, source: Source | null, request: IngestRequest): Promise<IngestResult> {
  return withConnection(pools.reading, async (client) => {
    try {
      return await work(client, pools, source, request);
    } finally {
      await client.query('select pg_advisory_unlock_all()').catch(() => undefined);
    }
  });
}
