import {
  measuredSetting as measured,
  OWN_DECISION as OWN,
  type SettingTable,
  type SettingValues,
  shareSetting as share,
  wholeSetting as whole,
} from '../setting-table.ts';

/** Limits of the estimation of gaps (rule E11), each with its default and where that comes from. */
export const ESTIMATION_SETTINGS = {
  linear: {
    hoursMax: measured(
      2,
      'hours',
      'Longest gap that is bridged by a straight line between its neighbours.',
      'Claridge and Chen, Missing data estimation for 1-6 hour gaps in energy use and weather data (2006): best for gaps of 1 to 6 hours',
      { maximum: 6 },
    ),
  },
  likeDays: {
    daysMax: whole(7, 'days', 'Longest gap that takes the mean of like days.', OWN, { maximum: 31 }),
    windowDays: whole(
      28,
      'days',
      'How far before and after a like day may lie.',
      'settlement practice of one month either side (Elexon change proposal CP0759)',
      { maximum: 92 },
    ),
    likeDaysMin: whole(2, 'days', 'Like days that are needed.', OWN, { maximum: 20 }),
    likeDaysMax: whole(4, 'days', 'Like days that are taken, the nearest first.', OWN, { maximum: 20 }),
  },
  yearBefore: {
    daysMax: whole(92, 'days', 'Longest gap that is estimated at all.', OWN, { maximum: 366 }),
    ratioDays: whole(28, 'days', 'Days before the gap that tell how this year compares with the last.', OWN, {
      minimum: 7,
      maximum: 92,
    }),
    actualShareMin: share(0.9, 'the days compared', 'How much of both years must be actual.', OWN),
  },
  accrual: {
    daysMax: whole(35, 'days', 'How far past its last value an overdue meter is carried on.', OWN, { maximum: 92 }),
  },
} as const satisfies SettingTable;

export type EstimationSettings = SettingValues<typeof ESTIMATION_SETTINGS>;
