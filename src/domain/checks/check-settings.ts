import {
  measuredSetting as measured,
  OWN_DECISION as OWN,
  type SettingTable,
  type SettingValues,
  shareSetting as share,
  wholeSetting as whole,
} from '../setting-table.ts';

/** Thresholds of the checks (rule E12), each with its default and where that comes from. */
export const CHECK_SETTINGS = {
  spike: {
    timesPercentile: measured(3, 'times', 'Fires above so many times the usual high value.', OWN, { minimum: 1 }),
    percentile: share(
      0.995,
      'values',
      'The usual high value: this quantile of the same time of day on like days.',
      OWN,
    ),
    historyDays: whole(365, 'days', 'Days before that are looked at.', OWN),
    historyDaysMin: whole(28, 'days', 'Days with data that are needed to judge.', OWN),
    excessShareOfDay: share(0.02, 'a mean day', 'The excess is larger than this share of a mean day.', OWN),
  },
  aboveCapacity: {
    factor: measured(1.1, 'times', 'Fires above so many times the agreed capacity.', OWN, { minimum: 1 }),
  },
  dayTotal: {
    lowTimes: measured(1 / 3, 'times', 'Fires below so many times the median of like days.', OWN, { maximum: 1 }),
    highTimes: measured(3, 'times', 'Fires above so many times the median of like days.', OWN, { minimum: 1 }),
    weeks: whole(8, 'weeks', 'Like days of so many weeks before and after are looked at.', OWN, { maximum: 26 }),
    daysRunning: whole(2, 'days', 'So many days running are out of the usual.', OWN),
  },
  flatline: {
    sameValueHours: measured(12, 'hours', 'Fires when a value other than 0 stands still for so long.', OWN),
    zeroHours: measured(6, 'hours', 'Fires when 0 stands for so long where nights usually use something.', OWN),
    nights: whole(56, 'nights', 'Nights before that are looked at.', OWN),
    nightShareMin: share(0.95, 'nights', 'Nights that used something, for zeros to be unusual.', OWN),
    gasZeroDays: whole(14, 'days', 'Fires when gas is 0 for so many days from October to April.', OWN),
  },
  unitRatio: {
    tolerance: share(0.03, 'the ratio', 'How close to a known ratio of units fires.', OWN),
    days: whole(7, 'days', 'Days that are compared at least.', OWN),
    historyWeeks: whole(8, 'weeks', 'Weeks before that own history is taken from.', OWN, { maximum: 26 }),
  },
  clockShift: {
    halfHours: whole(2, 'half-hours', 'Largest shift looked for.', OWN, { maximum: 4 }),
    weeks: whole(8, 'weeks', 'Weeks before that the usual profile is taken from.', OWN, { maximum: 26 }),
    daysOfSeven: whole(5, 'days of seven', 'Days of a week that show the same shift.', OWN, { maximum: 7 }),
    correlationGain: share(0.05, 'one', 'How much better the shifted day fits the usual profile.', OWN),
  },
  billReconciliation: {
    share: share(
      0.02,
      'the bill',
      'Fires when intervals differ from the bill by more.',
      'vendors of bill validation let this be set in percent',
    ),
    quantity: measured(50, "the meter's unit", 'And by more than this quantity.', OWN, { maximum: 1_000_000 }),
  },
  subMeters: {
    excessShare: share(0.02, 'the main meter', 'Fires when sub-meters add up to more than the meter above them.', OWN),
    remainderShare: share(0.15, 'the main meter', 'Says what no sub-meter shows, where it is more.', OWN),
  },
  overdue: {
    halfHourlyWorkingDays: whole(3, 'working days', 'Half-hourly meters, after their last day.', OWN),
    amrDays: whole(10, 'days', 'Other meters with intervals, after their last day.', OWN),
    registerDays: whole(35, 'days', 'Meters with register readings, after the last one.', OWN),
    monthlyBillDays: whole(45, 'days', 'Meters billed by the month, after the last bill ends.', OWN),
    quarterlyBillDays: whole(120, 'days', 'Meters billed by the quarter or less often, after the last bill ends.', OWN),
    waterBillDays: whole(210, 'days', 'Billed water meters, after the last bill ends.', OWN),
  },
  estimatedTooLong: {
    billsRunning: whole(3, 'bills', 'So many estimated bills one after the other.', OWN),
    monthsWithoutActual: whole(12, 'months', 'So long without a bill or a reading that was read.', OWN),
  },
  nightWater: {
    nights: whole(3, 'nights', 'Nights running in which the flow never stops from 01:00 to 05:00.', OWN),
  },
  baseLoad: {
    times: measured(1.2, 'times', 'Fires above so many times the mean from 00:00 to 05:00 of last year.', OWN, {
      minimum: 1,
    }),
    nights: whole(7, 'nights', 'Nights that are compared.', OWN, { maximum: 31 }),
  },
  demand: {
    highShare: share(0.95, 'the agreed capacity', 'Fires when the demand reaches more.', OWN),
    lowShare: share(0.6, 'the agreed capacity', 'Says when the demand stayed below it.', OWN),
    lowMonths: whole(12, 'months', 'For so long.', OWN, { maximum: 36 }),
  },
} as const satisfies SettingTable;

export type CheckSettings = SettingValues<typeof CHECK_SETTINGS>;
