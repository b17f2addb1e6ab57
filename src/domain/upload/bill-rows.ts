import { Refusal } from '../refusal.ts';
import { bareNumber, readCost, readQualityOfBill } from './bill-cells.ts';
import { findBillDates } from './bill-dates.ts';
import { type BillColumns, type BillRole, type BillRowLayout, type BillUnits, byBillRole } from './bill-layout.ts';
import { type BillTexts, type Place, quantityOfBill } from './bill-quantity.ts';
import { type Cells, cellText, isBlankRecord } from './cells.ts';
import { type DecimalMark, pointedText } from './decimal-mark.ts';
import { columnName, type DateOrder, type LayoutColumn } from './layout.ts';
import { LayoutQuestions } from './layout-questions.ts';
import type { MeterLookup, UploadMeter } from './meter-lookup.ts';
import { createMomentReader, type MomentReader } from './moment-text.ts';
import { chooseDecimalMark, type FoundMark } from './recognise/decimal-choice.ts';
import { createRecordSplitter } from './record-splitter.ts';
import { type CellFault, isFault, quoted } from './row-fault.ts';
import type { PrintedBill } from './settle-bills.ts';
import type { SettledLayout } from './settle-layout.ts';
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

/** The roles of numbers. */
const NUMBER_ROLES = ['quantity', 'cost', 'volume', 'calorificValue', 'correctionFactor'] as const;

const numberIn = (texts: BillTexts, role: (typeof NUMBER_ROLES)[number]): string =>
  role === 'cost' ? bareNumber(texts[role]) : texts[role];

/** The texts of a row with decimal points in its numbers, or the number that is not written as those of the file are. */
function pointedTexts(texts: BillTexts, mark: DecimalMark | null): BillTexts | Place {
  const pointed: Partial<Record<BillRole, string>> = {};
  for (const role of NUMBER_ROLES) {
    const text = pointedText(numberIn(texts, role), mark);
    if (isFault(text)) return { role, fault: text };
    pointed[role] = text;
  }
  return { ...texts, ...pointed };
}

type Context = {
  meterOf: (text: string) => UploadMeter | CellFault;
  moments: MomentReader;
  mark: DecimalMark | null;
  today: number;
  units: BillUnits;
};

function billOf(
  { line, texts: written }: Row,
  { meterOf, moments, mark, today, units }: Context,
): Omit<PrintedBill, 'file' | 'column' | 'end'> | Place {
  const at = (role: Place['role'], fault: CellFault): Place => ({ role, fault });
  const texts = pointedTexts(written, mark);
  if ('fault' in texts) return texts;
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

const textIn = (cells: Cells, column: LayoutColumn | null): string =>
  column === null ? '' : cellText(cells, column.index);

/** The texts of a row, each by the column that holds it. */
function textsIn(cells: Cells, { meter, ...columns }: BillColumns): BillTexts {
  const named = meter.find((column) => textIn(cells, column) !== '') ?? null;
  return { ...byBillRole((role) => textIn(cells, columns[role])), meter: textIn(cells, named) };
}

/**
 * Reads a table with a row for each bill: meter, first and last day, quantity, and as far as the file has them unit, invoice,
 * net cost and how its reads were made. Whether the last day belongs to the bill is told later, from all of them
 * (rule E5), unless the layout says it; `give` gets each good row at the end.
 */
export function createBillRows(
  settled: SettledLayout<BillRowLayout>,
  options: UploadOptions & { billsMax: number; today: number },
  find: MeterLookup,
  give: (bill: PrintedBill) => void,
  tally: Tally,
): UploadReader {
  const { layout } = settled;
  const { columns } = layout;
  const headerLine = layout.headerLine ?? 0;
  const readBefore = tally.read;
  const rows: Row[] = [];
  const sideRows = createSideRows();
  const file = tally.table;

  const onRow = (cells: Cells): void => {
    tally.read += 1;
    if (rows.length >= options.billsMax)
      throw new Refusal('unreadable-file', `The file has more than ${options.billsMax} bills: send it in parts`);
    const texts = textsIn(cells, columns);
    // Beside a period a name is that of a meter, whatever it says.
    const names = texts.from !== '' && !isFault(find(texts.meter)) ? columns.meter.map(({ index }) => index) : [];
    rows.push({ line: cells.line, side: sideRows.kindOf(cells, names), texts });
  };

  const splitter = createRecordSplitter(layout.delimiter.charCodeAt(0), (cells) => {
    if (isBlankRecord(cells)) return;
    if (cells.line <= headerLine) sideRows.above(cells);
    else onRow(cells);
  });

  const nameOf = (role: Place['role']): string | null => {
    const column = role === 'meter' ? columns.meter[0] : columns[role];
    return column === undefined || column === null ? null : columnName(column);
  };

  const refuse = (row: Row, { role, fault }: Place): void => {
    tally.sideRowOf = () => row.side;
    tally.refuse(row.line, nameOf(role), row.texts[role], fault);
  };

  const takeRows = (dateOrder: DateOrder, mark: DecimalMark | null): void => {
    const { meterKey } = options;
    const meterOf = (text: string) => find(meterKey ?? text);
    const moments = createMomentReader(dateOrder);
    const context = { meterOf, moments, mark, today: options.today, units: layout.units };
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
        give({ ...bill, end: options.billEnd ?? layout.billEnd, file, column: nameOf('to') });
      }
    }
  };

  const markOf = (): FoundMark => {
    const texts = new Set(rows.flatMap((row) => NUMBER_ROLES.map((role) => numberIn(row.texts, role))));
    const said = options.decimalMark ?? layout.decimalMark;
    return chooseDecimalMark(texts, layout.delimiter, said, nameOf('quantity'));
  };

  return {
    push: (block) => splitter.push(block),
    end() {
      splitter.end();
      const said = options.dateOrder ?? layout.dateOrder;
      const dates = said === null ? findBillDates(rows.map(({ texts }) => texts)) : { dateOrder: said, question: null };
      const { dateOrder } = dates;
      const { decimalMark, decision, question } = markOf();
      const billEnd = options.billEnd ?? layout.billEnd;
      const decisions = [...settled.decisions, ...(decision === null ? [] : [decision])];
      const questions = [dates.question, question].flatMap((each) => each ?? []);
      if (questions.length > 0 && !options.isTrial) throw new LayoutQuestions(questions);
      takeRows(dateOrder, question === null ? decimalMark : 'point');
      tally.layouts.push({
        ...settled,
        layout: { ...layout, decimalMark, dateOrder, billEnd },
        decisions,
        questions,
        file,
      });
      const read = { shape: 'bill-rows', headerLine: layout.headerLine, clock: null, label: null } as const;
      return reportOf(tally, { ...read, dateOrder, decisions }, null);
    },
    hasRows: () => tally.read > readBefore,
    refused: () => tally.refused,
    notice: tally.notice,
  };
}
