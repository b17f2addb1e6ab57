import { Decimal } from '../../domain/decimal.ts';
import type { Settings } from '../../domain/reference/default-settings.ts';
import type { SettingsVersionModel } from '../prisma-client/models.ts';

/** Settings from their row. */
export function fromSettingsRow(row: SettingsVersionModel): Settings {
  return {
    organisation: row.organisation,
    reportingYearStart: row.reportingYearStart,
    consolidationApproach: row.consolidationApproach as Settings['consolidationApproach'],
    reportedLines: row.reportedLines,
    returnToSewer: new Decimal(row.returnToSewer.toFixed()),
    missingShareMax: new Decimal(row.missingShareMax.toFixed()),
    estimatedShareMax: new Decimal(row.estimatedShareMax.toFixed()),
    significanceThreshold: new Decimal(row.significanceThreshold.toFixed()),
  };
}

/** The row of a new version of the settings. */
export function toSettingsRow(changeId: bigint, settings: Settings) {
  return {
    changeId,
    organisation: settings.organisation,
    reportingYearStart: settings.reportingYearStart,
    consolidationApproach: settings.consolidationApproach,
    reportedLines: [...settings.reportedLines],
    returnToSewer: settings.returnToSewer.toFixed(),
    missingShareMax: settings.missingShareMax.toFixed(),
    estimatedShareMax: settings.estimatedShareMax.toFixed(),
    significanceThreshold: settings.significanceThreshold.toFixed(),
  };
}
