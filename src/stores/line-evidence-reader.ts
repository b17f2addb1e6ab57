import type pg from 'pg';
import { Decimal } from '../domain/decimal.ts';
import { groupBy } from '../domain/group-by.ts';
import type { EvidenceChange, EvidencePiece, LineEvidence } from '../domain/line-evidence.ts';
import { ORIGIN_NAMES } from '../domain/stored-readings.ts';
import type { LineEvidenceReader } from '../services/figures/line-evidence-reader.ts';
import { type ConversionRow, conversionFromRow } from './gas/conversions-reader.ts';
import { DIGESTS, LINE_CONVERSIONS, LINE_ESTIMATES, PARTS } from './line-evidence-query.ts';
import { NOW_SEQ } from './past/days-as-of.ts';

type PartRow = {
  line: number;
  origin: number;
  days: number;
  quantity: string;
  estimated: string;
  actual_minutes: number;
  estimated_minutes: number;
};

type DigestRow = {
  line: number;
  change_count: number;
  seqs: string[];
  instants: string[];
  kinds: string[];
  uploads: (string | null)[];
  digest: string;
};

type LineConversionRow = ConversionRow & { line: number };

type EstimateRow = { line: number; methods: string; days: number; quantity: string };

function partOf(row: PartRow): LineEvidence['parts'][number] {
  const origin = ORIGIN_NAMES[row.origin - 1];
  if (origin === undefined) throw new Error(`A day is stored with the unknown origin ${row.origin}.`);
  return {
    origin,
    days: row.days,
    quantity: new Decimal(row.quantity),
    estimatedQuantity: new Decimal(row.estimated),
    actualMinutes: row.actual_minutes,
    estimatedMinutes: row.estimated_minutes,
  };
}

function changesOf({ seqs, instants, kinds, uploads }: DigestRow): EvidenceChange[] {
  return seqs.map((seq, index) => ({
    seq,
    recordedAt: instants[index] ?? '',
    kind: kinds[index] ?? '',
    upload: uploads[index] ?? null,
  }));
}

function ofLine<Row extends { line: number }>(rows: readonly Row[]): (line: number) => Row[] {
  const byLine = groupBy(rows, ({ line }) => line);
  return (line) => byLine.get(line) ?? [];
}

/** Reads where the quantities of lines come from: by what is known now, or as it was known at a clock reading. */
export function makeLineEvidenceReader(pool: pg.Pool, atSeq: string = NOW_SEQ): LineEvidenceReader {
  return async (pieces: readonly EvidencePiece[]) => {
    const names = [...new Set(pieces.map(({ line }) => line))];
    if (names.length === 0) return new Map();
    const numbers = new Map(names.map((name, number) => [name, number]));
    const values = [
      atSeq,
      pieces.map(({ line }) => numbers.get(line)),
      pieces.map(({ meterId }) => meterId),
      pieces.map(({ start }) => start),
      pieces.map(({ end }) => end),
    ];
    const [parts, digests, conversions, estimates] = await Promise.all([
      pool.query<PartRow>(PARTS, values),
      pool.query<DigestRow>(DIGESTS, values),
      pool.query<LineConversionRow>(LINE_CONVERSIONS, values),
      pool.query<EstimateRow>(LINE_ESTIMATES, values),
    ]);
    const partsOf = ofLine(parts.rows);
    const conversionsOf = ofLine(conversions.rows);
    const estimatesOf = ofLine(estimates.rows);
    return new Map(
      digests.rows.map((row): [string, LineEvidence] => [
        names[row.line] ?? '',
        {
          parts: partsOf(row.line).map(partOf),
          daysDigest: row.digest,
          changes: changesOf(row),
          changeCount: row.change_count,
          conversions: conversionsOf(row.line).map(conversionFromRow),
          estimates: estimatesOf(row.line).map(({ methods, days, quantity }) => ({
            methods,
            days,
            quantity: new Decimal(quantity),
          })),
        },
      ]),
    );
  };
}
