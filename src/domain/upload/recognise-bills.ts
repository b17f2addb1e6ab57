import { volumeUnitOf } from '../gas/volume-units.ts';
import { type BillRole, type BillRowLayout, byBillRole } from './bill-layout.ts';
import { headRecords } from './head-records.ts';
import { headerUnit, headerWords, rankOf } from './header-words.ts';
import { columnName, DELIMITERS, type Delimiter, type LayoutColumn } from './layout.ts';
import { createMomentReader } from './moment-text.ts';
import type { Decision } from './recognise/recognition.ts';
import { isFault } from './row-fault.ts';
import type { SettledLayout } from './settle-layout.ts';

/** Places of the columns of a table with a row for each bill; null where the table has none. */
export type BillPlaces = { quantity: number } & { [role in 'meter' | BillRole]: number | null };

/** Words around the one that says which end of the period a date is. */
const DATE_FILLERS =
  /\b(?:bill|bills|billed|billing|invoice|invoiced|period|charge|charges|charged|charging|supply|consumption|usage|statement|covered|covers|service|date|day)\b/g;
const START_WORD = /^(?:from|start|starts|starting|begin|begins|beginning)$/;
const END_WORD = /^(?:to|end|ends|ending|until|till|through)$/;
const READ_DATES: Readonly<Record<'from' | 'to', RegExp>> = {
  from: /^(?:opening|previous|start|first|last) read(?:ing)? date$/,
  to: /^(?:closing|present|current|end|this) read(?:ing)? date$/,
};
const QUANTITY_FILLERS =
  /\b(?:total|bill|billed|billing|invoice|invoiced|period|charged|kwh|mwh|gwh|wh|m3|hcf|ccf|ft3|100s? cu ft|cu ft|cubic feet|cubic metres?|litres?|liters?|kg|tonnes?|therms?)\b/g;
const QUANTITY_WORD =
  /^(?:|consumption|usage|used|consumed|use|energy|energy use|energy used|energy consumption|energy usage|quantity|units|units used|units consumed|volume|active energy|value)$/;
const INVOICE_WORD = /^(?:invoice|bill|statement|document)(?: (?:number|no|num|ref|reference|id))?$/;
const READ_WORDS = /^(?:(?:read|reading) (?:type|quality|status)|type of read(?:ing)?|quality|bill type|a e|ae)$/;
const OPENING = /^(?:opening|previous|start|from|first) (?:read|reading)(?: (?:type|quality|status))$/;
const CLOSING = /^(?:closing|present|current|end|to|last) (?:read|reading)(?: (?:type|quality|status))$/;
const QUALITY_ROLES = [
  'actual estimated',
  'estimated actual',
  'actual or estimate',
  'actual or estimated',
  'estimated',
];
const VOLUME = /^(?:(?:gas|metered) )?volume(?: (?:used|consumed|metered))?$/;
const VOLUME_UNIT = /^(?:gas )?(?:volume|metered) units?$/;
const CALORIFIC = /^(?:(?:average|avg|mean) )?(?:calorific value|cv)(?: mj (?:per )?m3)?$/;
const CORRECTION = /^(?:(?:volume )?(?:correction|conversion) factor|(?:volume )?correction|cf|vcf)$/;
const COST = /\b(?:cost|costs|charge|charges|amount|net|gbp|price|value)\b/;
const NO_NET_COST = /\b(?:vat|gross|incl|including|unit|rate|pence|p|standing|ccl|levy)\b/;
const BEFORE_VAT = /\b(?:(?:ex|excl|excluding|before) vat|net)\b/;

const spaced = (words: string, fillers: RegExp): string => words.replace(fillers, ' ').replace(/\s+/g, ' ').trim();

function endOf(words: string): 'from' | 'to' | null {
  if (READ_DATES.from.test(words)) return 'from';
  if (READ_DATES.to.test(words)) return 'to';
  const bare = spaced(words, DATE_FILLERS);
  if (START_WORD.test(bare)) return 'from';
  return END_WORD.test(bare) ? 'to' : null;
}

/** How well a header fits the quantity of a bill, 0 the best: energy before a volume, a total before a part. */
function quantityRank(header: string, words: string): number | null {
  const unit = headerUnit(words);
  const isMoney = header.includes('£') || /\b(?:cost|gbp|net|vat|price|rate)\b/.test(words);
  const isNoQuantity = isMoney || !QUANTITY_WORD.test(spaced(words, QUANTITY_FILLERS));
  if (isNoQuantity || (unit === null && spaced(words, QUANTITY_FILLERS) === '')) return null;
  const kind = unit === null ? (words === 'units' ? 3 : 1) : unit.endsWith('wh') ? 0 : 2;
  return kind * 2 + (words.includes('total') ? 0 : 1);
}

function volumeRank(words: string): number | null {
  const unit = headerUnit(words);
  const isVolume = unit === null || volumeUnitOf(unit) !== null;
  const bare = unit === null ? words : words.replace(unit, ' ').replace(/\s+/g, ' ').trim();
  return isVolume && VOLUME.test(bare) ? 0 : null;
}

function costRank(header: string, words: string): number | null {
  if (!header.includes('£') && !COST.test(words)) return null;
  if (BEFORE_VAT.test(words)) return 0;
  return NO_NET_COST.test(words) ? null : 1;
}

/** Where the month of a row stands, and its year if that stands apart. */
export type MonthPlaces = { month: number; year: number | null };

