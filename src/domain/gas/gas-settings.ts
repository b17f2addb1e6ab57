import { measuredSetting, type SettingTable, type SettingValues } from '../setting-table.ts';
import { CALORIFIC_VALUE_BAND } from './gas-factors.ts';

/** How volumes of gas are converted where nobody states a number (rule E6), with its default and where that comes from. */
export const GAS_SETTINGS = {
  conversion: {
    assumedCalorificValue: measuredSetting(
      39.5,
      'MJ/m3',
      'Gross calorific value of gas where neither the bill nor a zone states one; flagged `assumed-cv` wherever it is used. Holds for volumes that are converted from then on: what a volume was converted with before, it keeps.',
      'worked examples of several suppliers; the Digest of UK Energy Statistics, table A.1, has 39.6',
      { minimum: CALORIFIC_VALUE_BAND.from, maximum: CALORIFIC_VALUE_BAND.to },
    ),
  },
} as const satisfies SettingTable;

export type GasSettings = SettingValues<typeof GAS_SETTINGS>;

/** What a change of the settings leaves as it is; nothing where it leaves nothing. */
export function gasNotices(before: GasSettings, after: GasSettings): string[] {
  const [was, is] = [before.conversion.assumedCalorificValue, after.conversion.assumedCalorificValue];
  if (was === is) return [];
  return [
    `The assumed calorific value of gas is ${is} MJ/m3 and was ${was}: volumes that arrive from now on are converted with it; those that were converted with another keep theirs, which is listed with each conversion.`,
  ];
}
