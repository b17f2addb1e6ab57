import type { Activity, Line, Scope } from './activities.ts';
import type { Control } from './control.ts';
import type { Decimal } from './decimal.ts';
import type { LineEmission } from './emissions.ts';
import { factorAsDisplayed, factorValue } from './factor-resolution.ts';
import type { FactorSet } from './factor-set.ts';
import { lineSplitter } from './figure-lines.ts';
import type { FigurePlan } from './figure-plan.ts';
import type { FigureQuestion } from './figure-question.ts';
import type { LocalDay } from './local-day.ts';
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
  confidence: string;
  carriedForward: boolean;
  notPublished: boolean;
};

/** One factor line of one meter over days that share their factors: a figure is the sum of these. Exact. */
export type ExplainedLine = {
  meter: string | null;
  site: string;
  activity: Activity;
  start: LocalDay;
  end: LocalDay;
  control: Control;
  /** The tenant whose part the line gives, or takes out of the meter above; null for all others (rule D3). */
  tenant: string | null;
  metered: Decimal;
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
  rule: string;
  reason: string | null;
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

function sourcesOf(line: LineEmission): ExplainedSource[] {
  return (line.factor?.sources ?? []).map(({ set, factor, value, days, carriedForward, notPublished }) => ({
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
    confidence: factor.confidence,
    carriedForward,
    notPublished,
  }));
}

type Explain = Pick<
  ExplainedLine,
  'meter' | 'site' | 'activity' | 'start' | 'end' | 'control' | 'tenant' | 'metered' | 'meteredUnit'
>;

function explained(where: Explain, line: LineEmission): ExplainedLine {
  return {
    ...where,
    line: line.line,
    scope: line.scope,
    scope3Category: line.category,
    upstream: line.upstream,
    quantity: line.quantity,
    quantityUnit: line.quantityUnit,
    factor: line.factor === null ? null : factorValue(line.factor),
    sources: sourcesOf(line),
    kg: line.kg,
    rule: where.tenant === null ? (RULE_OF_FUEL[where.activity] ?? RULE_OF_LINE[line.line]) : RULE_OF_TENANT,
    reason: line.reason,
  };
}

/**
 * The lines behind a figure, by days that share their factors and, within them, by meter. The plan must be grouped by site and meter;
 * the lines then add up to the figure exactly.
 */
export function explainFigure(
  plan: FigurePlan,
  question: FigureQuestion,
  usage: Usage,
  sets: readonly FactorSet[],
  reportedLines: readonly string[],
): ExplainedLine[] {
  const splitter = lineSplitter({ ...question, groupBy: [] }, sets, reportedLines);
  const lines: ExplainedLine[] = [];
  const inOrder = [...usage.cells].sort((a, b) => a.cell - b.cell || a.stream - b.stream);
  for (const { stream: number, cell: cellIndex, quantity } of inOrder) {
    const stream = plan.streams[number];
    const cell = plan.cells[cellIndex];
    if (stream === undefined || cell === undefined) continue;
    const { basis, dims, selfUse } = stream;
    const where: Explain = {
      meter: dims.meter ?? null,
      site: dims.site ?? '',
      activity: basis.activity,
      start: cell.start,
      end: cell.end,
      control: basis.control,
      tenant: stream.split?.tenant ?? null,
      metered: quantity,
      meteredUnit: basis.unit,
    };
    const parts =
      stream.flow === 'use'
        ? splitter.ofUse(quantity, basis, cell.years)
        : selfUse === 0
          ? []
          : splitter.ofSelfUse(quantity.times(selfUse), basis);
    for (const line of parts.flatMap((part) => part.lines)) lines.push(explained(where, line));
  }
  return lines;
}
