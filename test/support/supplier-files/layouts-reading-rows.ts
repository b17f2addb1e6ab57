import { fixed } from './day-layout.ts';
import { clockTime, DATES } from './labels.ts';
import type { FileClock, SupplierLayout } from './supplier-layout.ts';

const CLOCKS: readonly FileClock[] = ['local', 'utc', 'local48-blank', 'local48-zero'];

/** Layouts with a row for each reading. */
export const LAYOUTS_OF_READING_ROWS: readonly SupplierLayout[] = [
  {
    name: 'datavision-custom',
    fuels: ['electricity'],
    clocks: CLOCKS,
    before: [
      ['MPAN', 'key'],
      ['Date/Time', 'date'],
      ['Energy (kWh)', 'value'],
      ['Data Quality', 'flag'],
    ],
    values: null,
    after: [],
    writeDate: DATES.uk,
    writeTime: clockTime,
    label: 'end',
    titles: 1,
    hasHeader: true,
  },
  {
    name: 'meter-online-solar',
    fuels: ['solar'],
    clocks: CLOCKS,
    before: [
      ['MPAN', 'key'],
      ['Start Date', 'date'],
      ['Reading Time', 'time'],
      ['End Date', 'end-date'],
      ['End Time', 'end-time'],
      ['kWh', 'value'],
    ],
    values: null,
    after: [],
    writeDate: DATES.ukShortYearDashes,
    writeTime: clockTime,
    label: 'start',
    titles: 1,
    hasHeader: true,
  },
  {
    name: 'ugp',
    fuels: ['gas'],
    clocks: ['local', 'utc', 'local48-blank', 'local48-zero'],
    before: [
      fixed('Fuel', 'Gas'),
      ['Meter Point', 'key'],
      ['Date', 'date'],
      ['Time Slot', 'period'],
      ['Consumption', 'value'],
      fixed('Company', 'Anytown Council'),
    ],
    values: null,
    after: [],
    writeDate: DATES.uk,
    titles: 0,
    hasHeader: true,
  },
];
