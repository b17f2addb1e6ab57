import type { Json } from './canonical-json.ts';
import { Decimal } from './decimal.ts';
import type { ExplainedLine, ExplainedSource } from './explanation.ts';
import { groupBy } from './group-by.ts';
import { type KgByFigure, kgByFigure, scopeNamed } from './kg-by-figure.ts';
import type { LineEvidence } from './line-evidence.ts';

/** What a receipt was made from: the instant, and the newest change that was known at it. */
export type Knowledge = { instant: string; seq: string; recordedAt: string };

/** Everything that a receipt states. Decimals are texts; the question stands as it is asked of `/v1/emissions`. */
export type ReceiptContent = {
  kind: typeof RECEIPT_KIND;
  question: { readonly [parameter: string]: string };
  knowledge: Knowledge;
  factorPolicy: string;
  reportingYearStart: string;
  lines: Json[];
  factors: Json[];
  rows: Json[];
  totals: Json;
  rounding: string;
};

/** Names the form of the content; another form would get another name. */
export const RECEIPT_KIND = 'council-carbon-receipt-1';

/** A kilogram amount as receipts and statements state it: exact, and rounded half-up to the gram. */
export function statedKg(kg: Decimal): { exactKgCo2e: string; kgCo2e: string } {
  const grams = kg.toDecimalPlaces(3);
  return { exactKgCo2e: kg.isZero() ? '0' : kg.toString(), kgCo2e: grams.isZero() ? '0.000' : grams.toFixed(3) };
}

const factorName = ({ set, version, factorKey }: ExplainedSource): string => `${set}@${version} ${factorKey}`;

function factorJson({ factor, days: _days, ...source }: ExplainedSource): Json {
  return { ...source, factorKgCo2ePerUnit: factor.toString() };
}

function evidenceJson(evidence: LineEvidence | undefined): Json {
  if (evidence === undefined) return null;
  const texts = (entries: readonly object[]): Json[] =>
    entries.map((entry) =>
      Object.fromEntries(
        Object.entries(entry).map(([name, value]): [string, Json] => [
          name,
          value instanceof Decimal ? value.toString() : (value as Json),
        ]),
      ),
    );
  return {
    parts: texts(evidence.parts),
    daysSha256: evidence.daysDigest,
    changes: texts(evidence.changes),
    changeCount: evidence.changeCount,
    conversions: texts(evidence.conversions),
    estimates: texts(evidence.estimates),
  };
}

function lineJson(line: ExplainedLine, evidence: LineEvidence | undefined): Json {
  const {
    sources,
    kg,
    factor,
    metered,
    apportioned,
    quantity,
    scope,
    name: _name,
    row,
    nationalKg,
    flags,
    market,
    tenantShare,
    ...rest
  } = line;
  return {
    ...rest,
    ...(nationalKg === null ? {} : { nationalKgCo2e: nationalKg.toString() }),
    ...(tenantShare === undefined ? {} : { tenantShare: tenantShare.toString() }),
    ...(flags.length === 0 ? {} : { flags: [...flags] }),
    ...(market === undefined ? {} : { market: { ...market, share: market.share.toString() } }),
    row: row as Json,
    scope: scopeNamed(scope),
    metered: metered.toString(),
    apportioned: apportioned.toString(),
    quantity: quantity.toString(),
    factorKgCo2ePerUnit: factor?.toString() ?? null,
    ...(kg === null ? { exactKgCo2e: null, kgCo2e: null } : statedKg(kg)),
    factors: sources.map((source) => ({ factor: factorName(source), days: source.days })),
    evidence: evidenceJson(evidence),
  };
}

/** Kilograms as they are stated, by figure. */
export function statedFigures(figures: KgByFigure): { [member: string]: Json } {
  return Object.fromEntries([...figures].map(([figure, kg]) => [figure, statedKg(kg)]));
}

/** Kilograms of lines by scope and in total, as they are stated; lines that are not quantified add nothing and are counted. */
export function statedTotals(lines: readonly ExplainedLine[], onMarketBasis: boolean): { [member: string]: Json } {
  return {
    ...statedFigures(kgByFigure(lines, onMarketBasis)),
    linesNotQuantified: lines.filter(({ kg }) => kg === null).length,
  };
}

function rowsJson(lines: readonly ExplainedLine[], onMarketBasis: boolean): Json[] {
  const rows = groupBy(lines, ({ row }) => JSON.stringify(row));
  return [...rows.values()].map((own) => ({ row: (own[0]?.row ?? {}) as Json, ...statedTotals(own, onMarketBasis) }));
}

/** The content of a receipt for explained lines and the evidence behind them, on both bases where the question asks for them. */
export function receiptContent(
  asked: Pick<ReceiptContent, 'question' | 'knowledge' | 'factorPolicy' | 'reportingYearStart'>,
  lines: readonly ExplainedLine[],
  evidence: ReadonlyMap<string, LineEvidence>,
  onMarketBasis: boolean,
): ReceiptContent {
  const factors = new Map<string, Json>();
  for (const { sources } of lines) for (const source of sources) factors.set(factorName(source), factorJson(source));
  return {
    kind: RECEIPT_KIND,
    ...asked,
    lines: lines.map((line) => lineJson(line, evidence.get(line.name))),
    factors: [...factors].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, factor]) => factor),
    rows: rowsJson(lines, onMarketBasis),
    totals: statedTotals(lines, onMarketBasis),
    rounding: 'once, at the end, half-up to the gram',
  };
}
