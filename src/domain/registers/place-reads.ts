import { localPosition } from '../calendar.ts';
import { MICRO } from '../interval-profile.ts';
import { fromMicro } from '../micro.ts';
import { type Advance, advancesOf, dailyRate, type Reversal } from './advances.ts';
import { evidenceOf } from './read-types.ts';
import {
  type PlacedRead,
  type RegisterMeter,
  type RegisterRead,
  type StoredRead,
  serialKey,
  seriesKey,
  seriesOf,
  slotKey,
  withDevices,
} from './register-read.ts';

/**
 * A turn over zero must not make the register faster than this many times its fastest advance otherwise: a device that was
 * exchanged without a word shows as one that raced.
 */
const ROLLOVER_RATE_LIMIT = 5;

/** Largest advance, exclusive, in millionths: what days can hold. */
const ADVANCE_LIMIT_MICRO = 10n ** 15n;

/** A delivered read with the number of its line or entry. */
export type ArrivingRead = RegisterRead & { line: number };

/** Why a read cannot be stored: the field at fault, what kind, and what was expected. */
export type RefusedRead = { read: ArrivingRead; field: 'serial' | 'register' | 'value'; code: string; detail: string };

/** What arriving reads do to the stored ones of a meter. */
export type PlacedReads = {
  written: PlacedRead[];
  superseded: StoredRead[];
  unchanged: number;
  /** Reads that leave a better or later one of their day standing (rules E2, E4). */
  kept: number;
  refused: RefusedRead[];
};

/** Registers that a meter may have, over all its devices. */
export const REGISTERS_MAX = 100;

/** Deliveries that contradict themselves more often than this are refused from there on, register by register. */
const PASSES_MAX = 20;

type Candidate = PlacedRead & { arriving: ArrivingRead | null; stored: StoredRead | null; before: Candidate | null };

function describe({ register, day, valueMicro, type, serial }: PlacedRead): string {
  const device = serial === '' ? '' : ` of device ${serial}`;
  return `${trimmed(valueMicro)} on ${day} (register ${register}${device}, ${type})`;
}

const trimmed = (micro: bigint): string => fromMicro(micro).replace(/\.?0+$/, '');

type Serial = { serial: string } | { code: string; detail: string };

/** The device an arriving read belongs to (rule E10). */
function deviceOf(read: RegisterRead, known: readonly string[], meter: RegisterMeter): Serial {
  if (read.serial === null) {
    const [first = '', second] = meter.serials.length > 0 ? meter.serials : known;
    if (second === undefined) return { serial: first };
    const serials = (meter.serials.length > 0 ? meter.serials : known).join(', ');
    return { code: 'required', detail: `serial is missing: the meter has several devices, expected one of ${serials}` };
  }
  const own = serialKey(read.serial);
  const declared = meter.serials.find((serial) => serialKey(serial) === own);
  if (declared !== undefined) return { serial: declared };
  if (meter.serials.length === 0)
    return { serial: known.find((serial) => serialKey(serial) === own) ?? read.serial.trim() };
  const detail = `'${read.serial}' is no device of this meter: expected ${meter.serials.join(' or ')}, or add the serial to the meter first`;
  return { code: 'unknown-serial', detail };
}

const hasTime = ({ readAtMs }: PlacedRead): boolean => localPosition(readAtMs).minute !== 0;

/** Whether an arriving read leaves the one that stands on its day standing (rules E2, E4). */
function staysBehind(read: PlacedRead, standing: PlacedRead): boolean {
  const [was, is] = [evidenceOf(standing.type), evidenceOf(read.type)];
  if (is === 'withdrawn' || is === 'queried') return false;
  if (was === 'actual' && is === 'estimated') return true;
  return was === is && hasTime(read) && hasTime(standing) && read.readAtMs < standing.readAtMs;
}

const isSame = (a: PlacedRead, b: PlacedRead): boolean =>
  a.valueMicro === b.valueMicro && a.type === b.type && a.readAtMs === b.readAtMs;

type Fault = Omit<RefusedRead, 'read'> & { candidate: Candidate };

function reversalFault({ from, to }: Reversal<Candidate>, { dials }: RegisterMeter): Fault | null {
  const [isFromActual, isToActual] = [from, to].map(({ type }) => evidenceOf(type) === 'actual');
  // An estimate that an actual read contradicts gives way: the actual read is never refused for it.
  const late = to.arriving !== null && (isFromActual || !isToActual) ? to : null;
  const early = from.arriving !== null && (isToActual || !isFromActual) ? from : null;
  const candidate = late ?? early;
  if (candidate === null) return null;
  const turn =
    dials === null ? 'a number of dials for the meter' : `a turn over zero of less than half of ${dials} dials`;
  const expected = `expected no step back, ${turn}, or an exchange with a closing and an opening read`;
  const other = candidate === to ? `the read before it, ${describe(from)}` : `the read after it, ${describe(to)}`;
  const word = candidate === to ? 'below' : 'above';
  return {
    candidate,
    field: 'value',
    code: 'register-runs-backwards',
    detail: `${describe(candidate)} is ${word} ${other}: ${expected}`,
  };
}

