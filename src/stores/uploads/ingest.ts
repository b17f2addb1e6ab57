import { createHash } from 'node:crypto';
import type pg from 'pg';
import { Refusal } from '../../domain/refusal.ts';
import { createMeterLookup } from '../../domain/upload/meter-lookup.ts';
import { createUploadReader, type UploadReader } from '../../domain/upload/upload-reader.ts';
import type { UploadReport } from '../../domain/upload/upload-report.ts';
import { LIMITS } from '../../limits.ts';
import type { IngestRequest, IngestResult } from '../../services/uploads/ports.ts';
import { withConnection } from '../change.ts';
import { LIST_UPLOAD_METERS_SQL, toUploadMeter, type UploadMeterRow } from '../queries/list-upload-meters.ts';
import { applyStage } from '../readings/apply-stage.ts';
import { openStage } from '../readings/stage.ts';
import { plainBytes } from './plain-bytes.ts';
import { createStageCopy, type StageCopy } from './stage-copy.ts';
import { createStageEncoder, type StageEncoder } from './stage-encoder.ts';
import { HOLD_UPLOAD_SQL } from './upload-lock.ts';

/** Rows that go to the server in one COPY. */
const BATCH_BYTES = 4 * 1024 * 1024;
/** Room for the rows of one more block. */
const BATCH_CAPACITY = 2 * BATCH_BYTES;

/**
 * The change of a large file may take its time; a small one ends long before. Its days are sorted on their way into the
 * store: with the memory that other sessions have, every few thousand of them would go to disk and back.
 */
const SESSION_SQL = `set statement_timeout = '30min'; set work_mem = '32MB'`;
const STAGED_DAYS_SQL = 'select count(*)::int as days from meter_day_stage';
/** The columns that the write joins on: their statistics decide how it is done. */
const ANALYZE_STAGE_SQL = 'analyze meter_day_stage (meter_id, day)';

type Source = AsyncIterable<Buffer>;

/** Hashes and counts a source as it passes. Whoever stops reading early leaves the rest to be read by another. */
function measured(source: Source): { blocks: Source; received: () => { sha256: string; bytes: number } } {
  const hash = createHash('sha256');
  const iterator = source[Symbol.asyncIterator]();
  let bytes = 0;
  const next = async () => {
    const result = await iterator.next();
    if (result.done !== true) {
      hash.update(result.value);
      bytes += result.value.length;
    }
    return result;
  };
  return {
    blocks: { [Symbol.asyncIterator]: () => ({ next }) },
    received: () => ({ sha256: hash.digest('hex'), bytes }),
  };
}

/** Reads a file into the stage. Once a strict upload has a refused row, only the rest of the faults is looked for. */
async function readInto(
  blocks: Source,
  reader: UploadReader,
  encoder: StageEncoder,
  copy: StageCopy,
  isStrict: boolean,
): Promise<UploadReport> {
  const isFutile = () => isStrict && reader.refused() > 0;
  const send = async () => {
    const batch = encoder.take();
    if (batch !== null && !isFutile()) await copy.send(batch);
  };
  for await (const block of plainBytes(blocks)) {
    reader.push(block);
    if (encoder.size() >= BATCH_BYTES) await send();
  }
  const report = reader.end();
  await send();
  await copy.finish();
  return report;
}

/** Reads what is left of a file, so that its hash is of the whole and the sender is not cut off in the middle. */
async function drain(blocks: Source): Promise<void> {
  for await (const _block of blocks);
}

async function refusedResult(
  error: Refusal,
  blocks: Source,
  received: () => { sha256: string; bytes: number },
): Promise<IngestResult> {
  const refusal = { code: error.code, detail: error.message, faults: error.faults };
  if (error.code === 'payload-too-large') return { sha256: null, bytes: null, kind: 'refused', refusal };
  await drain(blocks);
  return { ...received(), kind: 'refused', refusal };
}

async function apply(client: pg.PoolClient, { uploadId, principal, mode }: IngestRequest) {
  await client.query(ANALYZE_STAGE_SQL);
  const write = await applyStage(client, [], { kind: 'upload', principal, uploadId, partial: mode === 'lenient' });
  const staged = await client.query<{ days: number }>(STAGED_DAYS_SQL);
  const days = staged.rows[0]?.days ?? 0;
  return { write, daysUnchanged: Math.max(0, days - write.daysNew - write.daysChanged) };
}

async function ingestWith(client: pg.PoolClient, source: Source, request: IngestRequest): Promise<IngestResult> {
  await client.query(HOLD_UPLOAD_SQL, [request.uploadId.toString()]);
  await client.query(SESSION_SQL);
  await openStage(client);
  const meters = await client.query<UploadMeterRow>(LIST_UPLOAD_METERS_SQL);
  const encoder = createStageEncoder(BATCH_CAPACITY);
  const copy = createStageCopy(client);
  const { clock, label, resolutionMinutes, meter, now } = request;
  const options = {
    clock,
    label,
    resolutionMinutes,
    meterKey: meter,
    nowMs: now.getTime(),
    faultsMax: LIMITS.uploadRefusalsMax,
  };
  const reader = createUploadReader(options, createMeterLookup(meters.rows.map(toUploadMeter)), encoder.add);
  const { blocks, received } = measured(source);
  try {
    const report = await readInto(blocks, reader, encoder, copy, request.mode === 'strict');
    const isStored = report.meters > 0 && (request.mode === 'lenient' || report.rows.refused === 0);
    const applied = isStored ? await apply(client, request) : { write: null, daysUnchanged: 0 };
    return { ...received(), kind: 'read', report, ...applied };
  } catch (error) {
    await copy.finish().catch(() => undefined);
    if (!(error instanceof Refusal) || error.code === 'busy') throw error;
    return await refusedResult(error, blocks, received);
  }
}

/**
 * Takes a file in: reads it block by block, copies its meter-days into the stage of a connection of its own and then
 * applies them as one change. Nothing is locked before the whole file has been read and found good.
 */
export function ingest(pool: pg.Pool, source: Source, request: IngestRequest): Promise<IngestResult> {
  return withConnection(pool, async (client) => {
    try {
      return await ingestWith(client, source, request);
    } finally {
      await client.query('select pg_advisory_unlock_all()').catch(() => undefined);
    }
  });
}
