import { Refusal } from '../../../domain/refusal.ts';
import { type AnyLayout, BILL_ROLES } from '../../../domain/upload/bill-layout.ts';
import type { KeptLayout } from '../../../domain/upload/kept-layout.ts';
import type { Layout, SharedColumns } from '../../../domain/upload/layout.ts';
import type { CsvColumn } from '../../csv.ts';
import { withoutNulls } from '../../without-nulls.ts';
import { fromArrangement, toArrangement } from './arrangement-convert.ts';
import { fromBillLayout, toBillDocument } from './bill-convert.ts';
import { fromColumn, orNull, required, toColumns } from './columns-convert.ts';
import type { LayoutInput, LayoutOutput } from './schemas.ts';

/** Members that not every shape has: by the words of the document. */
const MEMBERS_OF = {
  'day-rows': [
    'arrangement',
    'qualityMeans',
    'clock',
    'dayBasis',
    'skip',
    'resolutionMinutes',
    'openEnded',
    'firstMinute',
    'rowDate',
  ],
  'reading-rows': [
    'arrangement',
    'qualityMeans',
    'clock',
    'dayBasis',
    'skip',
    'resolutionMinutes',
    'periodNumbers',
    'daily',
    'label',
  ],
  'bill-rows': ['arrangement', 'volumeUnit', 'billEnd'],
} as const satisfies Record<LayoutInput['shape'], readonly (keyof LayoutInput)[]>;

const COLUMNS_OF = {
  'day-rows': ['date', 'quality', 'channel', 'unit', 'values', 'flags', 'repeatedHour', 'total'],
  'reading-rows': ['date', 'quality', 'channel', 'unit', 'value', 'time', 'period'],
  'bill-rows': BILL_ROLES,
} as const satisfies Record<LayoutInput['shape'], readonly (keyof LayoutInput['columns'])[]>;

/** What other shapes have and this one has not. */
function foreign<Name extends string>(
  namesOf: Readonly<Record<LayoutInput['shape'], readonly Name[]>>,
  shape: LayoutInput['shape'],
): Name[] {
  const own = new Set(namesOf[shape]);
  return [...new Set(Object.values(namesOf).flat())].filter((name) => !own.has(name));
}

function refuse(faults: readonly { pointer: string; code: string; detail: string }[]): void {
  if (faults[0] !== undefined)
    throw new Refusal('invalid-request', `The layout is not valid: ${faults[0].detail}`, faults);
}

/** Refuses what belongs to another shape: it would be left out in silence. */
function refuseOtherShapes(input: LayoutInput): void {
  const { shape } = input;
  const members = foreign<keyof LayoutInput>(MEMBERS_OF, shape).filter((name) => input[name] !== undefined);
  const columns = foreign<keyof LayoutInput['columns']>(COLUMNS_OF, shape).filter(
    (name) => input.columns[name] !== undefined,
  );
  const pointers = [...columns.map((name) => `/columns/${name}`), ...members.map((name) => `/${name}`)];
  refuse(
    pointers.map((pointer) => ({
      pointer,
      code: 'not-applicable',
      detail: `${pointer} is given: ${shape} have none`,
    })),
  );
}

function sharedColumns({ shape, columns }: LayoutInput): SharedColumns {
  return {
    meter: columns.meter.map(fromColumn),
    date: fromColumn(required(columns.date, '/columns/date', shape)),
    quality: orNull(columns.quality),
    channel: orNull(columns.channel),
    unit: orNull(columns.unit),
  };
}

function fromLayout(input: LayoutInput): AnyLayout {
  const { shape, columns } = input;
  if (shape === 'bill-rows') return fromBillLayout(input);
  const shared = {
    delimiter: input.delimiter ?? ',',
    headerLine: input.headerLine ?? null,
    arrangement: input.arrangement === undefined ? null : fromArrangement(input.arrangement),
    qualityMeans: input.qualityMeans ?? 'quality',
    unit: input.unit ?? null,
    decimalMark: input.decimalMark ?? null,
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
    periodNumbers: input.periodNumbers ?? 'counted',
    isDaily: input.daily ?? false,
    label: input.label ?? null,
    resolutionMinutes: input.resolutionMinutes ?? null,
  };
}

/**
 * A layout from its request, with what was left out filled in.
 * @throws Refusal `invalid-request` where the shape lacks something, or has what belongs to another.
 */
export function fromLayoutInput(name: string, input: LayoutInput): KeptLayout {
  refuseOtherShapes(input);
  return { name, header: input.header === undefined ? null : [...input.header], layout: fromLayout(input) };
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
export function toLayoutDocument(layout: AnyLayout, header: readonly string[] | null): LayoutInput {
  if (layout.shape === 'bill-rows') return toBillDocument(layout, header);
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
  { header: 'billEnd', value: ({ billEnd }) => billEnd },
  { header: 'resolutionMinutes', value: ({ resolutionMinutes }) => resolutionMinutes },
  { header: 'header', value: ({ header }) => header?.join(' | ') },
];
