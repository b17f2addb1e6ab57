import {
  measuredSetting as measured,
  type SettingTable,
  type SettingValues,
  shareSetting as share,
  wholeSetting as whole,
} from '../setting-table.ts';

const OWN = 'decision of this service';
const CALTRACK = 'CalTRACK methods, as in the sufficiency criteria of the open-source energy efficiency meter';

/** How weather is told from use, each with its default and where that comes from. */
export const WEATHER_SETTINGS = {
  degreeDays: {
    baseTemperatureC: measured(
      15.5,
      '°C',
      'Base temperature of the heating degree days that meters are set against.',
      'the base of published degree days in the United Kingdom',
      { maximum: 40 },
    ),
  },
  fit: {
    daysMin: whole(365, 'days', 'Shortest period that a meter is fitted over.', CALTRACK, { minimum: 28 }),
    actualShareMin: share(0.9, 'the days of that period', 'How much of it must be measured.', CALTRACK),
    pointsMin: whole(8, 'points', 'Months or billed periods that are needed.', OWN, { minimum: 3, maximum: 100 }),
    cvRmseMax: measured(
      0.3,
      'share of the mean',
      'Largest coefficient of variation of the root mean square error, adjusted for the two coefficients.',
      CALTRACK,
      { maximum: 10 },
    ),
    rSquaredMin: share(0.75, 'the variance', 'Smallest coefficient of determination.', OWN),
    slopeTMin: measured(2, 'standard errors', 'How far the slope must lie above zero.', `${OWN}; usual in regression`, {
      maximum: 100,
    }),
  },
} as const satisfies SettingTable;

export type WeatherSettings = SettingValues<typeof WEATHER_SETTINGS>;
