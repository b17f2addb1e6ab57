/** What a column of a file holds. */
export type ColumnRole =
  | 'meter'
  | 'serial'
  | 'day'
  | 'time'
  | 'period'
  | 'start'
  | 'end'
  | 'value'
  | 'dial'
  | 'quality'
  | 'is-estimate'
  | 'channel'
  | 'unit';

/**
 * Headers by meaning, each as `headerWords` writes it. The order of a list is the order of preference when a file has
 * several such columns.
 */
const ROLE_WORDS: Readonly<Record<ColumnRole, readonly string[]>> = {
  meter: [
    'mpan',
    'mprn',
    'mpxn',
    'mpan core',
    'mpan mprn',
    'mpan mprn spid',
    'mpan number',
    'mprn number',
    'mpr',
    'mpn',
    'spid',
    'meter key',
    'meter point',
    'metering point',
    'meter point reference',
    'meter point number',
    'supply point',
    'supply number',
    'meter reference',
    'meter ref',
    'meter id',
    'meter number',
    'meter no',
    'meter',
    'meter name',
    'meter identifier',
    'site id',
    'site',
    'site name',
  ],
  serial: [
    'serial',
    'serial number',
    'serial num',
    'serial no',
    'meter serial',
    'meter serial number',
    'meter serial no',
    'msn',
    'meter msn',
    'generation msn',
  ],
  day: [
    'date',
    'day',
    'local date',
    'reading date',
    'read date',
    'settlement date',
    'consumption date',
    'usage date',
    'data date',
    'start date',
    'date utc',
    'date gmt',
    'read date uk',
    'date local',
    'gas day',
    'gas date',
    'delivery date',
    'flow date',
    'usage day',
  ],
  time: [
    'time',
    'start time',
    'reading time',
    'read time',
    'time slot',
    'time of day',
    'time utc',
    'time gmt',
    'end time',
    'hour ending',
    'hour end',
    'hour beginning',
    'hour starting',
    'hour start',
    'hour',
  ],
  period: [
    'settlement period',
    'period',
    'sp',
    'hh',
    'half hour',
    'interval',
    'period number',
    'hour',
    'gas hour',
    'hour number',
    'hour ending',
    'hour ended',
    'hour end',
    'he',
    'hour beginning',
    'hour starting',
    'hour start',
    'hb',
    'hour of day',
    'hour of the day',
    'hr',
    'hr ending',
  ],
  start: [
    'start',
    'datetime',
    'date time',
    'timestamp',
    'time stamp',
    'date time stamp',
    'start datetime',
    'start date time',
    'interval start',
    'period start',
    'start time utc',
    'from',
    'reading datetime',
    'read datetime',
    'read date time',
    'read date time utc',
    'settlement datetime',
    'date time utc',
    'datetime utc',
    'timestamp utc',
    'start utc',
    'date time gmt',
    'local time',
    'reading date time',
  ],
  end: [
    'end',
    'end datetime',
    'end date time',
    'interval end',
    'period end',
    'to',
    'end utc',
    'interval end utc',
    'hour ending',
    'hour end',
    'datetime hour ending',
    'date time hour ending',
  ],
  value: [
    'value',
    'consumption',
    'usage',
    'energy',
    'quantity',
    'energy use',
    'energy consumption',
    'kwh',
    'm3',
    'volume',
    'reading',
    'units used',
    'consumption value',
    'half hourly consumption',
    'active energy',
    'import',
    'active import',
    'generation',
    'generated',
    'export',
    'active export',
    'delta',
  ],
  dial: [
    'meter reading',
    'register reading',
    'register',
    'index',
    'cumulative',
    'cumulative reading',
    'dial reading',
    'meter read',
    'latest meter reading',
    'latest generation meter reading',
  ],
  quality: [
    'quality',
    'data quality',
    'dq flag',
    'flag',
    'status',
    'a e',
    'ae',
    'actual estimated',
    'estimated actual',
    'actual or estimate',
    'actual or estimated',
    'data marker',
    'data status',
    'read type',
    'reading type',
    'indicator',
    'quality flag',
    'ae flag',
  ],
  'is-estimate': ['est', 'estimated', 'estimate', 'is estimate', 'is estimated'],
  channel: ['channel', 'channel type', 'measurement type', 'measurement quantity', 'measurement quantity id'],
  unit: ['unit', 'units', 'uom', 'unit of measure', 'measurement unit'],
};

/** Units are written with capitals inside, which are no beginning of a new word. */
const MIXED_CASE_UNIT = /(?<![a-z])(?:[kMG]?Wh?|kVA(?:r?h?))(?![a-z])/gi;

/** A header in its plainest form: lower case, words apart, no punctuation. `meterPoint` and `Meter_Point` are the same. */
export function headerWords(header: string): string {
  return header
    .replaceAll('³', '3')
    .replace(MIXED_CASE_UNIT, (unit) => unit.toLowerCase())
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();
}

const UNIT_WORD =
  /\b(kwh|mwh|gwh|wh|kw|mw|kvarh|kvar|kvah|kva|m3|cubic metres?|litres?|liters?|kg|tonnes?|therms?|ft3|hcf|ccf|hundreds? of cubic feet|(?:100s? )?(?:cubic feet|cu ft|cuft)|[tmoh]cuf|[thn]m3)\b/;

/** The unit that a header names, such as kwh in `Consumption (kWh)`, in small letters; null when it names none. */
export function headerUnit(words: string): string | null {
  return UNIT_WORD.exec(words)?.[1] ?? null;
}

/** Roles whose headers name no unit: `Day kWh` is a quantity and no date. */
const WITHOUT_UNIT: ReadonlySet<ColumnRole> = new Set(['day', 'time', 'period', 'start', 'end']);

/** How well a header fits a role: 0 is the best word of the list, null no word of it. */
export function rankOf(words: string, role: ColumnRole): number | null {
  const exact = ROLE_WORDS[role].indexOf(words);
  if (exact >= 0) return exact;
  const unit = headerUnit(words);
  if (unit === null || unit === words || WITHOUT_UNIT.has(role)) return null;
  const bare = ROLE_WORDS[role].indexOf(words.replace(UNIT_WORD, '').replace(/\s+/g, ' ').trim());
  return bare < 0 ? null : bare;
}

/** Headers of what a counter shows, which is no consumption. */
const COUNTER_WORD = /\b(?:cumulative|totali[sz]er|lifetime|(?:meter|register|dial) readings?|running total)\b/;

/** Whether a header speaks of what a counter shows. */
export function isCounterHeader(words: string): boolean {
  return COUNTER_WORD.test(words);
}

/** Whether a header can be taken for a flag that stands beside a value. */
export function isFlagHeader(words: string): boolean {
  return words === 'type' || rankOf(words, 'quality') !== null || rankOf(words, 'is-estimate') !== null;
}
