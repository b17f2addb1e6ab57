import { CLOCKS_OF_48_WITH_TOTAL, dayLayout, fixed, flaggedBlock, plainBlock } from './day-layout.ts';
import { DATES, ends, starts } from './labels.ts';
import type { Column, SupplierLayout } from './supplier-layout.ts';

const PORTAL: readonly Column[] = [
  fixed('Company Name', 'Anytown Council'),
  fixed('Site Name', 'Market Street'),
  fixed('Online Meter Name', 'Meter 1'),
];

const withoutZero = (minute: number) => `${Math.floor(minute / 60)}:${String(minute % 60).padStart(2, '0')}`;
const TOTAL: readonly Column[] = [['Total', 'total']];

/** Layouts whose columns are named by the end of their half-hour, or by no name at all. */
export const LAYOUTS_BY_END: readonly SupplierLayout[] = [
  dayLayout({
    name: 'east-sussex-gas',
    fuels: ['gas'],
    clocks: CLOCKS_OF_48_WITH_TOTAL,
    before: [
      ['Meter', 'key'],
      ['Date', 'date'],
    ],
    values: plainBlock(ends('00:00')),
    after: TOTAL,
    writeDate: DATES.isoShortYear,
  }),
  dayLayout({
    name: 'eon',
    before: [
      ['MPAN', 'key'],
      ['DATE', 'date'],
    ],
    values: plainBlock(ends('2400', (minute) => String(Math.floor(minute / 60) * 100 + (minute % 60)))),
  }),
  dayLayout({
    name: 'imserv-datavision',
    before: [
      ['Site Id', 'key'],
      ['Meter Number', 'serial'],
      fixed('Data Type', 'Active Import'),
      ['Reading Date', 'date'],
    ],
    values: flaggedBlock(ends('24:00'), () => 'DQ Flag'),
  }),
  dayLayout({
    name: 'smartestenergy',
    before: [
      ...PORTAL,
      ['MPAN', 'key'],
      ['Meter ID', 'serial'],
      ['Type', 'channel'],
      ['Est', 'is-estimate'],
      ['Date', 'date'],
    ],
    values: plainBlock(ends('00:00')),
    writeDate: DATES.ukShortYear,
    titles: 6,
  }),
  dayLayout({
    name: 'stark-portal',
    before: [
      ...PORTAL,
      ['MPAN', 'key'],
      ['Meter ID', 'serial'],
      ['Type', 'channel'],
      ['Est', 'is-estimate'],
      ['Date', 'date'],
    ],
    values: plainBlock(ends('00:00')),
    writeDate: DATES.ukShortYear,
    titles: 8,
    hasReactive: true,
  }),
  dayLayout({
    name: 'stark-portal-gas',
    fuels: ['gas'],
    before: [...PORTAL, ['MPRN', 'key'], ['Meter ID', 'serial'], ['Units', 'unit'], ['Date', 'date']],
    values: plainBlock(ends('00:00')),
    writeDate: DATES.ukShortYear,
    titles: 8,
  }),
  dayLayout({
    name: 'energy-assets2',
    fuels: ['gas'],
    clocks: CLOCKS_OF_48_WITH_TOTAL,
    before: [
      ['Meter', 'key'],
      ['Date', 'date'],
    ],
    values: plainBlock(ends('00:00')),
    after: TOTAL,
    writeDate: (day) => `${DATES.iso(day)} `,
  }),
  dayLayout({
    name: 'digital-energy',
    clocks: CLOCKS_OF_48_WITH_TOTAL,
    before: [
      ['Meter Name', 'alias'],
      ['MPAN', 'key'],
      ['Serial', 'serial'],
      ['Date', 'date'],
    ],
    values: plainBlock(ends('0:00', withoutZero)),
    after: TOTAL,
    titles: 5,
  }),
  dayLayout({
    name: 'digital-energy-serial',
    clocks: CLOCKS_OF_48_WITH_TOTAL,
    before: [fixed('Meter Name', 'Main incomer'), ['Serial', 'serial'], ['Date', 'date']],
    values: plainBlock(ends('0:00')),
    after: TOTAL,
    titles: 5,
  }),
  dayLayout({
    name: 'bam',
    clocks: CLOCKS_OF_48_WITH_TOTAL,
    before: [fixed('Meter Name', 'Main incomer'), ['Serial', 'serial'], ['Date', 'date']],
    values: plainBlock(ends('00:00')),
    after: TOTAL,
    titles: 5,
  }),
  dayLayout({
    name: 'entrust',
    before: [
      ['Meter Id', 'key'],
      fixed('Site Code', 'S-104'),
      fixed('Meter Reference', 'MR-1'),
      fixed('Site Name', 'Market Street'),
      ['Meter Serial Number', 'serial'],
      ['Date', 'date'],
    ],
    values: plainBlock(ends('24:00')),
  }),
  dayLayout({
    name: 'entrust-new',
    clocks: CLOCKS_OF_48_WITH_TOTAL,
    before: [
      ['Meter Id', 'key'],
      fixed('Site Code', 'S-104'),
      fixed('Meter Reference', 'MR-1'),
      fixed('Site Name', 'Market Street'),
      ['Meter Serial Number', 'serial'],
      ['Total Units', 'total'],
      ['Date', 'date'],
    ],
    values: plainBlock(ends('00:00:00')),
  }),
  dayLayout({
    name: 'siemens',
    fuels: ['electricity', 'gas'],
    before: [
      ['MPXN', 'key'],
      ['Date', 'date'],
    ],
    values: plainBlock(ends('00:00')),
    writeDate: DATES.ukShortYear,
    hasHeader: false,
    isByDate: true,
  }),
];

const flag = (label: string) => `${label} Flag`;

/** Layouts with columns named by the start of their half-hour, and a flag for each. */
export const LAYOUTS_BY_START_WITH_FLAGS: readonly SupplierLayout[] = [
  dayLayout({
    name: 'edf-historic',
    clocks: ['utc'],
    before: [
      ['MPN', 'key'],
      ['Date (UTC)', 'date'],
      ['Total kWh', 'total'],
    ],
    values: flaggedBlock(starts(), () => 'Type'),
  }),
  dayLayout({
    name: 'sse-dukefield-energy',
    before: [['MPAN', 'key'], fixed('Meter Name', 'Main incomer'), ['Description', 'channel'], ['Date', 'date']],
    values: flaggedBlock(starts(), flag),
    writeDate: DATES.ukShortYear,
    hasReactive: true,
  }),
];
