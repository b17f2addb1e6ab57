import { roundKg, roundQuantity } from '../../../domain/decimal.ts';
import type { ExplainedLine, ExplainedSource } from '../../../domain/explanation.ts';
import { answeredPeriod, answeredTotal, exactTotalKg } from '../../../domain/figure-answer.ts';
import { Refusal } from '../../../domain/refusal.ts';
import { LIMITS } from '../../../limits.ts';
import type { Explained } from '../../../services/figures/explain-figure.ts';
import type { CsvColumn } from '../../csv.ts';
import { toFactorsEcho } from './convert.ts';
import type { Explanation, ExplanationLine } from './explanation-schemas.ts';

function toSource({ factor, ...source }: ExplainedSource): ExplanationLine['sources'][number] {
  return { ...source, factorKgCo2ePerUnit: factor.toString() };
}

function toLine(line: ExplainedLine): ExplanationLine {
  const { kg, factor, scope, metered, quantity, sources, ...rest } = line;
  return {
    ...rest,
    scope: scope === 'outside' ? 'outsideOfScopes' : `scope${scope}`,
    metered: roundQuantity(metered),
    quantity: roundQuantity(quantity),
    factorKgCo2ePerUnit: factor?.toString() ?? null,
    emissionsKgCo2e: kg === null ? null : roundKg(kg),
    exactKgCo2e: kg?.toString() ?? null,
    sources: sources.map(toSource),
  };
}

/**
 * An explanation for its answer.
 * @throws Refusal `invalid-request` when it has more lines than one answer gives.
 */
export function toExplanation({ answer, lines }: Explained): Explanation {
  if (lines.length > LIMITS.explanationLinesMax) {
    const detail = `the explanation has ${lines.length} lines: expected at most ${LIMITS.explanationLinesMax}; ask for fewer sites or a shorter period`;
    throw new Refusal('invalid-request', detail, [{ pointer: '?period', code: 'too-many-lines', detail }]);
  }
  const { question, figure, today } = answer;
  return {
    period: answeredPeriod(question.period, today),
    factors: toFactorsEcho(answer),
    data: lines.map(toLine),
    total: answeredTotal(figure, question.period, today) as Explanation['total'],
    exactTotalKgCo2e: exactTotalKg(figure.total).toString(),
    rounding: 'once, at the end, half-up to the gram',
  };
}

/** The columns of an explanation as CSV; of blended sets the names stand joined. */
export const EXPLANATION_COLUMNS: readonly CsvColumn<ExplanationLine>[] = [
  { header: 'meter', value: (line) => line.meter },
  { header: 'site', value: (line) => line.site },
  { header: 'activity', value: (line) => line.activity },
  { header: 'start', value: (line) => line.start },
  { header: 'end', value: (line) => line.end },
  { header: 'control', value: (line) => line.control },
  { header: 'tenant', value: (line) => line.tenant },
  { header: 'metered', value: (line) => line.metered },
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
  { header: 'rule', value: (line) => line.rule },
  { header: 'reason', value: (line) => line.reason },
];