/** What a header says of a table of bills, of days or of months; null where it is the header of something else, or of nothing. */
export function billColumns(
  headers: readonly string[],
  needsMeter: boolean,
  ofMonth: MonthPlaces | null = null,
): BillPlaces | null {
  const words = headers.map(headerWords);
  const { month, year } = ofMonth ?? { month: null, year: null };
  const taken = new Set([month, year].flatMap((index) => index ?? []));
  const best = (rank: (words: string, header: string) => number | null): number | null => {
    const ranked = words.flatMap((word, index) => {
      const found = taken.has(index) || word === '' ? null : rank(word, headers[index] ?? '');
      return found === null ? [] : [{ found, index }];
    });
    const index = ranked.sort((a, b) => a.found - b.found)[0]?.index ?? null;
    if (index !== null) taken.add(index);
    return index;
  };
  const matching = (pattern: RegExp) => best((word) => (pattern.test(word) ? 0 : null));
  const from = ofMonth === null ? best((word) => (endOf(word) === 'from' ? 0 : null)) : null;
  const to = ofMonth === null ? best((word) => (endOf(word) === 'to' ? 0 : null)) : null;
  const [openingRead, closingRead] = [matching(OPENING), matching(CLOSING)];
  const quantity = best((word, header) => quantityRank(header, word));
  const meter = best((word) => rankOf(word, 'meter'));
  const hasDays = from !== null && to !== null;
  if (quantity === null || (ofMonth === null && !hasDays) || (needsMeter && meter === null)) return null;
  const [calorificValue, correctionFactor, volumeUnit] = [
    matching(CALORIFIC),
    matching(CORRECTION),
    matching(VOLUME_UNIT),
  ];
  const volume = best(volumeRank);
  const quality = best((word) => (READ_WORDS.test(word) || QUALITY_ROLES.includes(word) ? 0 : null));
  const invoice = matching(INVOICE_WORD);
  const cost = best((word, header) => costRank(header, word));
  const unit = best((word) => rankOf(word, 'unit'));
  const channel = best((word) => rankOf(word, 'channel'));
  const days = { from, to, month, year };
  const reads = { quality, openingRead, closingRead };
  const factors = { calorificValue, correctionFactor };
  const held = { quantity, unit, channel, total: null, invoice, cost };
  return { meter, ...days, ...held, ...reads, volume, volumeUnit, ...factors };
}

/** Lines that are looked at for the header. */
const LINES_MAX = 30;
/** Rows below it that are looked at for the length of their periods. */
const ROWS_MAX = 200;
/** A day alone is `1 March to 1 March` or `1 March to 2 March`; a bill is longer. */
const BILL_DAYS_MIN = 2;

/** Whether the rows below a header have periods of whole days, most of them longer than a day. */
function areBills(rows: readonly (readonly string[])[], from: number, to: number): boolean {
  const lengths = (['day-first', 'month-first'] as const).map((order) => {
    const moments = createMomentReader(order);
    return rows.flatMap((texts) => {
      const [start, end] = [moments.dated(texts[from] ?? ''), moments.dated(texts[to] ?? '')];
      if (isFault(start) || isFault(end)) return [];
      return [start.minute === 0 && end.minute === 0 ? end.day - start.day : 0];
    });
  });
  const [known = []] = lengths.toSorted((a, b) => b.length - a.length);
  return known.filter((days) => days >= BILL_DAYS_MIN).length * 2 > known.length;
}

/** What a table of bills is by the places of its columns in its header. */
export function billLayout(
  delimiter: Delimiter,
  headerLine: number,
  header: readonly string[],
  at: BillPlaces,
): BillRowLayout {
  const column = (index: number | null): LayoutColumn | null =>
    index === null ? null : { index, header: header[index] ?? '' };
  const unitOf = (index: number | null) => headerUnit(headerWords(header[index ?? -1] ?? ''));
  const meter = column(at.meter);
  return {
    shape: 'bill-rows',
    delimiter,
    headerLine,
    arrangement: null,
    columns: { ...byBillRole((role) => column(at[role])), meter: meter === null ? [] : [meter] },
    units: { quantity: unitOf(at.quantity), volume: unitOf(at.volume) },
    decimalMark: null,
    dateOrder: null,
    billEnd: null,
  };
}

/** What is said of a table of bills: each column that its header tells. */
export function billDecisions({ columns: { meter, ...columns } }: BillRowLayout): Decision[] {
  const held = [...meter.map((column) => ['meter', column] as const), ...Object.entries(columns)];
  return held.flatMap(([about, column]): Decision[] => {
    if (column === null) return [];
    const name = columnName(column);
    return [{ about, column: name, value: name, reason: 'Its header says so.', certainty: 'likely' }];
  });
}

/** Finds a table of bills in the first bytes of a file; null where it is something else. */
export function findBills(head: Buffer, needsMeter: boolean): SettledLayout<BillRowLayout> | null {
  for (const delimiter of DELIMITERS) {
    if (!head.includes(delimiter)) continue;
    const records = headRecords(head, delimiter, LINES_MAX + ROWS_MAX);
    for (const [index, { line, texts }] of records.slice(0, LINES_MAX).entries()) {
      const places = billColumns(texts, needsMeter);
      if (places === null || places.from === null || places.to === null) continue;
      const below = records.slice(index + 1).map((record) => record.texts);
      if (!areBills(below, places.from, places.to)) return null;
      const layout = billLayout(delimiter, line, texts, places);
      return { layout, decisions: billDecisions(layout), questions: [], header: texts, kept: null };
    }
  }
  return null;
}
