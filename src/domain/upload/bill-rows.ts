import { GROSS_KWH_NOTICE, saysGross } from '../gas/gross-energy.ts';
import { groupBy } from '../group-by.ts';
import { Refusal } from '../refusal.ts';
import { bareNumber, readCost, readQualityOfBill } from './bill-cells.ts';
import { findBillDates } from './bill-dates.ts';
import { type BillColumns, type BillRole, type BillRowLayout, type BillUnits, byBillRole } from './bill-layout.ts';
import { createBillPeriods, type PrintedDays } from './bill-period.ts';
import { type BillTexts, type Place, quantityOfBill } from './bill-quantity.ts';
import { type Cells, cellText, isBlankRecord } from './cells.ts';
import { belongsTo } from './channel-words.ts';
import { type DecimalMark, pointedText } from './decimal-mark.ts';
import { columnName, type DateOrder, type LayoutColumn } from './layout.ts';
import { LayoutQuestions } from './layout-questions.ts';
import type { MeterLookup, UploadMeter } from './meter-lookup.ts';
import { findMonthOrder } from './month-order.ts';
import { readValue } from './read-value.ts';
import { chooseDecimalMark, type FoundMark } from './recognise/decimal-choice.ts';
import { COUNTERS_AS_SAID } from './recognise/rising-values.ts';
import { createRecordSplitter } from './record-splitter.ts';
import { type CellFault, isFault } from './row-fault.ts';
import { channelOf } from './row-subject.ts';
import type { PrintedBill } from './settle-bills.ts';
import type { SettledLayout } from './settle-layout.ts';
import { createSideRows, type SideRow } from './side-rows.ts';
import type { Tally } from './tally.ts';
import { createUnfolder } from './unfold.ts';
import type { UploadOptions } from './upload-options.ts';
import type { UploadReader } from './upload-reader.ts';
import { reportOf } from './upload-report.ts';

/** The texts of a row, by what they are; `origin` is the header of the column of the file that it was made of. */
type Row = { line: number; side: SideRow | null; origin: string | null; texts: BillTexts };

/** The roles of numbers. */
const NUMBER_ROLES = ['quantity', 'total', 'cost', 'volume', 'calorificValue', 'correctionFactor'] as const;

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
  /** The days that a row prints, the last one included or not. */
  periodOf: (texts: BillTexts) => PrintedDays | Place;
  mark: DecimalMark | null;
  today: number;
  units: BillUnits;
};

/** What a row comes to: a bill, nothing that is stored, or a fault. */
type Outcome =
  | Omit<PrintedBill, 'file' | 'column' | 'end' | 'isOfMonth' | 'mayBeRead' | 'origin'>
  | { skipped: string }
  | Place;

function billOf({ line, texts: written }: Row, { meterOf, periodOf, mark, today, units }: Context): Outcome {
  const at = (role: Place['role'], fault: CellFault): Place => ({ role, fault });
  const texts = pointedTexts(written, mark);
  if ('fault' in texts) return texts;
  const meter = meterOf(texts.meter);
  if (isFault(meter)) return at('meter', meter);
  const channel = channelOf(texts.channel, texts.unit === '' ? (units.quantity ?? '') : texts.unit);
  if (isFault(channel)) return at('channel', channel);
  if (channel !== null && !belongsTo(channel, meter.direction)) return { skipped: channel };
  const period = periodOf(texts);
  if ('fault' in period) return period;
  const { from, to, role } = period;
  if (to > today)
    return at(role, { code: 'in-the-future', detail: `The bill ends after today: expected a past period` });
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
  return { meter, from, to, ...stated, invoice, costGbp, reads, line, toText: texts[role] };
}

const textIn = (cells: Cells, column: LayoutColumn | null): string =>
  column === null ? '' : cellText(cells, column.index);

/** The texts of a row, each by the column that holds it. */
function textsIn(cells: Cells, { meter, ...columns }: BillColumns): BillTexts {
  const named = meter.find((column) => textIn(cells, column) !== '') ?? null;
  return { ...byBillRole((role) => textIn(cells, columns[role])), meter: textIn(cells, named) };
}

/** Holds the totals of rows with months side by side against the values beside them. */
function checkTotals(rows: readonly Row[], mark: DecimalMark | null, tally: Tally): void {
  for (const [line, own] of groupBy(
    rows.filter(({ side }) => side === null),
    (row) => row.line,
  )) {
    const numbers = own
      .map(({ texts }) => pointedTexts(texts, mark))
      .flatMap((texts) => ('fault' in texts ? [] : [texts]));
    const values = numbers.map(({ quantity }) => readValue(quantity));
    if (values.every((value) => typeof value === 'number')) tally.totals.row(line, numbers[0]?.total ?? '', values);
  }
}

