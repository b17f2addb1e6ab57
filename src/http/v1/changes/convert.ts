import { CHANGE_KINDS } from '../../../domain/change-log/change-kinds.ts';
import { type FactorChange, factorChangeKg, type RecordedChange } from '../../../domain/change-log/recorded-change.ts';
import { changedYears } from '../../../domain/factor-account.ts';
import { Refusal } from '../../../domain/refusal.ts';
import type { ChangesAsked } from '../../../services/change-log/change-log.ts';
import type { CsvColumn } from '../../csv.ts';
import { listOf } from '../figures/query.ts';
import type { ChangesQuery, RecordedChangeOutput } from './schemas.ts';

/**
 * Which changes a query asks for.
 * @throws Refusal `invalid-request` for a site beside a meter, or an unknown kind.
 */
export function fromChangesQuery({ kind, site, meter, since }: ChangesQuery): ChangesAsked {
  if (site !== undefined && meter !== undefined) {
    const detail = `site is '${site}' beside meter '${meter}': expected one of them alone`;
    throw new Refusal('invalid-request', detail, [{ pointer: '?site', code: 'ambiguous', detail }]);
  }
  return {
    kinds: listOf(kind, 'kind', CHANGE_KINDS),
    site: site ?? null,
    meter: meter ?? null,
    since: since ?? null,
  };
}

function toFactorChange(change: FactorChange): NonNullable<RecordedChangeOutput['factorChange']> {
  const { set, fromVersion, toVersion, policy, targets } = change;
  return {
    ...{ set, fromVersion, toVersion, policy },
    ...factorChangeKg(change),
    years: changedYears(change).map(({ lines: _lines, ...year }) => year),
    targets: targets.flatMap(({ target, years: changed }) =>
      changed.length === 0 ? [] : [{ target, years: [...changed] }],
    ),
  };
}

/** A change for its answer. */
export function toRecordedChange({
  keyName,
  upload,
  days,
  factorChange,
  ...change
}: RecordedChange): RecordedChangeOutput {
  return {
    ...change,
    ...(keyName !== null && { keyName }),
    ...(upload !== null && { upload }),
    touched: change.touched.map(({ keys, ...counted }) => ({ ...counted, keys: [...keys] })),
    ...(days !== null && { days }),
    ...(factorChange !== null && { factorChange: toFactorChange(factorChange) }),
  };
}

/** The columns of the log as CSV. */
export const CHANGE_COLUMNS: readonly CsvColumn<RecordedChangeOutput>[] = [
  { header: 'seq', value: (change) => change.seq },
  { header: 'recordedAt', value: (change) => change.recordedAt },
  { header: 'kind', value: (change) => change.kind },
  { header: 'by', value: (change) => change.by },
  { header: 'keyName', value: (change) => change.keyName },
  { header: 'upload', value: (change) => change.upload },
  {
    header: 'touched',
    value: (change) => change.touched.map(({ subject, count }) => `${subject} ${count}`).join(' + '),
  },
  { header: 'keys', value: (change) => change.touched.flatMap(({ keys }) => keys).join(' ') },
  { header: 'start', value: (change) => change.days?.start },
  { header: 'end', value: (change) => change.days?.end },
  { header: 'kgBefore', value: (change) => change.factorChange?.kgBefore },
  { header: 'kgAfter', value: (change) => change.factorChange?.kgAfter },
  { header: 'kgDifference', value: (change) => change.factorChange?.kgDifference },
];
