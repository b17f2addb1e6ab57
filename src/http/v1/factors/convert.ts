import type { Decimal } from '../../../domain/decimal.ts';
import { factorAsDisplayed } from '../../../domain/factor-resolution.ts';
import type { FactorFileSummary, FactorSetSummary } from '../../../domain/factor-set-summary.ts';
import type { FactorPosition, FoundFactor } from '../../../domain/found-factor.ts';
import type { FactorQuestion } from '../../../services/factors/find-factors.ts';
import type { CsvColumn } from '../../csv.ts';
import { withoutNulls } from '../../without-nulls.ts';
import type { FactorFileOutput, FactorOutput, FactorQuery, FactorSetOutput } from './schemas.ts';

/** The publisher's file behind a version, for its answer. */
export function toFactorFileOutput({ layout, ...file }: FactorFileSummary): FactorFileOutput {
  return withoutNulls({ ...file, layout: layout as FactorFileOutput['layout'] });
}

/** A factor set for its answer. */
export function toFactorSetOutput(set: FactorSetSummary): FactorSetOutput {
  return withoutNulls({
    ...set,
    file: set.file === null ? null : toFactorFileOutput(set.file),
    activations: set.activations.map(({ activatedAt, endedAt, ...rest }) =>
      withoutNulls({
        ...rest,
        activatedAt: activatedAt.toISOString(),
        endedAt: endedAt?.toISOString() ?? null,
      }),
    ),
    recordedAt: set.recordedAt.toISOString(),
    activatedAt: set.activatedAt?.toISOString() ?? null,
    supersededAt: set.supersededAt?.toISOString() ?? null,
  });
}

const number = (value: Decimal | null): number | null => value?.toNumber() ?? null;

/** A factor for its answer. */
export function toFactorOutput(factor: FoundFactor): FactorOutput {
  return withoutNulls({
    ...factor,
    scope: factor.scope as FactorOutput['scope'],
    row: factor.row === null ? null : withoutNulls(factor.row),
    kgCo2e: number(factor.kgCo2e),
    factor: number(factor.kgCo2e),
    factorAsDisplayed: factor.kgCo2e === null ? null : factorAsDisplayed(factor.kgCo2e),
    kgCo2: number(factor.kgCo2),
    kgCh4Co2e: number(factor.kgCh4Co2e),
    kgN2oCo2e: number(factor.kgN2oCo2e),
  });
}

/** What is asked for, without its page. */
export function fromFactorQuery({
  set,
  activity,
  key,
  unit,
  scope,
  version,
  text,
}: FactorQuery): Omit<FactorQuestion, 'after' | 'limit'> {
  return {
    ...(set !== undefined && { set: version === undefined ? set : `${set.split('@')[0]}@${version}` }),
    ...(text !== undefined && { text }),
    ...(activity !== undefined && { activity }),
    ...(key !== undefined && { keyPrefix: key }),
    ...(unit !== undefined && { unit }),
    ...(scope !== undefined && { scope }),
  };
}

/** Where a page of factors begins, from and to the parts of a cursor. */
export function toFactorPosition([key = '', set = '', version = '']: readonly string[]): FactorPosition {
  return { key, set, version };
}

/** The columns of a list as CSV. */
export const FACTOR_COLUMNS: readonly CsvColumn<FactorOutput>[] = [
  { header: 'key', value: (factor) => factor.key },
  { header: 'name', value: (factor) => factor.name },
  { header: 'unit', value: (factor) => factor.unit },
  { header: 'scope', value: (factor) => factor.scope },
  { header: 'kgCo2e', value: (factor) => factor.kgCo2e },
  { header: 'kgCo2', value: (factor) => factor.kgCo2 },
  { header: 'kgCh4Co2e', value: (factor) => factor.kgCh4Co2e },
  { header: 'kgN2oCo2e', value: (factor) => factor.kgN2oCo2e },
  { header: 'factorAsDisplayed', value: (factor) => factor.factorAsDisplayed },
  { header: 'set', value: (factor) => factor.set },
  { header: 'version', value: (factor) => factor.version },
  { header: 'year', value: (factor) => factor.year },
  { header: 'active', value: (factor) => factor.active },
  { header: 'source', value: (factor) => factor.source },
  { header: 'confidence', value: (factor) => factor.confidence },
  { header: 'notes', value: (factor) => factor.notes },
  { header: 'fileSha256', value: (factor) => factor.row?.fileSha256 },
  { header: 'sheet', value: (factor) => factor.row?.sheet },
  { header: 'rowNumber', value: (factor) => factor.row?.rowNumber },
  { header: 'rowId', value: (factor) => factor.row?.rowId },
];
