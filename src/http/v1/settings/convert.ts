import { CHECK_SETTINGS } from '../../../domain/checks/check-settings.ts';
import { Decimal } from '../../../domain/decimal.ts';
import { ESTIMATION_SETTINGS } from '../../../domain/estimation/estimation-settings.ts';
import type { Settings } from '../../../domain/reference/default-settings.ts';
import { Refusal } from '../../../domain/refusal.ts';
import { withDefaults } from '../../../domain/setting-table.ts';
import type { SettingsInput, SettingsOutput } from './schemas.ts';

/** Settings from their request. */
export function fromSettingsInput(input: SettingsInput): Settings {
  if (input.reportedLines.includes('all') && input.reportedLines.length > 1) {
    const detail = "reportedLines has 'all' beside others: expected 'all' alone, or the lines one by one";
    throw new Refusal('invalid-request', detail, [{ pointer: '/reportedLines', code: 'ambiguous', detail }]);
  }
  return {
    ...input,
    returnToSewer: new Decimal(input.returnToSewer),
    missingShareMax: new Decimal(input.missingShareMax),
    estimatedShareMax: new Decimal(input.estimatedShareMax),
    significanceThreshold: new Decimal(input.significanceThreshold),
    checks: withDefaults(CHECK_SETTINGS, input.checks),
    estimation: withDefaults(ESTIMATION_SETTINGS, input.estimation),
  };
}

/** Settings for their answer. */
export function toSettingsOutput(settings: Settings): SettingsOutput {
  return {
    ...settings,
    reportedLines: [...settings.reportedLines] as SettingsOutput['reportedLines'],
    returnToSewer: settings.returnToSewer.toNumber(),
    missingShareMax: settings.missingShareMax.toNumber(),
    estimatedShareMax: settings.estimatedShareMax.toNumber(),
    significanceThreshold: settings.significanceThreshold.toNumber(),
  };
}
