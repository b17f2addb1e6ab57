import { Refusal } from '../refusal.ts';
import { readCost, readQualityOfBill } from './bill-cells.ts';
import { type BillTexts, type Place, quantityOfBill } from './bill-quantity.ts';
import { type Cells, isBlankRecord } from './cells.ts';
import type { DateOrder } from './layout.ts';
import type { MeterLookup, UploadMeter } from './meter-lookup.ts';
import { createMomentReader, type MomentReader } from './moment-text.ts';
import { type BillColumns, type BillLayout, type BillUnits, textIn } from './recognise-bills.ts';
import { createRecordSplitter } from './record-splitter.ts';
import { type CellFault, isFault, quoted } from './row-fault.ts';
import type { PrintedBill } from './settle-bills.ts';
import { createSideRows, type SideRow } from './side-rows.ts';
import type { Tally } from './tally.ts';
import type { UploadOptions } from './upload-options.ts';
import type { UploadReader } from './upload-reader.ts';
import { reportOf } from './upload-report.ts';

/** The texts of a row, by what they are. */
type Row = { line: number; side: SideRow | null; texts: BillTexts };

function dayIn(text: string, moments: MomentReader): number | CellFault {
  const moment = moments.moment(text);
  if (isFault(moment)) return moment;
  if (moment.minute === 0) return moment.day;
  return { code: 'not-a-day', detail: `${quoted(text)} has a time of day: a bill is of whole days` };
}

/** The order of dates: as said, else the one in which all are dates, day first where both are possible. */
function dateOrderOf(rows: readonly Row[], said: DateOrder | null): DateOrder {
  if (said !== null) return said;
  const texts = new Set(rows.flatMap(({ texts: { from, to } }) => [from, to]).filter((text) => text !== ''));
  const wrongIn = (order: DateOrder): number => {
    const moments = createMomentReader(order);
    return [...texts].filter((text) => isFault(moments.dated(text))).length;
  };
  return wrongIn('month-first') < wrongIn('day-first') ? 'month-first' : 'day-first';
}

type Context = {
  meterOf: (text: string) => UploadMeter | CellFault;
  moments: MomentReader;
  today: number;
  units: BillUnits;
};

function billOf(
  { line, texts }: Row,
  { meterOf, moments, today, units }: Context,
): Omit<PrintedBill, 'file' | 'column'> | Place {
  const at = (role: keyof BillColumns, fault: CellFault): Place => ({ role, fault });
  const meter = meterOf(texts.meter);
  if (isFault(meter)) return at('meter', meter);
  const from = dayIn(texts.from, moments);
  if (isFault(from)) return at('from', from);
  const to = dayIn(texts.to, moments);
  if (isFault(to)) return at('to', to);
  if (to < from)
    return at('to', { code: 'wrong-period', detail: `The bill ends before it begins, on ${quoted(texts.from)}` });
  if (to > today)
    return at('to', { code: 'in-the-future', detail: `The bill ends after today: expected a past period` });
  const stated = quantityOfBill(texts, units, meter);
  if ('role' in stated) return stated;
  const costGbp = readCost(texts.cost);
  if (isFault(costGbp)) return at('cost', costGbp);
  const reads: { [role in 'quality' | 'openingRead' | 'closingRead']?: 'A' | 'E' } = {};
  for (const role of ['quality', 'openingRead', 'closingRead'] as const) {
    const read = readQualityOfBill(texts[role], meter);
    if (isFault(read)) return at(role, read);
    if (read !== null) reads[role] = read;
  }
  const invoice = texts.invoice === '' ? null : texts.invoice;
  return { meter, from, to, ...stated, invoice, costGbp, reads, line, toText: texts.to };
}

/**
 * Reads a table with a row for each bill: meter, first and last day, quantity, and as far as the file has them unit, invoice,
 * net cost and how its reads were made. Whether the last day belongs to the bill is told later, from all of them
 * (rule E5); `give` gets each good row at the end.
 */
export function createBillRows(
  layout: BillLayout,
  options: UploadOptions & { billsMax: number; today: number },
  find: MeterLookup,
  give: (bill: PrintedBill) => void,
  tally: Tally,
): UploadReader {
  const readBefore = tally.read;
  const rows: Row[] = [];
  const sideRows = createSideRows();
  const file = tally.table;
  const roles = Object.keys(layout.columns) as (keyof BillColumns)[];

  const onRow = (cells: Cells): void => {
    tally.read += 1;
    if (rows.length >= options.billsMax)
      throw new Refusal('unreadable-file', `The file has more than ${options.billsMax} bills: send it in parts`);
    const texts = Object.fromEntries(roles.map((role) => [role, textIn(cells, layout.columns[role])])) as BillTexts;
    rows.push({ line: cells.line, side: sideRows.kindOf(cells), texts });
  };

  const splitter = createRecordSplitter(layout.delimiter.charCodeAt(0), (cells) => {
    if (isBlankRecord(cells)) return;
    if (cells.line <= layout.headerLine) sideRows.above(cells);
    else onRow(cells);
  });

  const refuse = (row: Row, { role, fault }: Place): void => {
    tally.sideRowOf = () => row.side;
    const column = layout.columns[role];
    tally.refuse(row.line, column === null ? null : (layout.headers[column] ?? null), row.texts[role], fault);
  };

  const takeRows = (dateOrder: DateOrder): void => {
    const { meterKey } = options;
    const meterOf = (text: string) => find(meterKey ?? text);
    const context = { meterOf, moments: createMomentReader(dateOrder), today: options.today, units: layout.units };
    for (const row of rows) {
      const bill = billOf(row, context);
      const isUnknown = 'fault' in bill && bill.role === 'meter';
      if (isUnknown)
        tally.census.count(
          { kind: 'fault', column: null, value: row.texts.meter, fault: bill.fault },
          () => row.side !== null,
        );
      if ('fault' in bill) refuse(row, bill);
      else {
        tally.census.count({ kind: 'meter', meter: bill.meter, scale: null }, () => false);
        give({ ...bill, file, column: layout.headers[layout.columns.to] ?? null });
      }
    }
  };

  return {
    push: (block) => splitter.push(block),
    end() {
      splitter.end();
      const dateOrder = dateOrderOf(rows, options.dateOrder);
      takeRows(dateOrder);
      const { headerLine } = layout;
      return reportOf(
        tally,
        { shape: 'bill-rows', headerLine, clock: null, label: null, dateOrder, decisions: [] },
        null,
      );
    },
    hasRows: () => tally.read > readBefore,
    refused: () => tally.refused,
    notice: tally.notice,
  };
}
