import { CLOCKS_OF_48_ON_THE_WALL, CLOCKS_OF_48_WITH_TOTAL, dayLayout, fixed, plainBlock } from './day-layout.ts';
import { clockSeconds, DATES, halfDayTime, spans, starts } from './labels.ts';
import type { SupplierLayout } from './supplier-layout.ts';

/** Layouts whose columns are named by the start of their half-hour. */
export const LAYOUTS_BY_START: readonly SupplierLayout[] = [
  dayLayout({
    name: 'solar-for-schools',
    fuels: ['solar'],
    before: [
      fixed('id', '8841'),
      fixed('name', 'Main roof'),
      ['date', 'date'],
      fixed('type', 'generation'),
      ['MPAN', 'key'],
    ],
    values: plainBlock(starts(halfDayTime)),
    writeDate: DATES.ukSpaces,
  }),
  dayLayout({
    name: 'orsis-historic',
    before: [['MPAN', 'key'], fixed('Meter Name', 'Main incomer'), ['Units', 'unit'], ['Reading Date', 'date']],
    values: plainBlock(starts()),
  }),
  dayLayout({
    name: 'sse',
    before: [
      ['MPAN', 'key'],
      ['Units', 'unit'],
      ['Date', 'date'],
    ],
    values: plainBlock(starts()),
    writeDate: DATES.ukShortYear,
    hasReactive: true,
  }),
  dayLayout({
    name: 'crown',
    fuels: ['gas'],
    clocks: CLOCKS_OF_48_WITH_TOTAL,
    before: [
      ['MPRN', 'key'],
      ['Meter_Serial_Number', 'serial'],
      ['Date', 'date'],
    ],
    values: plainBlock(starts(halfDayTime)),
    after: [['Total kWh', 'total']],
    isQuoted: true,
  }),
  dayLayout({
    name: 'mycorona-portal',
    before: [
      ['Site', 'key'],
      ['Day', 'date'],
      ['Unit', 'unit'],
    ],
    values: plainBlock(starts()),
  }),
  dayLayout({
    name: 'british-gas-new',
    fuels: ['electricity', 'gas'],
    clocks: CLOCKS_OF_48_WITH_TOTAL,
    before: [
      fixed('Customer', 'Anytown Council'),
      fixed('URN', '100045'),
      fixed('Site Name', 'Market Street'),
      fixed('Address Line 1', '1 Market Street'),
      ['MPAN/MPRN/SPID', 'key'],
      ['Reading Date', 'date'],
      fixed('Data Quality(% Complete)', '100'),
      ['Consumption (kWh)', 'total'],
    ],
    values: plainBlock(starts()),
    titles: 2,
  }),
  dayLayout({
    name: 'my-sefe-portal-new',
    fuels: ['gas'],
    clocks: CLOCKS_OF_48_WITH_TOTAL,
    before: [
      ['MPRN', 'key'],
      ['Meter Serial Number', 'serial'],
      ['Date', 'date'],
    ],
    values: plainBlock(starts()),
    after: [['Total', 'total']],
  }),
  dayLayout({
    name: 'engie',
    before: [
      ['Meter Name', 'alias'],
      ['Date', 'date'],
    ],
    values: plainBlock(starts()),
  }),
  dayLayout({
    name: 'solar-for-schools-new',
    fuels: ['solar'],
    before: [fixed('name', 'Main roof'), ['meter', 'serial'], ['date', 'date']],
    values: plainBlock(starts()),
    writeDate: DATES.iso,
  }),
  dayLayout({
    name: 'passiv-solar',
    fuels: ['solar'],
    clocks: ['utc'],
    before: [
      fixed('Meter Type', 'Generation'),
      ['Generation MSN', 'serial'],
      ['Latest Generation Meter Reading (kWh)', 'dial'],
      ['Date/Time Stamp', 'date'],
    ],
    values: plainBlock(spans()),
    writeDate: DATES.isoInstant,
    isDatedNextDay: true,
  }),
  dayLayout({
    name: 'asl-centrica-solar',
    fuels: ['solar'],
    before: [
      fixed('reference', 'SOL-77'),
      ['meter', 'serial'],
      ['time', 'date'],
      ['total_import', 'dial'],
      fixed('total_export', '0'),
    ],
    values: {
      labels: starts(),
      besides: { where: 'after', header: (label) => `status_${label}`, holds: 'flag' },
      timeChange: null,
    },
    writeDate: DATES.iso,
  }),
  dayLayout({
    name: 'brook-green',
    clocks: CLOCKS_OF_48_ON_THE_WALL,
    before: [
      fixed('customerNumber', '5501'),
      fixed('account', 'A-20311'),
      ['meterPoint', 'key'],
      ['units', 'unit'],
      ['readDate_uk', 'date'],
      fixed('consumptionNHH', ''),
    ],
    values: plainBlock(starts((minute) => `consumptionHH_${clockSeconds(minute).replaceAll(':', '_')}`)),
  }),
  dayLayout({
    name: 'energy-assets-regent',
    fuels: ['gas'],
    before: [
      fixed('UtilityType', 'Gas'),
      ['MPRN', 'key'],
      ['SerialNum', 'serial'],
      ['Unit', 'unit'],
      ['Date', 'date'],
      ['Reading', 'dial'],
    ],
    values: plainBlock(starts()),
    writeDate: DATES.ukShortYear,
  }),
];
