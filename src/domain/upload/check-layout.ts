import { VOLUME_UNITS, volumeUnitOf } from '../gas/volume-units.ts';
import { type Fault, Refusal } from '../refusal.ts';
import { type Arrangement, unfoldedHeader } from './arrangement.ts';
import { type AnyLayout, BILL_ROLES_REQUIRED, type BillRowLayout } from './bill-layout.ts';
import type { KeptLayout } from './kept-layout.ts';
import type { DayRowLayout, LayoutColumn, ReadingRowLayout } from './layout.ts';

/** A column of a layout, with its place in the document. */
type Placed = { pointer: string; column: LayoutColumn };

type Columns = Readonly<Record<string, LayoutColumn | readonly LayoutColumn[] | null>>;

const DAY_MINUTES = [1440, 1380, 1500];

function columnsOf(columns: Columns): Placed[] {
  return Object.entries(columns).flatMap(([role, held]): Placed[] => {
    if (held === null) return [];
    if ('index' in held) return [{ pointer: `/columns/${role}`, column: held }];
    return held.map((column, at) => ({ pointer: `/columns/${role}/${at}`, column }));
  });
}

/** A column holds one thing. */
function sharedFaults(columns: readonly Placed[]): Fault[] {
  const first = new Map<number, string>();
  return columns.flatMap(({ pointer, column: { index } }): Fault[] => {
    const other = first.get(index);
    first.set(index, other ?? pointer);
    if (other === undefined) return [];
    const detail = `${pointer} is column ${index}, which is ${other} already: a column holds one thing`;
    return [{ pointer, code: 'repeated', detail }];
  });
}

function headerFaults({ header: line, layout }: KeptLayout, columns: readonly Placed[]): Fault[] {
  const { headerLine, arrangement } = layout;
  const header = arrangement === null || line === null ? line : unfoldedHeader(arrangement, line);
  if (headerLine === null) {
    const named = columns.filter(({ column }) => column.header !== null);
    const faults = named.map(({ pointer }) => ({
      pointer: `${pointer}/header`,
      code: 'not-applicable',
      detail: `${pointer} has a header, yet there is no headerLine: leave one out or give the other`,
    }));
    if (header === null) return faults;
    const detail = 'header is given, yet there is no headerLine: expected the line that the header stands on';
    return [{ pointer: '/headerLine', code: 'missing', detail }, ...faults];
  }
  return columns.flatMap(({ pointer, column }): Fault[] => {
    if (column.header === null)
      return [
        {
          pointer: `${pointer}/header`,
          code: 'missing',
          detail: `${pointer} has no header: expected that of line ${headerLine}`,
        },
      ];
    const stands = header?.[column.index];
    if (header === null || stands === column.header) return [];
    const detail =
      stands === undefined
        ? `${pointer} is column ${column.index}, yet header ends before it`
        : `${pointer} has the header '${column.header}', yet '${stands}' stands at ${column.index} in header`;
    return [{ pointer: `${pointer}/header`, code: 'contradiction', detail }];
  });
}

/** A meter stands where the header line has it: another place would give its values to another meter. */
function acrossFaults(arrangement: Arrangement | null, header: readonly string[] | null): Fault[] {
  if (arrangement?.across?.holds !== 'meter' || header === null) return [];
  return arrangement.across.columns.flatMap((column, at): Fault[] => {
    const stands = header[column.index];
    if (stands === column.header) return [];
    const pointer = `/arrangement/across/columns/${at}/header`;
    const detail = `${pointer} is '${column.header ?? ''}', yet '${stands ?? 'nothing'}' stands at ${column.index} in header`;
    return [{ pointer, code: 'contradiction', detail }];
  });
}

/** Months are of bills, days are of intervals. */
function arrangementFaults({ shape, arrangement }: AnyLayout): Fault[] {
  const holds = arrangement?.across?.holds ?? 'meter';
  if (holds === 'meter' || (holds === 'month') === (shape === 'bill-rows')) return [];
  const pointer = '/arrangement/across/holds';
  return [{ pointer, code: 'not-applicable', detail: `${pointer} is '${holds}': ${shape} have none side by side` }];
}

