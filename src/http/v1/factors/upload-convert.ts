import type { SaidEdition } from '../../../domain/factor-file/settle-edition.ts';
import type { FactorSetSummary } from '../../../domain/factor-set-summary.ts';
import type { FoundOfficialRow, OfficialRowFilter } from '../../../domain/found-official-row.ts';
import type { UploadedFactorSet } from '../../../services/factors/upload-factor-set.ts';
import type { CsvColumn } from '../../csv.ts';
import { withoutNulls } from '../../without-nulls.ts';
import { toFactorFileOutput, toFactorSetOutput } from './convert.ts';
import type {
  OfficialRowOutput,
  OfficialRowsQuery,
  UploadedFactorSetOutput,
  UploadFactorsQuery,
} from './upload-schemas.ts';

/** What the query says about a file of factors. */
export function fromUploadFactorsQuery(query: UploadFactorsQuery): SaidEdition & { fileName: string | null } {
  return {
    id: query.id ?? null,
    version: query.version ?? null,
    year: query.year ?? null,
    title: query.title ?? null,
    publisher: query.publisher ?? null,
    publishedOn: query.publishedOn ?? null,
    gwp: query.gwp ?? null,
    licence: query.licence ?? null,
    source: query.source ?? null,
    fileName: query.fileName ?? null,
  };
}

/** What became of a file of factors, for its answer. */
export function toUploadedOutput(uploaded: UploadedFactorSet, set: FactorSetSummary): UploadedFactorSetOutput {
  const { outcome, file, mapped, present, differences, warnings } = uploaded;
  const { rows, stated: _, ...known } = file;
  const withValue = rows.filter(({ value }) => value !== null);
  return {
    outcome,
    set: toFactorSetOutput(set),
    file: toFactorFileOutput({ ...known, rows: rows.length }),
    rows: {
      total: rows.length,
      withValue: withValue.length,
      zero: withValue.filter(({ value }) => value?.isZero() === true).length,
      blank: rows.length - withValue.length,
    },
    mapped: { factors: mapped.factors.size, rows: mapped.keys.size },
    ...(present !== null && { presentVersion: present }),
    differences: differences.map(({ before, after, ...rest }) => ({
      ...rest,
      present: before?.toNumber() ?? null,
      uploaded: after?.toNumber() ?? null,
    })),
    warnings,
  };
}

/** A row of a publisher's file for its answer: a blank number is null, not absent. */
export function toOfficialRowOutput({ value, rowId, factorKey, ...row }: FoundOfficialRow): OfficialRowOutput {
  return { ...row, ...withoutNulls({ rowId, factorKey }), value: value?.toNumber() ?? null };
}

/** Which rows are asked for, without their page. */
export function fromOfficialRowsQuery(
  { set, version }: { set: string; version: string },
  { text, scope, level1, uom, key, blank }: OfficialRowsQuery,
): Omit<OfficialRowFilter, 'after' | 'limit'> {
  return {
    set,
    version,
    text: text ?? null,
    scope: scope ?? null,
    level1: level1 ?? null,
    uom: uom ?? null,
    factorKey: key ?? null,
    blank: blank ?? null,
  };
}

/** The columns of rows as CSV: those of the publisher's file in its order, with the row and the factor. */
export const OFFICIAL_ROW_COLUMNS: readonly CsvColumn<OfficialRowOutput>[] = [
  { header: 'rowNumber', value: (row) => row.rowNumber },
  { header: 'rowId', value: (row) => row.rowId },
  { header: 'scope', value: (row) => row.scope },
  { header: 'level1', value: (row) => row.level1 },
  { header: 'level2', value: (row) => row.level2 },
  { header: 'level3', value: (row) => row.level3 },
  { header: 'level4', value: (row) => row.level4 },
  { header: 'columnText', value: (row) => row.columnText },
  { header: 'uom', value: (row) => row.uom },
  { header: 'ghg', value: (row) => row.ghg },
  { header: 'value', value: (row) => row.value },
  { header: 'factorKey', value: (row) => row.factorKey },
];
