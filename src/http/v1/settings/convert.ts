import { DISPLAY_ENERGY_SETTINGS } from '../../../domain/buildings/display-energy-settings.ts';
import { CHECK_SETTINGS } from '../../../domain/checks/check-settings.ts';
import { approachOn, type Consolidation } from '../../../domain/consolidation.ts';
import { checkDated } from '../../../domain/dated.ts';
import { Decimal } from '../../../domain/decimal.ts';
import { ESTIMATION_SETTINGS } from '../../../domain/estimation/estimation-settings.ts';
import { GAS_SETTINGS } from '../../../domain/gas/gas-settings.ts';
import type { LocalDay } from '../../../domain/local-day.ts';
import { DEFAULT_SETTINGS, type Settings } from '../../../domain/reference/default-settings.ts';
import { Refusal } from '../../../domain/refusal.ts';
import { withDefaults } from '../../../domain/setting-table.ts';
import { WEATHER_SETTINGS } from '../../../domain/weather/weather-settings.ts';
import { withoutNulls } from '../../without-nulls.ts';
import type { SettingsInput, SettingsOutput } from './schemas.ts';

function refuse(pointer: string, code: string, detail: string): never {
  throw new Refusal('invalid-request', detail, [{ pointer, code, detail }]);
}

/** The approaches by date, from the one since ever, the dated ones, or both where they agree. */
function consolidationOf(input: SettingsInput, today: LocalDay): Consolidation {
  const { consolidationApproach: stated, consolidationApproaches: dated } = input;
  if (dated === undefined)
    return stated === undefined
      ? refuse('/consolidationApproach', 'missing', "the body lacks 'consolidationApproach', which is required")
      : [{ from: null, approach: stated }];
  const periods = dated.map(({ from, approach }) => ({ from: from ?? null, approach }));
  checkDated(periods, '/consolidationApproaches');
  if (periods[0]?.from !== null)
    refuse(
      '/consolidationApproaches/0/from',
      'wrong-order',
      'consolidationApproaches entry 1 has a first day: expected none, it holds since ever',
    );
  const holds = approachOn(periods, today);
  if (stated !== undefined && stated !== holds)
    refuse(
      '/consolidationApproach',
      'ambiguous',
      `consolidationApproach is '${stated}', but by consolidationApproaches '${holds}' holds today: expected one of them, or both alike`,
    );
  return periods;
}

/** Settings from their request; `today` is what an approach without a date is held against. */
export function fromSettingsInput(input: SettingsInput, today: LocalDay): Settings {
  if (input.reportedLines.includes('all') && input.reportedLines.length > 1)
    refuse(
      '/reportedLines',
      'ambiguous',
      "reportedLines has 'all' beside others: expected 'all' alone, or the lines one by one",
    );
  const { consolidationApproach: _approach, consolidationApproaches: _approaches, ...plain } = input;
  return {
    ...plain,
    consolidation: consolidationOf(input, today),
    returnToSewer: new Decimal(input.returnToSewer),
    missingShareMax: new Decimal(input.missingShareMax),
    estimatedShareMax: new Decimal(input.estimatedShareMax),
    significanceThreshold: new Decimal(input.significanceThreshold),
    restatementThreshold:
      input.restatementThreshold === undefined
        ? DEFAULT_SETTINGS.restatementThreshold
        : new Decimal(input.restatementThreshold),
    checks: withDefaults(CHECK_SETTINGS, input.checks),
    estimation: withDefaults(ESTIMATION_SETTINGS, input.estimation),
    weatherRegion: input.weatherRegion ?? null,
    weather: withDefaults(WEATHER_SETTINGS, input.weather),
    gas: withDefaults(GAS_SETTINGS, input.gas),
    displayEnergy: withDefaults(DISPLAY_ENERGY_SETTINGS, input.displayEnergy),
    keptFileDays: input.keptFileDays ?? null,
  };
}

/** Settings for their answer; `today` decides which approach holds. */
export function toSettingsOutput(
  { consolidation, weatherRegion, keptFileDays, ...settings }: Settings,
  today: LocalDay,
): SettingsOutput {
  return {
    ...settings,
    ...(weatherRegion === null ? {} : { weatherRegion }),
    ...(keptFileDays === null ? {} : { keptFileDays }),
    consolidationApproach: approachOn(consolidation, today),
    ...(consolidation.length === 1 ? {} : { consolidationApproaches: consolidation.map(withoutNulls) }),
    reportedLines: [...settings.reportedLines] as SettingsOutput['reportedLines'],
    returnToSewer: settings.returnToSewer.toNumber(),
    missingShareMax: settings.missingShareMax.toNumber(),
    estimatedShareMax: settings.estimatedShareMax.toNumber(),
    significanceThreshold: settings.significanceThreshold.toNumber(),
    restatementThreshold: settings.restatementThreshold.toNumber(),
  };
}
