import { CHECKS, type Finding, type Severity } from '../../../domain/checks/finding.ts';
import type { Gap } from '../../../domain/gaps.ts';
import { lengthDays } from '../../../domain/local-day.ts';
import type { SupplyFinding } from '../../../domain/market/supply-findings.ts';
import { LIMITS } from '../../../limits.ts';
import type { DataQuality } from '../../../services/data-quality/answer-data-quality.ts';
import type { CsvColumn } from '../../csv.ts';
import { toEmissionsAnswer } from '../figures/convert.ts';
import type { CoverageRow, DataQualityOutput, FindingOutput, GapOutput, SupplyFindingOutput } from './schemas.ts';

function toGap({ segment, start, end, reason, missingMinutes }: Gap): GapOutput {
  const { meter, site } = segment;
  const days = lengthDays({ start, end });
  return { meter: meter.key, site: site.key, activity: meter.activity, start, end, days, missingMinutes, reason };
}

/** Six significant digits: what is found is a hint, not an account. */
const brief = (value: number | null): number | null => (value === null ? null : Number(value.toPrecision(6)));

function toFinding({ check, seen, expected, ...finding }: Finding): FindingOutput {
  return { check, severity: CHECKS[check], ...finding, seen: brief(seen), expected: brief(expected) };
}

function toSupplyFinding({ seen, expected, ...finding }: SupplyFinding): SupplyFindingOutput {
  return { ...finding, seen: brief(seen?.toNumber() ?? null), expected: brief(expected?.toNumber() ?? null) };
}

const NO_INTERVALS = `more than ${LIMITS.checkedIntervalDaysMax} meter-days: intervals were not looked at (spikes, standing values, clock, nights, demand, bills below their intervals); ask for a site or a shorter period`;

/** The judged data for its answer. */
export function toDataQuality({ answer, gaps, findings, intervalsChecked, supply }: DataQuality): DataQualityOutput {
  const { period, data, total } = toEmissionsAnswer(answer);
  const coverage = data.map(
    ({ period, site, meter, activity, portfolio, category, ward, quantity, quantities, flow, inTotal, coverage }) =>
      withoutUndefined({
        period,
        site,
        meter,
        activity,
        portfolio,
        category,
        ward,
        quantity,
        quantities,
        flow,
        inTotal,
        coverage,
      }),
  );
  const listed = findings.map(toFinding);
  const of = (severity: Severity) => listed.filter((finding) => finding.severity === severity);
  return {
    period,
    coverage,
    totalCoverage: total.coverage,
    gaps: gaps.map(toGap),
    suspects: of('suspect'),
    conflicts: of('conflict'),
    overdue: of('overdue'),
    unreconciled: of('unreconciled'),
    information: of('information'),
    boughtEnergy: supply.map(toSupplyFinding),
    intervalsChecked,
    notices: intervalsChecked ? [] : [NO_INTERVALS],
  };
}

function withoutUndefined<Row extends object>(row: Row): CoverageRow {
  return Object.fromEntries(Object.entries(row).filter(([, value]) => value !== undefined)) as CoverageRow;
}

/** The columns of coverage as CSV. */
export const COVERAGE_COLUMNS: readonly CsvColumn<CoverageRow>[] = [
  { header: 'period', value: (row) => row.period.label },
  { header: 'start', value: (row) => row.period.start },
  { header: 'end', value: (row) => row.period.end },
  { header: 'site', value: (row) => row.site },
  { header: 'meter', value: (row) => row.meter },
  { header: 'activity', value: (row) => row.activity },
  { header: 'portfolio', value: (row) => row.portfolio },
  { header: 'category', value: (row) => row.category },
  { header: 'ward', value: (row) => row.ward },
  { header: 'flow', value: (row) => row.flow },
  { header: 'quantity', value: (row) => row.quantity?.value },
  { header: 'unit', value: (row) => row.quantity?.unit },
  { header: 'actual', value: (row) => row.coverage?.actual },
  { header: 'estimated', value: (row) => row.coverage?.estimated },
  { header: 'missing', value: (row) => row.coverage?.missing },
  { header: 'apportioned', value: (row) => row.coverage?.apportioned },
  { header: 'pending', value: (row) => row.coverage?.pending },
  { header: 'expectedDays', value: (row) => row.coverage?.days.expected },
  { header: 'actualDays', value: (row) => row.coverage?.days.actual },
  { header: 'estimatedDays', value: (row) => row.coverage?.days.estimated },
  { header: 'missingDays', value: (row) => row.coverage?.days.missing },
  { header: 'pendingDays', value: (row) => row.coverage?.days.pending },
  { header: 'unweighted', value: (row) => row.coverage?.unweighted },
];

/** The columns of gaps as CSV. */
export const GAP_COLUMNS: readonly CsvColumn<GapOutput>[] = [
  { header: 'meter', value: (row) => row.meter },
  { header: 'site', value: (row) => row.site },
  { header: 'activity', value: (row) => row.activity },
  { header: 'start', value: (row) => row.start },
  { header: 'end', value: (row) => row.end },
  { header: 'days', value: (row) => row.days },
  { header: 'missingMinutes', value: (row) => row.missingMinutes },
  { header: 'reason', value: (row) => row.reason },
];

/** The columns of findings as CSV. */
export const FINDING_COLUMNS: readonly CsvColumn<FindingOutput>[] = [
  { header: 'severity', value: (row) => row.severity },
  { header: 'check', value: (row) => row.check },
  { header: 'meter', value: (row) => row.meter },
  { header: 'site', value: (row) => row.site },
  { header: 'start', value: (row) => row.start },
  { header: 'end', value: (row) => row.end },
  { header: 'seen', value: (row) => row.seen },
  { header: 'expected', value: (row) => row.expected },
  { header: 'unit', value: (row) => row.unit },
  { header: 'detail', value: (row) => row.detail },
];

/** The columns of what is odd about bought energy as CSV. */
export const SUPPLY_COLUMNS: readonly CsvColumn<SupplyFindingOutput>[] = [
  { header: 'check', value: (row) => row.check },
  { header: 'record', value: (row) => row.record },
  { header: 'start', value: (row) => row.start },
  { header: 'end', value: (row) => row.end },
  { header: 'seenKwh', value: (row) => row.seen },
  { header: 'expectedKwh', value: (row) => row.expected },
  { header: 'detail', value: (row) => row.detail },
];

/** All findings of an answer in one list. */
export function allFindings(answer: DataQualityOutput): FindingOutput[] {
  const { suspects, conflicts, overdue, unreconciled, information } = answer;
  return [...suspects, ...conflicts, ...overdue, ...unreconciled, ...information];
}
