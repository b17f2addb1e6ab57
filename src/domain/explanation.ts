import type { Activity, Line, Scope } from './activities.ts';
import type { LeaseType } from './consolidation.ts';
import type { Control } from './control.ts';
import { type Decimal, ZERO } from './decimal.ts';
import type { LineEmission } from './emissions.ts';
import { factorAsDisplayed, factorValue } from './factor-resolution.ts';
import type { FactorSet } from './factor-set.ts';
import type { FigureFlag } from './figure-flags.ts';
import { dimsOf, type LineDims, lineSplitter } from './figure-lines.ts';
import type { FigurePlan, MeterDims, Stream } from './figure-plan.ts';
import { type FigureQuestion, type Group, isLineGroup } from './figure-question.ts';
import { evidencePieces, lineName, pieceSpans } from './line-evidence.ts';
import type { LocalDay } from './local-day.ts';
import type { Tier } from './market/market-mix.ts';
import type { Usage } from './usage.ts';

/** A published factor behind an explained line. */
export type ExplainedSource = {
  set: string;
  version: string;
  publisher: string;
  year: number;
  factorKey: string;
  factorName: string;
  unit: string;
  factor: Decimal;
  factorAsDisplayed: string;
  days: number;
  source: string;
  /** SHA-256 over the figures of the set. */
  setDigest: string;
  confidence: string;
  carriedForward: boolean;
  notPublished: boolean;
};

/** One factor line of one meter over days that share their factors: a figure is the sum of these. Exact. */
export type ExplainedLine = {
  /** The row of the answer that the line adds to: the label of its period, and what rows are grouped by. */
  row: { period: string } & MeterDims & LineDims;
  meter: string | null;
  site: string;
  activity: Activity;
  start: LocalDay;
  end: LocalDay;
  control: Control;
  /** Kind of the lease, where financial control went by it (rule D2). */
  leaseType: LeaseType | null;
  /** The tenant whose part the line gives, or takes out of the meter above; null for all others (rule D3). */
  tenant: string | null;
  /** The share of a main meter that the tenant's part is reckoned by; absent where a sub-meter measures it. */
  tenantShare?: Decimal;
  metered: Decimal;
  /** What of `metered` is a share of a bill, or of what a register counted, that goes on outside these days (rule F4). */
  apportioned: Decimal;
  meteredUnit: string;
  line: Line;
  scope: Scope;
  scope3Category: number | null;
  upstream: boolean;
  quantity: Decimal;
  quantityUnit: string;
  factor: Decimal | null;
  sources: ExplainedSource[];
  kg: Decimal | null;
  /** What the published factor would give where a stated one is used (rule B5); null elsewhere. */
  nationalKg: Decimal | null;
  flags: readonly FigureFlag[];
  rule: string;
  reason: string | null;
  /** Names the quantity among those of the plan: lines with the same name share it, and its evidence. */
  name: string;
  /** Absent where the line counts on both bases; `memo` counts on neither (rules B8, C2). */
  basis?: 'location' | 'market' | 'memo';
  /** Where the factor of a line of the market basis comes from. */
  market?: { tier: Tier; share: Decimal; record: string | null };
};

/** Fuels whose lines have a rule of their own, as the calculation notes name it. */
const RULE_OF_FUEL: Readonly<Partial<Record<Activity, string>>> = {
  'wood-pellets': 'B2',
  'wood-chips': 'B2',
  'wood-logs': 'B2',
  biogas: 'B2',
  diesel: 'B3',
  hvo: 'B3',
};

/** The rule that any other line follows from. */
const RULE_OF_LINE: Readonly<Record<Line, string>> = {
  generation: 'B1',
  'td-losses': 'B1',
  'wtt-generation': 'B1',
  'wtt-td': 'B1',
  'own-generation': 'B4',
  combustion: 'A5',
  wtt: 'A9',
  heat: 'B5',
  'distribution-loss': 'B5',
  'wtt-loss': 'B5',
  supply: 'B7',
  treatment: 'B7',
  'outside-of-scopes': 'B1',
};

/** A tenant's share, and what it takes out of the meter above. */
const RULE_OF_TENANT = 'D3';

