import type { Now } from '../../clock.ts';
import type { Principal } from '../../domain/access.ts';
import type { ArrivingBill, BilledPeriod } from '../../domain/billed-period.ts';
import { localDayOf } from '../../domain/calendar.ts';
import type { Estate } from '../../domain/estate.ts';
import { GROSS_KWH_NOTICE, isGasEnergy } from '../../domain/gas/gross-energy.ts';
import { type DaySpan, lengthDays } from '../../domain/local-day.ts';
import { faultsOf, readEntry } from '../../domain/readings/read-entry.ts';
import type { ReadingEntry } from '../../domain/readings/reading-entry.ts';
import { type Fault, Refusal } from '../../domain/refusal.ts';
import type { ArrivingRead } from '../../domain/registers/place-reads.ts';
import type { ProfileInput, ReadingsStore, WriteOutcome } from '../readings-port.ts';

/** `strict`: all entries are stored or none. `lenient`: the good ones are, and every refused one is reported. */
export type BatchMode = 'strict' | 'lenient';

/** What posting readings needs. */
export type ReadingsDeps = { now: Now; currentEstate(): Promise<Estate>; store: ReadingsStore };

/** What a batch of readings did. */
export type PostedReadings = {
  accepted: number;
  refused: Fault[];
  daysUnchanged: number;
  billsUnchanged: number;
  readsUnchanged: number;
  outcome: WriteOutcome;
  /** What the sender should know, each once. */
  notices: { code: string; detail: string }[];
  /** Meter keys by internal number, for naming conflicts. */
  meterKeys: ReadonlyMap<number, string>;
};

type Checked = {
  profiles: (ProfileInput & { line: number })[];
  bills: { entry: number; bill: ArrivingBill }[];
  reads: ArrivingRead[];
  faults: Fault[];
  refusedEntries: Set<number>;
  /** Entries whose estimates are to replace actual values (rule E2). */
  replacing: Set<number>;
  /** Whether kWh of gas came without a volume beside them (rule E6). */
  hasBareGas: boolean;
};

function check(entries: readonly ReadingEntry[], estate: Estate, now: Date): Checked {
  const meters = new Map(estate.meters.map((meter) => [meter.key, meter]));
  const checked: Checked = {
    profiles: [],
    bills: [],
    reads: [],
    faults: [],
    refusedEntries: new Set(),
    replacing: new Set(),
    hasBareGas: false,
  };
  const today = localDayOf(now);
  entries.forEach((entry, index) => {
    const pointer = `/readings/${index}`;
    const meter = meters.get(entry.meter);
    if (meter === undefined) {
      const detail = `there is no meter '${entry.meter}': create it first with PUT /v1/meters/${entry.meter}`;
      checked.faults.push({ pointer: `${pointer}/meter`, code: 'unknown-meter', detail });
      checked.refusedEntries.add(index);
      return;
    }
    try {
      const meterId = meter.id;
      const read = readEntry(entry, pointer, now.getTime(), today, meter);
      if (entry.replaceActual === true) checked.replacing.add(index);
      const { activity, readingUnit: unit } = meter;
      checked.hasBareGas ||=
        read.kind === 'bill'
          ? activity === 'natural-gas' && read.bill.volume === null
          : isGasEnergy({ activity, unit });
      // The entry's number travels as the line, so that what the store refuses can be pointed at.
      if (read.kind === 'bill') checked.bills.push({ entry: index, bill: { ...read.bill, meterId } });
      else if (read.kind === 'read') checked.reads.push({ ...read.read, meterId, line: index });
      else checked.profiles.push({ meterId, day: read.day, profile: read.profile, line: index });
    } catch (error) {
      checked.faults.push(...faultsOf(error));
      checked.refusedEntries.add(index);
    }
  });
  return checked;
}

function refuseBatch(faults: readonly Fault[]): never {
  const detail = `${faults.length === 1 ? 'One reading is' : `${faults.length} readings are`} refused, and nothing is stored: ${faults[0]?.detail}`;
  throw new Refusal('readings-refused', detail, faults);
}

function billFault(bill: ArrivingBill, overlaps: BilledPeriod | null, pointer: string): Fault {
  if (overlaps === null) {
    const detail = `the meter has no bill with the invoice '${bill.replaces}': expected the invoice that this one corrects`;
    return { pointer: `${pointer}/replaces`, code: 'unknown-invoice', detail };
  }
  const days = (span: DaySpan): string => `${span.start}/${span.end} (${lengthDays(span)} days)`;
  const detail = `the billed period ${days(bill)} overlaps the stored ${days(overlaps)}: expected days that no other bill of the meter covers, exactly the same days or the same invoice for a correction, or the invoice it corrects as 'replaces'`;
  return { pointer: `${pointer}/period`, code: 'overlapping-billed-period', detail };
}

/** What the store refused, as faults of the entries it came from. */
function storeFaults(outcome: WriteOutcome, checked: Checked): { faults: Fault[]; entries: number[] } {
  const faults: Fault[] = [];
  const entries: number[] = [];
  for (const { line, detail } of outcome.refused) {
    faults.push({ pointer: `/readings/${line ?? 0}`, code: 'conflicting-values', detail });
    entries.push(line ?? 0);
  }
  for (const { bill, overlaps } of outcome.refusedBills) {
    const entry = checked.bills.find((candidate) => candidate.bill === bill)?.entry ?? 0;
    faults.push(billFault(bill, overlaps, `/readings/${entry}`));
    entries.push(entry);
  }
  for (const { read, field, code, detail } of outcome.refusedReads) {
    faults.push({ pointer: `/readings/${read.line}/${field}`, code, detail });
    entries.push(read.line);
  }
  return { faults, entries };
}

/**
 * Stores a batch of day profiles, intervals, billed periods and register readings as one change.
 * @throws Refusal `readings-refused` with a fault per refused entry when the mode is strict; nothing is stored then.
 */
export async function postReadings(
  deps: ReadingsDeps,
  entries: readonly ReadingEntry[],
  mode: BatchMode,
  principal: Principal,
): Promise<PostedReadings> {
  const estate = await deps.currentEstate();
  const checked = check(entries, estate, deps.now());
  if (mode === 'strict' && checked.faults.length > 0) refuseBatch(checked.faults);
  const bills = checked.bills.map(({ bill }) => bill);
  const context = {
    kind: 'readings' as const,
    principal: principal.label,
    uploadId: null,
    partial: mode === 'lenient',
    replaceActual: checked.replacing,
  };
  const outcome = await deps.store.write(checked.profiles, { bills, reads: checked.reads }, context);
  const late = storeFaults(outcome, checked);
  if (mode === 'strict' && late.faults.length > 0) refuseBatch(late.faults);
  const refusedEntries = new Set([...checked.refusedEntries, ...late.entries]);
  const daysSent = new Set(checked.profiles.map(({ meterId, day }) => `${meterId} ${day}`)).size;
  return {
    accepted: entries.length - refusedEntries.size,
    refused: [...checked.faults, ...late.faults],
    daysUnchanged: Math.max(0, daysSent - outcome.refused.length - outcome.daysNew - outcome.daysChanged),
    billsUnchanged: bills.length - outcome.refusedBills.length - outcome.billsWritten,
    readsUnchanged: checked.reads.length - outcome.refusedReads.length - outcome.readsWritten - outcome.readsKept,
    outcome,
    notices: checked.hasBareGas ? [GROSS_KWH_NOTICE] : [],
    meterKeys: new Map(estate.meters.map((meter) => [meter.id, meter.key])),
  };
}
