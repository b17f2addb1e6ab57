import type { DryRun } from '../../../services/uploads/dry-run.ts';
import { toLayoutDocument } from '../layouts/convert.ts';
import type { DryRunAnswer } from './dry-run-schemas.ts';

/** What follows from the answer to a question is only told once it is given. */
type Settled = Pick<DryRunAnswer, 'rows' | 'controlTotals' | 'controlTotalsTruncated' | 'days'>;

function settledOf({ report, totals }: DryRun): Settled {
  if (report === null) return {};
  const { read, skipped } = report.rows;
  if (totals === null) return { rows: { read, skipped } };
  const { controlTotals, truncated, days } = totals;
  return { rows: report.rows, controlTotals: [...controlTotals], controlTotalsTruncated: truncated, days };
}

/** What was read of a file, for its answer. */
export function toDryRunAnswer(dryRun: DryRun): DryRunAnswer {
  const { sha256, bytes, layouts, questions, report, totals } = dryRun;
  const isOpen = totals === null;
  return {
    sha256,
    bytes,
    tables: layouts.map(({ file, kept, layout, header, decisions }) => ({
      file,
      keptLayout: kept,
      layout: toLayoutDocument(layout, header),
      decisions,
    })),
    questions,
    ...settledOf(dryRun),
    skipped: report?.skipped ?? [],
    meters: report?.census.meters ?? [],
    unknownMeters: report?.census.unknown ?? [],
    unknownMeterRows: report?.census.unknownRows ?? 0,
    totals: report?.totals ?? null,
    notices: report?.notices ?? [],
    refusalCount: report === null || isOpen ? 0 : report.rows.refused,
    refusals: report === null || isOpen ? [] : report.faults,
    refusalsTruncated: report !== null && !isOpen && report.rows.refused > report.faults.length,
  };
}
