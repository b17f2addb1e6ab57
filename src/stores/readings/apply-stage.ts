import type { PoolClient } from 'pg';
import type { BilledPeriod } from '../../domain/billed-period.ts';
import { Refusal } from '../../domain/refusal.ts';
import type { DeliveredTotals, WriteContext, WriteOutcome } from '../../services/readings-port.ts';
import { inChange } from '../change.ts';
import { storeBills } from './billed-periods.ts';
import { movedSpans, spansByMeter } from './evidence-spans.ts';
import { storeReads } from './register-reads.ts';
import { type ReplacingLines, settleStage } from './settle-stage.ts';
import { priced, standingEvidence, storeSpanConversions } from './standing-evidence.ts';
import { touchedEvidence, touchedMeters } from './touched-meters.ts';
import { lockMeters, writeStagedDays } from './write-meter-days.ts';

const STAGED_METERS = 'select distinct i.meter_id from meter_day_stage i';

const GONE_METERS = `
select m.key from unnest($1::integer[]) w(id) join meter m on m.id = w.id
where not exists (select 1 from meter_version v where v.meter_id = m.id and v.superseded_by is null)`;

async function refuseGoneMeters(client: PoolClient, meterIds: readonly number[]): Promise<void> {
  const { rows } = await client.query<{ key: string }>({ name: 'gone-meters', text: GONE_METERS, values: [meterIds] });
  if (rows[0] !== undefined)
    throw new Refusal('unknown-meter', `meter '${rows[0].key}' was deleted while its readings were on their way`);
}

/** Thrown to roll a write back whose outcome the caller still wants to see. */
class NothingStored extends Error {
  readonly outcome: WriteOutcome;

  constructor(outcome: WriteOutcome) {
    super('rows were refused, nothing is stored');
    this.outcome = outcome;
  }
}

/** Which lines of a delivery may put estimates in place of actual values. */
export function replacingLines(replaceActual: WriteContext['replaceActual']): ReplacingLines {
  return (line) => replaceActual === 'all' || (line !== null && replaceActual.has(line));
}

const hasVolume = ({ volume }: BilledPeriod): boolean => volume !== null;

/** Stores bills and register reads; says what the totals of spans are now, and on which days they have moved. */
async function storeTotals(
  client: PoolClient,
  meterIds: readonly number[],
  { bills, reads }: DeliveredTotals,
  changeId: string,
) {
  const evidence = await standingEvidence(
    client,
    meterIds,
    bills.filter(hasVolume).map(({ meterId }) => meterId),
    reads.map(({ meterId }) => meterId),
  );
  const { standing, stored, meters, gas } = evidence;
  const before = spansByMeter({ bills: standing, reads: stored, meters }, gas);
  const arriving = bills.map((bill) => priced(bill, gas));
  const billed = await storeBills(client, arriving, standing, changeId);
  const read = await storeReads(client, reads, stored, meters, changeId);
  const after = spansByMeter({ bills: standing, reads: new Map([...stored, ...read.standing]), meters }, gas);
  const conversionsWritten = await storeSpanConversions(client, gas, after.conversions, changeId);
  const outcome = {
    billsWritten: billed.written,
    // The caller knows its bills by what it sent.
    refusedBills: billed.refused.map(({ bill, overlaps }) => ({
      bill: bills[arriving.indexOf(bill)] ?? bill,
      overlaps,
    })),
    readsWritten: read.written,
    readsKept: read.kept,
    refusedReads: read.refused,
  };
  return { spans: after.spans, moved: movedSpans(before.spans, after.spans), gas, conversionsWritten, outcome };
}

/**
 * Applies the stage of this connection, bills and register reads as one change: locks the meters, settles what arrived with what is
 * stored, writes the days, their months and the clock. A write that is not partial stores all or nothing.
 */
export async function applyStage(
  client: PoolClient,
  { bills, reads }: DeliveredTotals,
  context: WriteContext,
): Promise<WriteOutcome> {
  const staged = await client.query<{ meter_id: number }>(STAGED_METERS);
  const stated = [...bills, ...reads].map(({ meterId }) => meterId);
  const meterIds = [...new Set([...staged.rows.map((row) => row.meter_id), ...stated])].sort((a, b) => a - b);
  const { kind, principal, uploadId } = context;
  const stamp = { kind, principal, uploadId, config: false };
  try {
    const { result, stamped } = await inChange(client, stamp, async (drawChangeId) => {
      await lockMeters(client, meterIds);
      await refuseGoneMeters(client, meterIds);
      const changeId = await drawChangeId();
      const totals = await storeTotals(client, meterIds, { bills, reads }, changeId);
      const { conversionsWritten, ...settlement } = await settleStage(
        client,
        totals.spans,
        totals.moved,
        totals.gas,
        changeId,
        'merge',
        replacingLines(context.replaceActual),
      );
      const outcome: WriteOutcome = {
        ...settlement,
        ...totals.outcome,
        seq: null,
        changeId,
        daysNew: 0,
        daysChanged: 0,
      };
      const isRefused = [outcome.refused, outcome.refusedBills, outcome.refusedReads].some(({ length }) => length > 0);
      if (!context.partial && isRefused) throw new NothingStored(outcome);
      const { touched: changed, ...days } = await writeStagedDays(client, changeId);
      const written = outcome.billsWritten + outcome.readsWritten + totals.conversionsWritten + conversionsWritten;
      const touched = [...changed, ...(written === 0 ? [] : await touchedEvidence(client, meterIds, changeId))];
      return { touched: touched.length === 0 ? null : touchedMeters(touched), result: { ...outcome, ...days } };
    });
    return { ...result, seq: stamped?.seq.toString() ?? null, changeId: stamped === null ? null : result.changeId };
  } catch (error) {
    if (error instanceof NothingStored) return { ...error.outcome, changeId: null, billsWritten: 0, readsWritten: 0 };
    throw error;
  }
}