function dayRowFaults({ columns, resolutionMinutes, isOpenEnded }: DayRowLayout): Fault[] {
  const faults: Fault[] = [];
  const { values, flags, repeatedHour } = columns;
  const counts = DAY_MINUTES.map((minutes) => minutes / resolutionMinutes);
  if (!counts.includes(values.length)) {
    const detail = `columns.values has ${values.length} columns: expected ${counts.join(', ')} for intervals of ${resolutionMinutes} minutes`;
    faults.push({ pointer: '/columns/values', code: 'wrong-count', detail });
  }
  const flagged = values.length + repeatedHour.length;
  if (flags !== null && flags.length !== values.length && flags.length !== flagged) {
    const detail = `columns.flags has ${flags.length} columns: expected one for each of the ${values.length} values`;
    faults.push({ pointer: '/columns/flags', code: 'wrong-count', detail });
  }
  const hour = 60 / resolutionMinutes;
  if (repeatedHour.length !== 0 && repeatedHour.length !== hour) {
    const detail = `columns.repeatedHour has ${repeatedHour.length} columns: expected ${hour} for intervals of ${resolutionMinutes} minutes, or none`;
    faults.push({ pointer: '/columns/repeatedHour', code: 'wrong-count', detail });
  }
  const inOrder = values.every(({ index }, at) => at === 0 || index === (values[at - 1]?.index ?? 0) + 1);
  if (isOpenEnded && (!inOrder || flags !== null)) {
    const detail = 'openEnded is true, yet the values do not stand side by side without flags at the end of the row';
    faults.push({ pointer: '/openEnded', code: 'contradiction', detail });
  }
  return faults;
}

function readingRowFaults({ columns, isDaily, label }: ReadingRowLayout): Fault[] {
  const faults: Fault[] = [];
  if (columns.time !== null && columns.period !== null)
    faults.push({
      pointer: '/columns/period',
      code: 'contradiction',
      detail: 'columns has both time and period: expected one of them, or neither',
    });
  if (isDaily && (columns.time !== null || columns.period !== null))
    faults.push({
      pointer: '/daily',
      code: 'contradiction',
      detail: 'daily is true, yet columns has a time or period: a value of a whole day has none',
    });
  if (label !== null && (isDaily || columns.period !== null))
    faults.push({
      pointer: '/label',
      code: 'not-applicable',
      detail: 'label is given: rows of a day or of a numbered period name the interval itself',
    });
  return faults;
}

function billRowFaults({ columns, units }: BillRowLayout): Fault[] {
  const kind = columns.month === null ? 'days' : 'month';
  const missing = BILL_ROLES_REQUIRED[kind].filter((role) => columns[role] === null);
  const faults: Fault[] = missing.map((role) => ({
    pointer: `/columns/${role}`,
    code: 'missing',
    detail: `columns lacks '${role}': a bill cannot be read without`,
  }));
  const other = kind === 'month' ? (['from', 'to'] as const) : (['year'] as const);
  for (const role of other.filter((each) => columns[each] !== null))
    faults.push({
      pointer: `/columns/${role}`,
      code: 'contradiction',
      detail: `columns has '${role}'${kind === 'month' ? " beside 'month'" : " without 'month'"}: a bill is of days, or of a month`,
    });
  if (columns.volumeUnit !== null && columns.volume === null)
    faults.push({
      pointer: '/columns/volumeUnit',
      code: 'not-applicable',
      detail: 'columns.volumeUnit is given, yet there is no column of volumes that it is the unit of',
    });
  if (units.volume === null) return faults;
  if (columns.volume === null)
    faults.push({
      pointer: '/volumeUnit',
      code: 'not-applicable',
      detail: 'volumeUnit is given, yet there is no column of volumes that it is the unit of',
    });
  if (volumeUnitOf(units.volume) === null)
    faults.push({
      pointer: '/volumeUnit',
      code: 'not-allowed',
      detail: `volumeUnit is '${units.volume}': expected one of ${VOLUME_UNITS.join(', ')}`,
    });
  return faults;
}

function shapeFaults(layout: AnyLayout): Fault[] {
  if (layout.shape === 'bill-rows') return billRowFaults(layout);
  return layout.shape === 'day-rows' ? dayRowFaults(layout) : readingRowFaults(layout);
}

/**
 * Checks what a schema cannot say of a layout: that no column holds two things, that there are as many values as the
 * intervals of a day, and that its parts do not contradict each other.
 * @throws Refusal `invalid-request` with every fault.
 */
export function checkLayout(kept: KeptLayout): void {
  const columns = columnsOf(kept.layout.columns);
  const faults = [
    ...shapeFaults(kept.layout),
    ...arrangementFaults(kept.layout),
    ...sharedFaults(columns),
    ...headerFaults(kept, columns),
    ...acrossFaults(kept.layout.arrangement, kept.header),
  ];
  if (faults[0] === undefined) return;
  throw new Refusal('invalid-request', `The layout is not valid: ${faults[0].detail}`, faults);
}