/**
 * Reads a table with a row for each bill: meter, first and last day or the whole month, quantity, and as far as the file has them unit, invoice,
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
  const { columns, arrangement } = layout;
  const headerLine = layout.headerLine ?? 0;
  const readBefore = tally.read;
  const rows: Row[] = [];
  const sideRows = createSideRows();
  const file = tally.table;

  const ofMonths = columns.month !== null;

  const onRow = (cells: Cells, side: SideRow | null, origin: string | null): void => {
    tally.read += 1;
    if (rows.length >= options.billsMax)
      throw new Refusal('unreadable-file', `The file has more than ${options.billsMax} bills: send it in parts`);
    rows.push({ line: cells.line, side, origin, texts: textsIn(cells, columns) });
  };

  let side: SideRow | null = null;
  const unfolder =
    arrangement === null
      ? null
      : createUnfolder(arrangement, layout.headerLine, (cells, origin) => {
          if (cells.line > headerLine) onRow(cells, side, origin);
        });
  const period = columns.month ?? columns.from;
  const keptAt = ({ index }: LayoutColumn): number => arrangement?.keep?.[index]?.index ?? index;

  const splitter = createRecordSplitter(layout.delimiter.charCodeAt(0), (cells) => {
    if (isBlankRecord(cells)) return;
    if (cells.line <= headerLine) sideRows.above(cells);
    else {
      // Beside a period a name is that of a meter, whatever it says.
      const isDated = arrangement !== null || textIn(cells, period) !== '';
      const meters = columns.meter.map(keptAt);
      side = sideRows.kindOf(cells, isDated ? meters.filter((index) => !isFault(find(cellText(cells, index)))) : []);
    }
    if (unfolder !== null) unfolder.take(cells);
    else if (cells.line > headerLine) onRow(cells, side, null);
  });

  const nameOf = (role: Place['role']): string | null => {
    const column = role === 'meter' ? columns.meter[0] : columns[role];
    return column === undefined || column === null ? null : columnName(column);
  };

  const isWithoutBill = ({ texts, side }: Row): boolean =>
    ofMonths && side === null && Number.isNaN(readValue(texts.quantity));

  const refuse = (row: Row, { role, fault }: Place): void => {
    tally.sideRowOf = () => row.side;
    tally.origin = row.origin;
    tally.refuse(row.line, nameOf(role), row.texts[role], fault);
  };

  const takeRow = (row: Row, outcome: Outcome): void => {
    if ('fault' in outcome) {
      const { role, fault } = outcome;
      if (role === 'meter')
        tally.census.count({ kind: 'fault', column: null, value: row.texts.meter, fault }, () => row.side !== null);
      refuse(row, outcome);
    } else if ('skipped' in outcome) tally.skipped.set(outcome.skipped, (tally.skipped.get(outcome.skipped) ?? 0) + 1);
    else {
      tally.census.count({ kind: 'meter', meter: outcome.meter, scale: null }, () => false);
      // A volume beside the energy checks it against gross.
      if (
        outcome.meter.activity === 'natural-gas' &&
        outcome.volume === null &&
        !saysGross(row.origin ?? nameOf('quantity'))
      )
        tally.notice(GROSS_KWH_NOTICE.code, GROSS_KWH_NOTICE.detail);
      const end = ofMonths ? 'inclusive' : (options.billEnd ?? layout.billEnd);
      give({
        ...outcome,
        end,
        file,
        isOfMonth: ofMonths,
        mayBeRead: ofMonths && settled.kept === null && options.valuesAre === null,
        column: nameOf(ofMonths ? 'quantity' : 'to'),
        origin: row.origin,
      });
    }
  };

  const takeRows = (dateOrder: DateOrder, mark: DecimalMark | null): void => {
    const { meterKey } = options;
    const meterOf = (text: string) => find(meterKey ?? text);
    const periodOf = createBillPeriods(ofMonths, dateOrder);
    const context = { meterOf, periodOf, mark, today: options.today, units: layout.units };
    for (const row of rows) {
      // A month without a value has no bill.
      if (isWithoutBill(row)) tally.accepted += 1;
      else takeRow(row, billOf(row, context));
    }
    if (columns.total !== null) checkTotals(rows, mark, tally);
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
      unfolder?.end();
      if (ofMonths && options.valuesAre === 'counter') throw new Refusal('unreadable-file', COUNTERS_AS_SAID);
      const said = options.dateOrder ?? layout.dateOrder;
      const texts = rows.filter((row) => !isWithoutBill(row)).map((row) => row.texts);
      const open = () => (ofMonths ? findMonthOrder(texts, options.today) : findBillDates(texts));
      const dates = said === null ? open() : { dateOrder: said, question: null };
      const { dateOrder } = dates;
      const { decimalMark, decision, question } = markOf();
      const billEnd = options.billEnd ?? layout.billEnd;
      const decisions = [...settled.decisions, ...(decision === null ? [] : [decision])];
      const questions = [...settled.questions, ...[dates.question, question].flatMap((each) => each ?? [])];
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