function advanceFault(advance: Advance<Candidate>, fastest: number): Fault | null {
  const { from, to, totalMicro, rolledOver } = advance;
  const candidate = to.arriving !== null ? to : from.arriving !== null ? from : null;
  if (candidate === null) return null;
  const between = `between ${describe(from)} and ${describe(to)}`;
  if (totalMicro >= ADVANCE_LIMIT_MICRO) {
    const detail = `${trimmed(totalMicro)} ${between} is out of range: expected less than 1e9`;
    return { candidate, field: 'value', code: 'value-out-of-range', detail };
  }
  if (!rolledOver || fastest === 0 || dailyRate(advance) <= ROLLOVER_RATE_LIMIT * fastest) return null;
  const rate = (micro: number) => (micro / MICRO).toFixed(1);
  const detail = `${describe(to)} is below the read before it, ${describe(from)}, and a turn over zero would be ${rate(dailyRate(advance))} a day where the register made at most ${rate(fastest)}: expected a plausible turn, or an exchange with a closing and an opening read`;
  return { candidate, field: 'value', code: 'register-runs-backwards', detail };
}

function faultsOfSeries(reads: readonly Candidate[], meter: RegisterMeter): Fault[] {
  const { advances, reversals } = advancesOf(reads, meter);
  const fastest = advances.reduce((rate, one) => (one.rolledOver ? rate : Math.max(rate, dailyRate(one))), 0);
  const faults = [
    ...reversals.map((reversal) => reversalFault(reversal, meter)),
    ...advances.map((advance) => advanceFault(advance, fastest)),
  ];
  return faults.filter((fault) => fault !== null);
}

/** Takes out of the slots what contradicts the other reads of its register, until nothing arriving does. */
function refuseContradictions(slots: Map<string, Candidate>, meter: RegisterMeter): RefusedRead[] {
  const refused: RefusedRead[] = [];
  const takeOut = ({ candidate, ...fault }: Fault): void => {
    const key = slotKey(candidate);
    if (candidate.arriving === null || slots.get(key) !== candidate) return;
    refused.push({ ...fault, read: candidate.arriving });
    if (candidate.before === null) slots.delete(key);
    else slots.set(key, candidate.before);
  };
  let unsettled = new Set([...slots.values()].filter(({ arriving }) => arriving !== null).map(seriesKey));
  for (let pass = 1; unsettled.size > 0; pass += 1) {
    const reads = [...slots.values()].filter((read) => unsettled.has(seriesKey(read)));
    const faults = [...seriesOf(reads).values()].flatMap((own) => {
      const found = faultsOfSeries(own, meter);
      if (pass <= PASSES_MAX || found[0] === undefined) return found;
      const detail = `${found[0].detail}; nothing more of this register is taken from this delivery`;
      return own.map((candidate) => ({ ...(found[0] as Fault), candidate, detail }));
    });
    faults.forEach(takeOut);
    unsettled = new Set(faults.map(({ candidate }) => seriesKey(candidate)));
  }
  return refused;
}

/** Gives an arriving read its device, or says why it has none or cannot be what the dials show. */
function place(read: ArrivingRead, known: readonly string[], meter: RegisterMeter): PlacedRead | RefusedRead {
  const device = deviceOf(read, known, meter);
  if ('code' in device) return { read, field: 'serial', ...device };
  const { dials } = meter;
  if (dials !== null && read.valueMicro >= 10n ** BigInt(dials) * BigInt(MICRO)) {
    const detail = `${trimmed(read.valueMicro)} does not fit on ${dials} dials: expected less than ${10n ** BigInt(dials)}`;
    return { read, field: 'value', code: 'value-above-dials', detail };
  }
  return { ...read, serial: device.serial };
}

/**
 * Places the reads that one delivery brings for a meter among those stored (rules E2, E3, E4, E10). Of two reads of a
 * register on one day the later one counts, an estimate never takes an actual one's place, a withdrawn or queried one takes
 * the day's read out of use. A read that runs backwards without a plausible turn over zero or an exchange is refused, with
 * the read that it contradicts.
 */
export function placeReads(
  meter: RegisterMeter,
  stored: readonly StoredRead[],
  arriving: readonly ArrivingRead[],
): PlacedReads {
  const result: PlacedReads = { written: [], superseded: [], unchanged: 0, kept: 0, refused: [] };
  const known = [...new Set([...stored, ...arriving].map(({ serial }) => serial ?? ''))].filter(
    (serial) => serial !== '',
  );
  const inOrder = [...arriving].sort((a, b) => a.readAtMs - b.readAtMs || a.line - b.line);
  const candidates: Candidate[] = stored.map((read) => ({ ...read, stored: read, arriving: null, before: null }));
  for (const read of inOrder) {
    const placed = place(read, known, meter);
    if ('code' in placed) result.refused.push(placed);
    else candidates.push({ ...placed, stored: null, arriving: read, before: null });
  }
  const slots = new Map<string, Candidate>();
  const registers = new Set<string>();
  for (const candidate of withDevices(candidates, meter)) {
    registers.add(seriesKey(candidate));
    if (registers.size > REGISTERS_MAX && candidate.arriving !== null) {
      const detail = `register '${candidate.register}' is one too many: expected at most ${REGISTERS_MAX} registers of one meter`;
      registers.delete(seriesKey(candidate));
      result.refused.push({ read: candidate.arriving, field: 'register', code: 'too-many-registers', detail });
      continue;
    }
    const standing = slots.get(slotKey(candidate));
    if (standing === undefined) slots.set(slotKey(candidate), candidate);
    else if (isSame(standing, candidate)) result.unchanged += 1;
    else if (staysBehind(candidate, standing)) result.kept += 1;
    else {
      if (standing.arriving !== null) result.kept += 1;
      slots.set(slotKey(candidate), { ...candidate, before: standing });
    }
  }
  result.refused.push(...refuseContradictions(slots, meter));
  const standing = new Set([...slots.values()].map((candidate) => candidate.stored));
  result.superseded = stored.filter((read) => !standing.has(read));
  result.written = [...slots.values()].filter(({ arriving: fresh }) => fresh !== null);
  return result;
}
