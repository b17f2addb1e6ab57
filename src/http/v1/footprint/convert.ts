import { answeredEmissions, answeredPeriod, answeredTotal } from '../../../domain/figure-answer.ts';
import { type FootprintPart, type FootprintTotal, isKnownPart } from '../../../domain/footprint/footprint.ts';
import { gapOf } from '../../../domain/footprint/stated-figure.ts';
import type { LocalDay } from '../../../domain/local-day.ts';
import type { RowSums } from '../../../domain/row-sums.ts';
import type { AnsweredFootprint, FootprintQuestion } from '../../../services/footprint/council-footprint.ts';
import type { CsvColumn } from '../../csv.ts';
import { figureNoticesOf, toConsolidationEcho, toFactorsEcho } from '../figures/convert.ts';
import { fromEmissionsQuery, splitList } from '../figures/query.ts';
import { toOtherEmission } from '../other-emissions/convert.ts';
import type { FootprintOutput, FootprintQuery, FootprintRowOutput, FootprintTotalOutput } from './schemas.ts';

/** A question about all that the council emits, from its query. */
export function fromFootprintQuery({ otherEmissions, ...query }: FootprintQuery): FootprintQuestion {
  return {
    estate: fromEmissionsQuery(query),
    lines: otherEmissions === undefined ? null : splitList(otherEmissions, 'otherEmissions'),
  };
}

const linesWithout = (sums: RowSums): string[] =>
  [...sums.marks.notQuantified.keys(), ...(sums.market?.notQuantified.keys() ?? [])].sort();

function toRow(part: FootprintPart, today: LocalDay): FootprintRowOutput {
  const { bucket, stated, sums } = part;
  const period = answeredPeriod(bucket, today);
  const { emissionsKgCo2e, coverage, notQuantified, provisional, incomplete } = answeredTotal(
    { total: sums },
    bucket,
    today,
  );
  const quality = { ...(provisional !== undefined && { provisional }), ...(incomplete && { incomplete }) };
  if (stated === null)
    return { period, part: 'estate', emissionsKgCo2e, coverage, notQuantified, ...quality } as FootprintRowOutput;
  const { line, entries, statedDays, days } = stated;
  const isShort = gapOf(stated) !== null;
  return {
    period,
    part: 'other',
    line,
    emissionsKgCo2e: isKnownPart(part) ? answeredEmissions(sums) : null,
    coverage: null,
    statedShare: days === 0 ? 0 : Math.round((statedDays / days) * 10_000) / 10_000,
    figures: entries.map(toOtherEmission),
    notQuantified: linesWithout(sums),
    ...quality,
    ...(isShort && { incomplete: true }),
  } as FootprintRowOutput;
}

function toTotal(
  { sums, missing }: Omit<FootprintTotal, 'bucket'>,
  parts: readonly FootprintPart[],
  rows: readonly FootprintRowOutput[],
): FootprintTotalOutput {
  const provisional = [...new Set(rows.flatMap((row) => row.provisional ?? []))].sort();
  const notQuantified = linesWithout(sums);
  return {
    emissionsKgCo2e: parts.some(isKnownPart) ? answeredEmissions(sums) : null,
    missing: [...missing],
    notQuantified,
    ...(provisional.length > 0 && { provisional }),
    ...((missing.length > 0 || sums.marks.incomplete) && { incomplete: true as const }),
  };
}

function noticesOf({ answer, footprint, lines }: AnsweredFootprint): string[] {
  const gaps = footprint.parts.flatMap(({ stated }) => (stated === null ? [] : (gapOf(stated) ?? [])));
  const added =
    lines.length === 0
      ? 'Nothing is stated beside the estate: this is the estate alone.'
      : `The estate is what /v1/emissions gives. Beside it stand, as the council states them: ${lines.join(', ')}.`;
  return [added, ...gaps, ...figureNoticesOf(answer, true)];
}

/** What the council emits as a whole, for its answer. */
export function toFootprint(answered: AnsweredFootprint): FootprintOutput {
  const { answer, footprint } = answered;
  const { question, today } = answer;
  const data = footprint.parts.map((part) => toRow(part, today));
  const totals = footprint.totals.map(({ bucket, ...total }) => {
    const isOf = ({ bucket: other }: FootprintPart): boolean => other === bucket;
    const rows = data.filter((_, index) => isOf(footprint.parts[index] as FootprintPart));
    return { period: answeredPeriod(bucket, today), ...toTotal(total, footprint.parts.filter(isOf), rows) };
  });
  return {
    period: answeredPeriod(question.period, today),
    basis: question.basis ?? 'location',
    gas: question.gas,
    ...toConsolidationEcho(answer),
    factors: toFactorsEcho(answer),
    data,
    totals,
    total: toTotal(footprint.total, footprint.parts, data),
    notices: noticesOf(answered),
  };
}

/** The columns of the parts as CSV. */
export const FOOTPRINT_COLUMNS: readonly CsvColumn<FootprintRowOutput>[] = [
  { header: 'period', value: (row) => row.period.label },
  { header: 'start', value: (row) => row.period.start },
  { header: 'end', value: (row) => row.period.end },
  { header: 'part', value: (row) => row.part },
  { header: 'line', value: (row) => row.line },
  { header: 'scope1KgCo2e', value: (row) => row.emissionsKgCo2e?.scope1 },
  { header: 'scope2KgCo2e', value: (row) => row.emissionsKgCo2e?.scope2 },
  { header: 'scope3KgCo2e', value: (row) => row.emissionsKgCo2e?.scope3 },
  { header: 'outsideOfScopesKgCo2e', value: (row) => row.emissionsKgCo2e?.outsideOfScopes },
  { header: 'totalKgCo2e', value: (row) => row.emissionsKgCo2e?.total },
  { header: 'scope2MarketKgCo2e', value: (row) => row.emissionsKgCo2e?.scope2Market },
  { header: 'totalMarketKgCo2e', value: (row) => row.emissionsKgCo2e?.totalMarket },
  { header: 'coverageActual', value: (row) => row.coverage?.actual },
  { header: 'coverageEstimated', value: (row) => row.coverage?.estimated },
  { header: 'coverageMissing', value: (row) => row.coverage?.missing },
  { header: 'statedShare', value: (row) => row.statedShare },
  { header: 'incomplete', value: (row) => row.incomplete },
  { header: 'notQuantified', value: (row) => row.notQuantified.join(' ') },
  { header: 'provisional', value: (row) => row.provisional?.join(' ') },
  { header: 'source', value: (row) => row.figures?.map(({ source }) => source).join('; ') },
];
