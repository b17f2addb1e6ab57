import { createHash } from 'node:crypto';
import type pg from 'pg';
import { Refusal } from '../../domain/refusal.ts';
import { LayoutQuestions } from '../../domain/upload/layout-questions.ts';
import type { UploadReport } from '../../domain/upload/upload-report.ts';
import { LIMITS } from '../../limits.ts';
import type { DryRunDays, DryRunRequest, DryRunResult, DryRunTotals } from '../../services/uploads/dry-run.ts';
import { withConnection } from '../change.ts';
import { readGasContexts } from '../gas/gas-contexts.ts';
import { currentBills } from '../readings/billed-periods.ts';
import { spansByMeter } from '../readings/evidence-spans.ts';
import { currentReads, registerMeters } from '../readings/register-reads.ts';
import { settleStage } from '../readings/settle-stage.ts';
import { openStage } from '../readings/stage.ts';
import { countStagedDays } from '../readings/write-meter-days.ts';
import { CONTROL_TOTALS_SQL, type ControlTotalRow, toControlTotal } from './control-totals.ts';
import { openTables } from './open-tables.ts';
import { BATCH_CAPACITY, readInto, SESSION_SQL, type Source } from './read-into.ts';
import { createStageCopy } from './stage-copy.ts';
import { createStageEncoder } from './stage-encoder.ts';

const STAGED_METERS_SQL = 'select distinct i.meter_id from meter_day_stage i';

/** Hashes and counts a source as it passes, and reads what its first reader has left. */
function measured(source: Source) {
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
  const whole = async () => {
    while ((await next()).done !== true);
    return { sha256: hash.digest('hex'), bytes };
  };
  return { blocks: { [Symbol.asyncIterator]: () => ({ next }) }, whole };
}

/** What the write would do, settled with what is stored as a write settles it, and then rolled back. Nothing is locked. */
async function daysOf(client: pg.PoolClient, replacesActual: boolean): Promise<DryRunDays> {
  const staged = await client.query<{ meter_id: number }>(STAGED_METERS_SQL);
  const meterIds = staged.rows.map((row) => row.meter_id);
  await client.query('begin isolation level repeatable read');
  try {
    const bills = await currentBills(client, meterIds);
    const reads = await currentReads(client, meterIds);
    // Bills come with their energy; intervals and registers may be a volume of gas still.
    const gas = await readGasContexts(client, meterIds, new Set());
    const { spans } = spansByMeter({ bills, reads, meters: await registerMeters(client, [...reads.keys()]) }, gas);
    const settlement = await settleStage(client, spans, new Map(), gas, null, 'merge', () => replacesActual);
    const { daysNew, daysChanged, daysUnchanged } = await countStagedDays(client);
    return { new: daysNew, changed: daysChanged, unchanged: daysUnchanged, refused: settlement.refused.length };
  } finally {
    await client.query('rollback');
  }
}

async function totalsOf(client: pg.PoolClient, replacesActual: boolean): Promise<DryRunTotals> {
  const { rows } = await client.query<ControlTotalRow>(CONTROL_TOTALS_SQL, [LIMITS.dryRunControlTotalsMax + 1]);
  const controlTotals = rows.slice(0, LIMITS.dryRunControlTotalsMax).map(toControlTotal);
  return { controlTotals, truncated: rows.length > controlTotals.length, days: await daysOf(client, replacesActual) };
}

/** Reads the file; null where a question comes up only in its midst, after which it cannot be read on. */
async function readTo(reading: Promise<UploadReport>): Promise<{ report: UploadReport } | LayoutQuestions> {
  try {
    return { report: await reading };
  } catch (error) {
    if (error instanceof LayoutQuestions) return error;
    throw error;
  }
}

async function lookAt(client: pg.PoolClient, source: Source, request: DryRunRequest): Promise<DryRunResult> {
  await client.query(SESSION_SQL);
  await openStage(client);
  const encoder = createStageEncoder(BATCH_CAPACITY);
  const copy = createStageCopy(client);
  const file = measured(source);
  try {
    // Register reads and bills are counted among the rows; what they advance by is only known beside those that are stored.
    const tables = await openTables(client, request, true, {
      onDay: encoder.add,
      onRead: () => undefined,
      onBill: () => undefined,
    });
    const read = await readTo(readInto(file.blocks, tables, encoder, copy, false, client));
    await copy.finish();
    const whole = await file.whole();
    const layouts = [...tables.layouts()];
    const open = [...tables.questions()];
    if (!('report' in read)) {
      const questions = [...open, ...read.questions];
      return { kind: 'looked-at', dryRun: { ...whole, layouts, questions, report: null, totals: null } };
    }
    const totals = open.length === 0 ? await totalsOf(client, request.replaceActual === true) : null;
    return { kind: 'looked-at', dryRun: { ...whole, layouts, questions: open, report: read.report, totals } };
  } catch (error) {
    await copy.finish().catch(() => undefined);
    if (!(error instanceof Refusal) || error.code === 'busy') throw error;
    if (error.code !== 'payload-too-large') await file.whole();
    const questions = error instanceof LayoutQuestions ? error.questions : [];
    return { kind: 'refused', refusal: { code: error.code, detail: error.message, faults: error.faults, questions } };
  }
}

/** Reads a file to its end into the session's own stage, adds up what it says, and empties the stage again. */
export function dryRun(pool: pg.Pool, source: Source, request: DryRunRequest): Promise<DryRunResult> {
  return withConnection(pool, async (client) => {
    try {
      return await lookAt(client, source, request);
    } finally {
      await openStage(client);
    }
  });
}
