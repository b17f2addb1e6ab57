import { Refusal } from '../../../domain/refusal.ts';
import type { KeptLayout } from '../../../domain/upload/kept-layout.ts';
import type { Layout, LayoutColumn, SharedColumns } from '../../../domain/upload/layout.ts';
import type { CsvColumn } from '../../csv.ts';
import { withoutNulls } from '../../without-nulls.ts';
import { fromArrangement, toArrangement } from './arrangement-convert.ts';
import type { ColumnInput, LayoutInput, LayoutOutput } from './schemas.ts';

const fromColumn = ({ index, header }: ColumnInput): LayoutColumn => ({ index, header: header ?? null });
const orNull = (column: ColumnInput | undefined): LayoutColumn | null =>
  column === undefined ? null : fromColumn(column);

/** Members that only one shape has: by the words of the document. */
const ONLY_DAY_ROWS = ['openEnded', 'firstMinute', 'rowDate'] as const;
const ONLY_READING_ROWS = ['daily', 'label'] as const;
const DAY_ROW_COLUMNS = ['values', 'flags', 'repeatedHour', 'total'] as const;
const READING_ROW_COLUMNS = ['value', 'time', 'period'] as const;

function refuse(faults: readonly { pointer: string; code: string; detail: string }[]): void {
  if (faults[0] !== undefined)
    throw new Refusal('invalid-request', `The layout is not valid: ${faults[0].detail}`, faults);
}

/** Refuses what belongs to the other shape: it would be left out in silence. */
function refuseOtherShape(input: LayoutInput): void {
  const isDayRows = input.shape === 'day-rows';
  const members = (isDayRows ? ONLY_READING_ROWS : ONLY_DAY_ROWS).filter((name) => input[name] !== undefined);
  const columns = (isDayRows ? READING_ROW_COLUMNS : DAY_ROW_COLUMNS).filter(
    (name) => input.columns[name] !== undefined,
  );
  const pointers = [...columns.map((name) => `/columns/${name}`), ...members.map((name) => `/${name}`)];
  refuse(
    pointers.map((pointer) => ({
      pointer,
      code: 'not-applicable',
      detail: `${pointer} is given: ${input.shape} have none`,
    })),
  );
}

/** What a shape cannot do without. */
function required<Value>(value: Value | undefined, pointer: string, shape: string): Value {
  if (value !== undefined) return value;
  const detail = `the body lacks '${pointer}': ${shape} cannot be read without`;
  throw new Refusal('invalid-request', detail, [{ pointer, code: 'missing', detail }]);
}

function sharedColumns({ columns }: LayoutInput): SharedColumns {
  return {
    meter: columns.meter.map(fromColumn),
    date: fromColumn(columns.date),
    quality: orNull(columns.quality),
    channel: orNull(columns.channel),
    unit: orNull(columns.unit),
  };
}

function fromLayout(input: LayoutInput): Layout {
  const { shape, columns } = input;
  const shared = {
    delimiter: input.delimiter ?? ',',
    headerLine: input.headerLine ?? null,
    arrangement: input.arrangement === undefined ? null : fromArrangement(input.arrangement),
    qualityMeans: input.qualityMeans ?? 'quality',
    unit: input.unit ?? null,
    dateOrder: input.dateOrder ?? null,
    clock: input.clock ?? null,
    dayBasis: input.dayBasis ?? 'local',
    skip: (input.skip ?? []).map(({ column, texts }) => ({ column: fromColumn(column), texts: [...texts] })),
  };
  if (shape === 'day-rows')
    return {
      shape,
      ...shared,
      columns: {
        ...sharedColumns(input),
        values: required(columns.values, '/columns/values', shape).map(fromColumn),
        flags: columns.flags?.map(fromColumn) ?? null,
        repeatedHour: columns.repeatedHour?.map(fromColumn) ?? [],
        total: orNull(columns.total),
      },
      resolutionMinutes: required(input.resolutionMinutes, '/resolutionMinutes', shape),
      isOpenEnded: input.openEnded ?? false,
      firstMinute: input.firstMinute ?? 0,
      rowDate: input.rowDate ?? 'same-day',
    };
  return {
    shape,
    ...shared,
    columns: {
      ...sharedColumns(input),
      value: fromColumn(required(columns.value, '/columns/value', shape)),
      time: orNull(columns.time),
      period: orNull(columns.period),
    },
    isDaily: input.daily ?? false,
    label: input.label ?? null,
    resolutionMinutes: input.resolutionMinutes ?? null,
  };
}

/**
 * A layout from its request, with what was left out filled in.
 * @throws Refusal `invalid-request` where the shape lacks something, or has what belongs to the other.
 */
export function fromLayoutInput(name: string, input: LayoutInput): KeptLayout {
  refuseOtherShape(input);
  return { name, header: input.header === undefined ? null : [...input.header], layout: fromLayout(input) };
}

type HeldColumns = LayoutColumn | readonly LayoutColumn[] | null;

/** Columns without what says nothing. */
function toColumns(columns: Readonly<Record<string, HeldColumns>>): Record<string, ColumnInput | ColumnInput[]> {
  const entries = Object.entries(columns).flatMap(([role, held]): [string, ColumnInput | ColumnInput[]][] => {
    if (held === null) return [];
    return [[role, 'index' in held ? withoutNulls(held) : held.map((column) => withoutNulls(column))]];
  });
  return Object.fromEntries(entries);
}

/** The members that have another name in the document, where words of a question are plain words. */
function renamed(layout: Layout): object {
  if (layout.shape === 'day-rows') {
    const { isOpenEnded, ...members } = layout;
    return { ...members, openEnded: isOpenEnded };
  }
  const { isDaily, ...members } = layout;
  return { ...members, daily: isDaily };
}

/** How a file is read, as the document that a request takes. */
export function toLayoutDocument(layout: Layout, header: readonly string[] | null): LayoutInput {
  const skip = layout.skip.map(({ column, texts }) => ({ column: withoutNulls(column), texts: [...texts] }));
  const arrangement = layout.arrangement === null ? null : toArrangement(layout.arrangement);
  const document = { ...renamed(layout), arrangement, header, skip, columns: toColumns(layout.columns) };
  return withoutNulls(document) as LayoutInput;
}

/** A kept layout for its answer. */
export function toLayoutOutput({ name, header, layout }: KeptLayout): LayoutOutput {
  return { name, ...toLayoutDocument(layout, header) };
}

export const LAYOUT_COLUMNS: readonly CsvColumn<LayoutOutput>[] = [
  { header: 'name', value: ({ name }) => name },
  { header: 'shape', value: ({ shape }) => shape },
  { header: 'clock', value: ({ clock }) => clock },
  { header: 'dateOrder', value: ({ dateOrder }) => dateOrder },
  { header: 'label', value: ({ label }) => label },
  { header: 'resolutionMinutes', value: ({ resolutionMinutes }) => resolutionMinutes },
  { header: 'header', value: ({ header }) => header?.join(' | ') },
];
