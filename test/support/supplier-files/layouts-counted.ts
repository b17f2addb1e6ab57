import { CLOCKS_OF_48_ON_THE_WALL, CLOCKS_OF_50, dayLayout, fixed, flaggedBlock, plainBlock } from './day-layout.ts';
import { clockTime, counted, DATES, starts } from './labels.ts';
import type { Column, SupplierLayout, ValueBlock } from './supplier-layout.ts';

const crownTime = (minute: number) => `${clockTime(minute)} ${minute < 720 ? 'AM' : 'PM'}`;
const crownValue = (label: string) => ` Consumption ${label}`;

/** The repeated hour of autumn stands behind all others, in two columns of its own. */
const CROWN: ValueBlock = {
  labels: starts(crownTime).map(crownValue),
  besides: { where: 'after', header: (label) => label.replace('Consumption', 'Estimated / Actual'), holds: 'flag' },
  timeChange: ['Time Change 1', 'Time Change 1 Est', 'Time Change 2', 'Time Change 2 Est'],
};

const BRITISH_GAS: readonly Column[] = [
  fixed('consumption_source', 'AMR'),
  ['mpxn', 'key'],
  ['msn', 'serial'],
  ['meter_read_type', 'flag'],
  ['reading_date', 'date'],
];

/** Layouts whose columns are counted from 1, and one that has room for the repeated hour. */
export const LAYOUTS_COUNTED: readonly SupplierLayout[] = [
  dayLayout({
    name: 'eft-solar',
    fuels: ['solar'],
    before: [
      fixed('Description', 'Main roof'),
      ['SerialNumber', 'serial'],
      ['DateTime', 'date'],
      ['import_total', 'dial'],
      fixed('export_total', '0'),
    ],
    values: {
      labels: counted(48, (number) => `kWh_${number}`),
      besides: { where: 'after', header: () => '_', holds: 'nothing' },
      timeChange: null,
    },
    after: [fixed('units', 'kWh')],
    writeDate: DATES.timeWeekdayUk,
    hasHeader: false,
  }),
  dayLayout({
    name: 'drax-portal',
    clocks: CLOCKS_OF_50,
    before: [
      ['MPAN', 'key'],
      ['Date', 'date'],
      ['Total', 'total'],
    ],
    values: {
      labels: counted(50, (number) => `HH${number}`),
      besides: { where: 'block', header: (label) => label, holds: 'flag' },
      timeChange: null,
    },
    writeDate: DATES.iso,
  }),
  dayLayout({
    name: 'tgp-hh-manual',
    fuels: ['electricity', 'gas'],
    clocks: CLOCKS_OF_50,
    before: [
      ['MPAN', 'key'],
      fixed('@Meter/ @GSP / @NBP', '@Meter'),
      ['Date', 'date'],
      ['Sum HH Consumption (for the day)', 'total'],
      ['Actual or Estimate', 'is-estimate'],
      ['Measurement Quantity ID', 'channel'],
    ],
    values: plainBlock(counted(50, (number) => `Consumption(KWh) HH${number}`)),
  }),
  dayLayout({
    name: 'my-energy-coach',
    before: [fixed('siteRef', 'S-104'), ['MPAN', 'key'], ['ConsumptionDate', 'date']],
    values: plainBlock(counted(48, (number) => `kWh_${number}`)),
  }),
  dayLayout({
    name: 'my-energy-coach-data-marker',
    before: [fixed('siteRef', 'S-104'), ['MPAN', 'key'], ['ConsumptionDate', 'date']],
    values: flaggedBlock(
      counted(48, (number) => `kWh_${number}`),
      () => 'Data Marker',
    ),
  }),
  dayLayout({
    name: 'crown-electricity',
    clocks: CLOCKS_OF_50,
    before: [['MPAN Core', 'key'], ['Serial Num', 'serial'], fixed('Site Ref', 'S-104'), ['Read Date', 'date']],
    values: CROWN,
    after: [['Total kWh', 'total']],
  }),
  dayLayout({
    name: 'british-gas-dc-da',
    fuels: ['electricity', 'gas'],
    before: BRITISH_GAS,
    values: plainBlock(counted(48, (number) => `interval_${number}`)),
    after: [fixed('run_dt', '2025/11/10')],
    writeDate: DATES.slashYearFirst,
  }),
  dayLayout({
    name: 'british-gas-dc-da-electricity',
    before: BRITISH_GAS,
    values: {
      labels: counted(48, (number) => `interval_${number}`),
      besides: { where: 'before', header: (label) => `${label}_indicator`, holds: 'flag' },
      timeChange: null,
    },
    after: [fixed('run_dt', '2025/11/10')],
    writeDate: DATES.slashYearFirst,
  }),
  dayLayout({
    name: 'tem',
    clocks: CLOCKS_OF_48_ON_THE_WALL,
    before: [
      ['', 'key'],
      ['Settlement Period', 'date'],
    ],
    values: plainBlock(counted(48, String)),
    writeDate: DATES.iso,
    titles: 1,
  }),
  dayLayout({
    name: 'corona-weekly-hh-electricity',
    clocks: CLOCKS_OF_48_ON_THE_WALL,
    before: [
      ['MPAN_CORE', 'key'],
      ['SETTLEMENT_DATETIME', 'date'],
    ],
    values: plainBlock(counted(48, (number) => `ID${number}`)),
  }),
  dayLayout({
    name: 'corona-weekly-hh-electricity-50',
    clocks: CLOCKS_OF_50,
    before: [
      ['MPAN_CORE', 'key'],
      ['SETTLEMENT_DATETIME', 'date'],
    ],
    values: plainBlock(counted(50, (number) => `ID${number}`)),
  }),
];
