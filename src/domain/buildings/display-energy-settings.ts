import {
  OWN_DECISION,
  type SettingTable,
  type SettingValues,
  shareSetting as share,
  wholeSetting as whole,
} from '../setting-table.ts';

const REGULATIONS = 'SI 2012/3118, regulation 14';
const YEARS = { minimum: 1, maximum: 50 };
const AREA = { minimum: 1, maximum: 100_000 };

/** What operational ratings and display energy certificates go by, each with its default and where that comes from. */
export const DISPLAY_ENERGY_SETTINGS = {
  rating: {
    actualShareMin: share(
      0.95,
      'the energy of each fuel',
      'How much must be actual data for an operational rating.',
      OWN_DECISION,
    ),
  },
  certificates: {
    areaMinM2: whole(
      250,
      'm2',
      'Floor area from which a building that the public visits must show a certificate.',
      REGULATIONS,
      AREA,
    ),
    yearlyAboveM2: whole(
      1000,
      'm2',
      'Floor area above which the shorter of the two validities holds.',
      REGULATIONS,
      AREA,
    ),
    yearsAbove: whole(1, 'years', 'Validity of a certificate above that area.', REGULATIONS, YEARS),
    yearsUpTo: whole(10, 'years', 'Validity of a certificate up to that area.', REGULATIONS, YEARS),
  },
  reports: {
    yearsAbove: whole(
      7,
      'years',
      'Validity of an advisory report above that area.',
      'SI 2007/991, regulation 16; that it still holds is an assumption',
      YEARS,
    ),
    yearsUpTo: whole(10, 'years', 'Validity of an advisory report up to that area.', 'an assumption', YEARS),
  },
  reminders: {
    daysAhead: whole(90, 'days', 'How long before its end a certificate is reminded of.', OWN_DECISION, {
      minimum: 0,
      maximum: 3_660,
    }),
  },
} as const satisfies SettingTable;

export type DisplayEnergySettings = SettingValues<typeof DISPLAY_ENERGY_SETTINGS>;
