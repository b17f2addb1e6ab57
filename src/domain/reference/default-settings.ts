import { DISPLAY_ENERGY_SETTINGS, type DisplayEnergySettings } from '../buildings/display-energy-settings.ts';
import { CHECK_SETTINGS, type CheckSettings } from '../checks/check-settings.ts';
import type { Consolidation } from '../consolidation.ts';
import { Decimal } from '../decimal.ts';
import { ESTIMATION_SETTINGS, type EstimationSettings } from '../estimation/estimation-settings.ts';
import { GAS_SETTINGS, type GasSettings } from '../gas/gas-settings.ts';
import { withDefaults } from '../setting-table.ts';
import { WEATHER_SETTINGS, type WeatherSettings } from '../weather/weather-settings.ts';

/** The organisation's settings, as they are stored. */
export type Settings = {
  organisation: string;
  /** First day of a reporting year, `MM-DD`. */
  reportingYearStart: string;
  /** How the boundary is drawn, by date; the first entry holds since ever (rule D2). */
  consolidation: Consolidation;
  reportedLines: readonly string[];
  returnToSewer: Decimal;
  missingShareMax: Decimal;
  estimatedShareMax: Decimal;
  significanceThreshold: Decimal;
  /** Change of a published figure from which its statement is restated (rule I2). */
  restatementThreshold: Decimal;
  /** Thresholds of the checks (rule E12). */
  checks: CheckSettings;
  /** Limits of the estimation of gaps (rule E11). */
  estimation: EstimationSettings;
  /** Region whose degree days hold for sites that name none. */
  weatherRegion: string | null;
  /** How weather is told from use. */
  weather: WeatherSettings;
  /** How volumes of gas are converted (rule E6). */
  gas: GasSettings;
  /** What operational ratings and display energy certificates go by (rule J). */
  displayEnergy: DisplayEnergySettings;
  /** Days after which the bytes of a sent file are removed; null keeps them for ever. */
  keptFileDays: number | null;
};

/** What holds until the council says otherwise. */
export const DEFAULT_SETTINGS: Settings = {
  organisation: 'Unnamed council',
  reportingYearStart: '04-01',
  consolidation: [{ from: null, approach: 'operational-control' }],
  reportedLines: ['all'],
  // An assumption seen in published council reports, not a measurement (rule B7).
  returnToSewer: new Decimal('0.90'),
  missingShareMax: new Decimal('0.05'),
  estimatedShareMax: new Decimal('0.20'),
  significanceThreshold: new Decimal('0.05'),
  // Practice, not law (rule I2).
  restatementThreshold: new Decimal('0.05'),
  checks: withDefaults(CHECK_SETTINGS),
  estimation: withDefaults(ESTIMATION_SETTINGS),
  weatherRegion: null,
  weather: withDefaults(WEATHER_SETTINGS),
  gas: withDefaults(GAS_SETTINGS),
  displayEnergy: withDefaults(DISPLAY_ENERGY_SETTINGS),
  keptFileDays: null,
};
