import type { Decimal } from './decimal.ts';
import type { VolumeUnit } from './gas/volume-units.ts';
import type { Quality } from './interval-profile.ts';
import type { DaySpan } from './local-day.ts';

/** A volume of gas as a bill states it, with what the bill says of turning it into energy (rule E6). */
export type BilledVolume = {
  micro: bigint;
  unit: VolumeUnit;
  /** MJ per cubic metre. */
  calorificValue: Decimal | null;
  correctionFactor: Decimal | null;
  /** Whether the bill states the energy as well; it then counts, and the volume checks it. */
  energyStated: boolean;
};

/** Consumption stated for a span of whole local days: a bill. Quantities in millionths of the meter's unit. */
export type BilledPeriod = DaySpan & {
  meterId: number;
  /** What the bill states, or what the volume of gas it states comes to. */
  totalMicro: bigint;
  /** The volume of gas that the bill states. */
  volume: BilledVolume | null;
  /** Actual when the bill begins and ends on actual reads. */
  quality: Quality;
  /** False when the bill does not say whether its reads were actual; it then counts as actual (rule F4). */
  qualityStated: boolean;
  /** How the read was made that the bill begins with; null: as the bill before it ends, actual where there is none. */
  openingRead: Quality | null;
  /** How the read was made that the bill ends with. */
  closingRead: Quality;
  invoice: string | null;
  costGbp: string | null;
  /** Fuel delivered on the first day, which is its only one; absent for a bill. How long it lasts follows from the next (rule B2). */
  isDelivery?: boolean;
};

/** A bill on its way in; `replaces` is the invoice it says it corrects. */
export type ArrivingBill = BilledPeriod & {
  replaces: string | null;
  /** An estimate that is meant to take the place of an actual bill of the same days; absent where it is not. */
  replaceActual?: boolean;
  /** Where it stands in the file that it came in; absent for one that came as JSON. */
  place?: { file: string | null; line: number };
};

/** A billed period as the store knows it. A credit note names the bill it cancels, and that bill's invoice. */
export type StoredBilledPeriod = BilledPeriod & {
  id: string;
  credits: { id: string; invoice: string | null } | null;
};

/** What a bill says of its reads; what it leaves out follows from its quality. */
export type StatedReads = { quality?: Quality; openingRead?: Quality; closingRead?: Quality };

/**
 * How a bill's reads were made. An actual bill has two actual reads; an estimated one ends on an estimate, and begins as
 * the bill before it ends. What is said of a read itself stands over the bill's quality.
 */
export function readsOfBill({ quality, openingRead, closingRead }: StatedReads): {
  quality: Quality;
  qualityStated: boolean;
  openingRead: Quality | null;
  closingRead: Quality;
} {
  const opening = openingRead ?? (quality === 'E' ? null : 'A');
  const closing = closingRead ?? quality ?? 'A';
  return {
    quality: opening === 'A' && closing === 'A' ? 'A' : 'E',
    qualityStated: [quality, openingRead, closingRead].some((stated) => stated !== undefined),
    openingRead: opening,
    closingRead: closing,
  };
}

/** What an arriving bill does to the stored ones. */
export type BillVerdict =
  | { kind: 'same' }
  | { kind: 'new' }
  | { kind: 'replaces'; stored: readonly StoredBilledPeriod[] }
  | { kind: 'credits'; stored: StoredBilledPeriod }
  | { kind: 'unknown-invoice' }
  | { kind: 'overlaps'; stored: StoredBilledPeriod };

const FIELDS = ['totalMicro', 'quality', 'qualityStated', 'openingRead', 'closingRead', 'invoice', 'costGbp'] as const;

const textOfVolume = (volume: BilledVolume | null): string =>
  volume === null ? '' : Object.values(volume).map(String).join(' ');

/** Whether both are deliveries, or both bills. */
const isOfOneKind = (a: BilledPeriod, b: BilledPeriod): boolean => (a.isDelivery === true) === (b.isDelivery === true);