/** The published or stated numbers behind a factor. */
export function sourcesOf({ factor: resolved }: Pick<LineEmission, 'factor'>): ExplainedSource[] {
  return (resolved?.sources ?? []).map(({ set, factor, value, days, carriedForward, notPublished }) => ({
    set: set.id,
    version: set.version,
    publisher: set.publisher,
    year: set.year,
    factorKey: factor.key,
    factorName: factor.name,
    unit: factor.unit,
    factor: value,
    factorAsDisplayed: factorAsDisplayed(value),
    days,
    source: factor.source,
    setDigest: set.digest,
    confidence: factor.confidence,
    carriedForward,
    notPublished,
  }));
}

type Explain = Pick<
  ExplainedLine,
  | 'row'
  | 'meter'
  | 'site'
  | 'activity'
  | 'start'
  | 'end'
  | 'control'
  | 'leaseType'
  | 'tenant'
  | 'tenantShare'
  | 'metered'
  | 'apportioned'
  | 'meteredUnit'
  | 'name'
>;

/** The tenant of a stream, as lines tell it. */
export function tenantOf({ split }: Pick<Stream, 'split'>): Pick<ExplainedLine, 'tenant' | 'tenantShare'> {
  const floor = split?.floor;
  return { tenant: split?.tenant ?? null, ...(floor != null && { tenantShare: floor.share }) };
}

/** The flags of a line, with that of a tenant's part which no meter has measured. */
export function tenantFlags(
  flags: readonly FigureFlag[],
  { tenantShare }: Pick<ExplainedLine, 'tenantShare'>,
): readonly FigureFlag[] {
  return tenantShare === undefined ? flags : [...flags, 'estimated-by-floor-area'];
}

function explained(where: Explain, line: LineEmission, groupBy: readonly Group[]): ExplainedLine {
  return {
    ...where,
    row: { ...where.row, ...dimsOf(line, groupBy.filter(isLineGroup)) },
    line: line.line,
    scope: line.scope,
    scope3Category: line.category,
    upstream: line.upstream,
    quantity: line.quantity,
    quantityUnit: line.quantityUnit,
    factor: line.factor === null ? null : factorValue(line.factor),
    sources: sourcesOf(line),
    kg: line.kg,
    nationalKg: line.nationalKg ?? null,
    flags: tenantFlags(line.flags ?? [], where),
    rule: where.tenant === null ? (RULE_OF_FUEL[where.activity] ?? RULE_OF_LINE[line.line]) : RULE_OF_TENANT,
    reason: line.reason,
  };
}

/** Of what a quantity is grouped by, what a question asked for. */
export function rowDims<Dims extends MeterDims>(dims: Dims, groupBy: readonly Group[]): Dims {
  return Object.fromEntries(Object.entries(dims).filter(([group]) => groupBy.some((asked) => asked === group))) as Dims;
}

/**
 * The lines behind a figure, by days that share their factors and, within them, by meter. The plan must be grouped by site
 * and meter, and by what else the question groups by; the lines of a row then add up to the row exactly.
 */
export function explainFigure(
  plan: FigurePlan,
  question: FigureQuestion,
  usage: Usage,
  sets: readonly FactorSet[],
  reportedLines: readonly string[],
): ExplainedLine[] {
  const spans = pieceSpans(evidencePieces(plan));
  const splitter = lineSplitter({ ...question, groupBy: [] }, sets, reportedLines);
  const lines: ExplainedLine[] = [];
  const inOrder = [...usage.cells].sort((a, b) => a.cell - b.cell || a.stream - b.stream);
  for (const { stream: number, cell: cellIndex, quantity, apportioned } of inOrder) {
    const stream = plan.streams[number];
    const cell = plan.cells[cellIndex];
    if (stream === undefined || cell === undefined) continue;
    const { basis, dims, selfUse } = stream;
    const name = lineName(number, cellIndex);
    const days = spans.get(name);
    const where: Explain = {
      row: { period: plan.buckets[cell.bucket]?.label ?? '', ...rowDims(dims, question.groupBy) },
      meter: dims.meter ?? null,
      site: dims.site ?? '',
      activity: basis.activity,
      start: days?.start ?? cell.start,
      end: days?.end ?? cell.end,
      control: stream.runBy,
      leaseType: stream.leaseType,
      ...tenantOf(stream),
      metered: quantity,
      apportioned: apportioned ?? ZERO,
      meteredUnit: basis.unit,
      name,
    };
    const parts =
      stream.flow === 'use'
        ? splitter.ofUse(quantity, basis, cell.years)
        : selfUse === 0
          ? []
          : splitter.ofSelfUse(quantity.times(selfUse), basis);
    for (const line of parts.flatMap((part) => part.lines)) lines.push(explained(where, line, question.groupBy));
  }
  return lines;
}
