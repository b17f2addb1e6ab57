import { DISPLAY_ENERGY_SETTINGS } from '../../domain/buildings/display-energy-settings.ts';
import { CHECK_SETTINGS } from '../../domain/checks/check-settings.ts';
import { Decimal } from '../../domain/decimal.ts';
import { ESTIMATION_SETTINGS } from '../../domain/estimation/estimation-settings.ts';
import { GAS_SETTINGS } from '../../domain/gas/gas-settings.ts';
import type { Settings } from '../../domain/reference/default-settings.ts';
import { type SomeValues, withDefaults } from '../../domain/setting-table.ts';
import { WEATHER_SETTINGS } from '../../domain/weather/weather-settings.ts';
import type { SettingsVersionModel } from '../prisma-client/models.ts';

/** Settings from their row. */
export function fromSettingsRow(row: SettingsVersionModel): Settings {
  return {
    organisation: row.organisation,
    reportingYearStart: row.reportingYearStart,
    consolidation: row.consolidation as unknown as Settings['consolidation'],
    reportedLines: row.reportedLines,
    returnToSewer: new Decimal(row.returnToSewer.toFixed()),
    missingShareMax: new Decimal(row.missingShareMax.toFixed()),
    estimatedShareMax: new Decimal(row.estimatedShareMax.toFixed()),
    significanceThreshold: new Decimal(row.significanceThreshold.toFixed()),
    restatementThreshold: new Decimal(row.restatementThreshold.toFixed()),
    checks: withDefaults(CHECK_SETTINGS, row.checks as SomeValues),
    estimation: withDefaults(ESTIMATION_SETTINGS, row.estimation as SomeValues),
    weatherRegion: row.weatherRegion,
    weather: withDefaults(WEATHER_SETTINGS, row.weather as SomeValues),
    gas: withDefaults(GAS_SETTINGS, row.gas as SomeValues),
    displayEnergy: withDefaults(DISPLAY_ENERGY_SETTINGS, row.displayEnergy as SomeValues),
    keptFileDays: row.keptFileDays,
  };
}

/** The row of a new version of the settings. */
export function toSettingsRow(changeId: bigint, settings: Settings) {
  return {
    changeId,
    organisation: settings.organisation,
    reportingYearStart: settings.reportingYearStart,
    consolidation: [...settings.consolidation],
    reportedLines: [...settings.reportedLines],
    returnToSewer: settings.returnToSewer.toFixed(),
    missingShareMax: settings.missingShareMax.toFixed(),
    estimatedShareMax: settings.estimatedShareMax.toFixed(),
    significanceThreshold: settings.significanceThreshold.toFixed(),
    restatementThreshold: settings.restatementThreshold.toFixed(),
    checks: settings.checks,
    estimation: settings.estimation,
    weatherRegion: settings.weatherRegion,
    weather: settings.weather,
    gas: settings.gas,
    displayEnergy: settings.displayEnergy,
    keptFileDays: settings.keptFileDays,
  };
}