const isSame = (a: BilledPeriod, b: BilledPeriod): boolean =>
  FIELDS.every((field) => a[field] === b[field]) &&
  textOfVolume(a.volume) === textOfVolume(b.volume) &&
  isOfOneKind(a, b);

/** Two lorries may come on one day: their invoices tell them apart. */
const areTwoDeliveries = (a: BilledPeriod, b: BilledPeriod): boolean =>
  a.isDelivery === true && b.isDelivery === true && a.invoice !== null && b.invoice !== null && a.invoice !== b.invoice;

const hasSameDays = (a: DaySpan, b: DaySpan): boolean => a.start === b.start && a.end === b.end;

const isCancelledBy = (bill: BilledPeriod, credit: BilledPeriod): boolean =>
  credit.totalMicro < 0n &&
  credit.totalMicro === -bill.totalMicro &&
  hasSameDays(credit, bill) &&
  isOfOneKind(credit, bill);

/** The bills that an arriving one corrects, or null where it names an invoice that is not there. */
function correctedBy(bill: ArrivingBill, stored: readonly StoredBilledPeriod[]): StoredBilledPeriod[] | null {
  if (bill.replaces !== null) {
    const named = stored.filter(({ invoice }) => invoice === bill.replaces);
    return named.length === 0 ? null : named;
  }
  const sameDays = stored.filter(
    (other) => hasSameDays(other, bill) && isOfOneKind(other, bill) && !areTwoDeliveries(other, bill),
  );
  if (bill.replaceActual === true && sameDays.length > 0) return sameDays;
  const sameRank = sameDays.find((other) => other.quality === bill.quality);
  const corrected = sameRank ?? (bill.quality === 'A' ? sameDays[0] : undefined);
  if (corrected !== undefined) return [corrected];
  return stored.filter(
    (other) =>
      bill.invoice !== null &&
      isOfOneKind(other, bill) &&
      other.invoice === bill.invoice &&
      other.quality === bill.quality &&
      other.start < bill.end &&
      bill.start < other.end,
  );
}

/**
 * Weighs an arriving bill against those stored for its meter (rules E1 e, E2, E3). The negative of a bill over the same
 * days is a credit note: both cease to count, and the cancelled bill does not come back when it is sent again. Over
 * exactly the same days, or under the same invoice, a bill is a correction, unless nothing differs or it would put an
 * estimate in place of an actual that its sender does not mean to replace; over some of the same days and of equal rank it overlaps, which is refused; one of
 * another rank stands beside. Deliveries are of their day, and those of one day with invoices of their own stand beside
 * each other (rule B2).
 */
export function judgeBill(bill: ArrivingBill, all: readonly StoredBilledPeriod[]): BillVerdict {
  if (all.some((other) => hasSameDays(other, bill) && isSame(other, bill))) return { kind: 'same' };
  const stored = all.filter(({ credits }) => credits === null);
  const cancelled = stored.find((other) => isCancelledBy(other, bill));
  if (cancelled !== undefined) return { kind: 'credits', stored: cancelled };
  if (all.some(({ credits, ...other }) => credits?.invoice === bill.invoice && isCancelledBy(bill, other)))
    return { kind: 'same' };
  const isRival = (other: StoredBilledPeriod) =>
    !(other.isDelivery === true && bill.isDelivery === true) &&
    other.quality === bill.quality &&
    other.start < bill.end &&
    bill.start < other.end;
  const corrected = correctedBy(bill, stored);
  if (corrected === null) return { kind: 'unknown-invoice' };
  const rival = stored.find((other) => isRival(other) && !corrected.includes(other));
  if (rival !== undefined) return { kind: 'overlaps', stored: rival };
  return corrected.length === 0 ? { kind: 'new' } : { kind: 'replaces', stored: corrected };
}
