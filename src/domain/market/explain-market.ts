import type { ExplainedLine } from '../explanation.ts';
import { rowDims, sourcesOf, tenantFlags, tenantOf } from '../explanation.ts';
import { factorValue } from '../factor-resolution.ts';
import type { FigurePlan } from '../figure-plan.ts';
import type { FigureQuestion } from '../figure-question.ts';
import { lineName } from '../line-evidence.ts';
import type { MarketEntry } from './compose-market.ts';
import type { MarketLine } from './market-lines.ts';

function explained(entry: MarketEntry, line: MarketLine, row: ExplainedLine['row']): ExplainedLine {
  const { stream, cell, cellIndex, dims, metered, kind } = entry;
  const { basis } = stream;
  return {
    row,
    name: lineName(stream.origin, cellIndex),
    meter: dims.meter ?? null,
    site: dims.site ?? '',
    activity: basis.activity,
    start: cell.start,
    end: cell.end,
    control: basis.control,
    leaseType: stream.leaseType,
    ...tenantOf(stream),
    metered,
    apportioned: entry.apportioned,
    meteredUnit: basis.unit,
    line: entry.line,
    scope: kind === 'scope2' ? 2 : 1,
    scope3Category: null,
    upstream: false,
    quantity: line.quantity,
    quantityUnit: basis.unit,
    factor: line.factor === null ? null : factorValue(line.factor),
    sources: sourcesOf(line),
    kg: line.kg,
    nationalKg: null,
    flags: tenantFlags(line.flags, tenantOf(stream)),
    rule: line.rule,
    reason: line.reason,
    basis: kind === 'scope2' ? 'market' : 'memo',
    market: { tier: line.tier, share: line.share, record: line.record },
  };
}

/**
 * The lines of a figure on both bases: those that the market basis replaces are marked `location`, what stands for them
 * `market`, and certificates of green gas, which are in no total, `memo` (rules B8, C1 to C4).
 */
export function explainMarket(
  lines: readonly ExplainedLine[],
  entries: readonly MarketEntry[],
  plan: FigurePlan,
  question: FigureQuestion,
): ExplainedLine[] {
  const marked = lines.map((line): ExplainedLine => {
    return line.line === 'generation' && line.scope === 2 ? { ...line, basis: 'location' } : line;
  });
  const inOrder = [...entries].sort((a, b) => (a.cell.start < b.cell.start ? -1 : a.cell.start > b.cell.start ? 1 : 0));
  const rowOf = ({ cell, dims }: MarketEntry): ExplainedLine['row'] => {
    return { period: plan.buckets[cell.bucket]?.label ?? '', ...rowDims(dims, question.groupBy) };
  };
  return [...marked, ...inOrder.flatMap((entry) => entry.lines.map((line) => explained(entry, line, rowOf(entry))))];
}
