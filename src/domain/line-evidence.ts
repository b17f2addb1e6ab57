import type { Decimal } from './decimal.ts';
import type { FigurePlan } from './figure-plan.ts';
import type { StoredConversion } from './gas/stored-conversion.ts';
import { type DaySpan, intersect } from './local-day.ts';
import type { OriginName } from './stored-readings.ts';

/** Days of one meter whose evidence is wanted, under the name of the line that they feed. */
export type EvidencePiece = DaySpan & { line: string; meterId: number };

/** What one kind of evidence gives to a line. Minutes and quantities are those of the days as they stand. */
export type EvidencePart = {
  origin: OriginName;
  days: number;
  quantity: Decimal;
  estimatedQuantity: Decimal;
  actualMinutes: number;
  estimatedMinutes: number;
};

/** A change that wrote some of a line's days; `upload` where it came in a file. */
export type EvidenceChange = { seq: string; recordedAt: string; kind: string; upload: string | null };

/** Volumes of gas that were turned into kWh with the same factors; they may reach beyond the days of the line. */
export type EvidenceConversion = Omit<StoredConversion, 'statedKwh' | 'flags'>;

/** Days that this service estimated, or parts of them, by method (rule E11). */
export type EvidenceEstimate = { methods: string; days: number; quantity: Decimal };

/** Where the metered quantity of a line comes from. */
export type LineEvidence = {
  parts: readonly EvidencePart[];
  /** SHA-256 over the days as they are stored: a digit altered in one of them shows, whatever the sums say. */
  daysDigest: string;
  changes: readonly EvidenceChange[];
  /** Changes in all; `changes` lists the newest of them. */
  changeCount: number;
  conversions: readonly EvidenceConversion[];
  estimates: readonly EvidenceEstimate[];
};

/** The name of what one stream used in one cell. */
export function lineName(stream: number, cell: number): string {
  return `${stream} ${cell}`;
}

/**
 * The days of meters behind each quantity of a plan. What is taken out of a meter for a tenant is evidenced by the tenant's
 * sub-meter (rule D3).
 */
export function evidencePieces(plan: FigurePlan): EvidencePiece[] {
  const pieces: EvidencePiece[] = [];
  const add = (span: DaySpan, meterId: number, stream: number): void => {
    plan.cells.forEach((cell, number) => {
      const days = intersect(span, cell);
      if (days !== null) pieces.push({ ...days, meterId, line: lineName(stream, number) });
    });
  };
  for (const { segment, stream } of plan.segments) add(segment, segment.meter.id, stream);
  for (const { segment, sub, stream } of plan.deductions) add(segment, sub.id, stream);
  return pieces;
}

/** The first day and the day after the last of each line's pieces. */
export function pieceSpans(pieces: readonly EvidencePiece[]): ReadonlyMap<string, DaySpan> {
  const spans = new Map<string, DaySpan>();
  for (const { line, start, end } of pieces) {
    const known = spans.get(line) ?? { start, end };
    spans.set(line, { start: start < known.start ? start : known.start, end: end > known.end ? end : known.end });
  }
  return spans;
}
