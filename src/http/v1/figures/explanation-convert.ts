import { roundKg, roundQuantity } from '../../../domain/decimal.ts';
import type { ExplainedLine, ExplainedSource } from '../../../domain/explanation.ts';
import { answeredPeriod, answeredTotal, exactTotalKg } from '../../../domain/figure-answer.ts';
import { marketTotalKg } from '../../../domain/market/answered-market.ts';
import type { EvidencedLines, Explained } from '../../../services/figures/explain-figure.ts';
import type { CsvColumn } from '../../csv.ts';
import { toConsolidationEcho, toFactorsEcho } from './convert.ts';
import { toEvidence } from './evidence-schemas.ts';
import type { Explanation, ExplanationLine } from './explanation-schemas.ts';

function toSource({ factor, ...source }: ExplainedSource): ExplanationLine['sources'][number] {
  return { ...source, factorKgCo2ePerUnit: factor.toString() };
}

/** How every answer rounds. */
export const ROUNDING = 'once, at the end, half-up to the gram';

/** Lines of an explanation with their evidence. */
export function toLines({ lines, evidence }: EvidencedLines): ExplanationLine[] {
  const shared = new Map([...evidence].map(([name, known]) => [name, toEvidence(known)]));
  return lines.map((line) => toLine(line, shared.get(line.name) ?? null));
}

function toLine(line: ExplainedLine, evidence: ExplanationLine['evidence']): ExplanationLine {
  const {
    kg,
    nationalKg,
    flags,
    market,
    factor,
    scope,
    metered,
    apportioned,
    quantity,
    sources,
    name: _name,
    tenantShare,
    ...rest
  } = line;
  return {
    ...rest,
    row: rest.row as ExplanationLine['row'],
    scope: scope === 'outside' ? 'outsideOfScopes' : `scope${scope}`,
    metered: roundQuantity(metered),
    apportioned: roundQuantity(apportioned),
    quantity: roundQuantity(quantity),
    factorKgCo2ePerUnit: factor?.toString() ?? null,
    emissionsKgCo2e: kg === null ? null : roundKg(kg),
    exactKgCo2e: kg?.toString() ?? null,
    ...(nationalKg === null ? {} : { nationalKgCo2e: roundKg(nationalKg) }),
    ...(tenantShare === undefined ? {} : { tenantShare: tenantShare.toString() }),
    ...(flags.length === 0 ? {} : { flags: [...flags] }),
    ...(market === undefined ? {} : { market: { ...market, share: market.share.toString() } }),
    sources: sources.map(toSource),
    evidence,
  };
}

/** An explanation for its answer: all of the figure, and those of its lines that the answer gives. */
export function toExplanation({ answer }: Explained, part: EvidencedLines): Omit<Explanation, 'page'> {
  const { question, figure, today } = answer;
  const marketKg = marketTotalKg(figure.total);
  return {
    period: answeredPeriod(question.period, today),
    ...toConsolidationEcho(answer),
    factors: toFactorsEcho(answer),
    data: toLines(part),
    total: answeredTotal(figure, question.period, today) as Explanation['total'],
    exactTotalKgCo2e: exactTotalKg(figure.total).toString(),
    ...(marketKg === null ? {} : { exactTotalMarketKgCo2e: marketKg.toString() }),
    rounding: ROUNDING,
  };
}

/** Where a line's quantity comes from, in one cell. */
function evidenceText({ evidence, meteredUnit }: ExplanationLine): string | null {
  if (evidence === null) return null;
  return evidence.parts
    .map(({ origin, days, quantity }) => `${origin} ${days} days ${quantity} ${meteredUnit}`)
    .join('; ');
}

/** The columns of an explanation as CSV; of blended sets the names stand joined. */
export const EXPLANATION_COLUMNS: readonly CsvColumn<ExplanationLine>[] = [
  { header: 'meter', value: (line) => line.meter },
  { header: 'site', value: (line) => line.site },
  { header: 'activity', value: (line) => line.activity },
  { header: 'start', value: (line) => line.start },
  { header: 'end', value: (line) => line.end },
  { header: 'control', value: (line) => line.control },
  { header: 'leaseType', value: (line) => line.leaseType },
  { header: 'tenant', value: (line) => line.tenant },
  { header: 'metered', value: (line) => line.metered },
  { header: 'apportioned', value: (line) => line.apportioned },
  { header: 'meteredUnit', value: (line) => line.meteredUnit },
  { header: 'line', value: (line) => line.line },
  { header: 'scope', value: (line) => line.scope },
  { header: 'scope3Category', value: (line) => line.scope3Category },
  { header: 'quantity', value: (line) => line.quantity },
  { header: 'quantityUnit', value: (line) => line.quantityUnit },
  { header: 'factorKgCo2ePerUnit', value: (line) => line.factorKgCo2ePerUnit },
  { header: 'sets', value: (line) => line.sources.map((source) => `${source.set}@${source.version}`).join(' ') },
  { header: 'emissionsKgCo2e', value: (line) => line.emissionsKgCo2e },
  { header: 'exactKgCo2e', value: (line) => line.exactKgCo2e },
  { header: 'factorSources', value: (line) => line.sources.map((source) => source.source).join('; ') },
  { header: 'evidence', value: evidenceText },
  { header: 'daysSha256', value: (line) => line.evidence?.daysSha256 },
  {
    header: 'uploads',
    value: (line) => [...new Set(line.evidence?.changes.flatMap(({ upload }) => upload ?? []))].join(' '),
  },
  { header: 'row', value: (line) => Object.values(line.row).join(' ') },
  { header: 'nationalKgCo2e', value: (line) => line.nationalKgCo2e },
  { header: 'flags', value: (line) => line.flags?.join(' ') },
  { header: 'basis', value: (line) => line.basis },
  { header: 'tier', value: (line) => line.market?.tier },
  { header: 'record', value: (line) => line.market?.record },
  { header: 'share', value: (line) => line.market?.share },
  { header: 'tenantShare', value: (line) => line.tenantShare },
  { header: 'rule', value: (line) => line.rule },
  { header: 'reason', value: (line) => line.reason },
];
