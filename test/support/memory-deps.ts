import type { Estate } from '../../src/domain/estate.ts';
import type { MeterDay } from '../../src/domain/settle-meter.ts';
import type { FigureDeps } from '../../src/services/figures/answer-figure.ts';
import { FACTOR_SETS } from './factor-sets.ts';
import { memoryUsage } from './memory-usage.ts';
import { NO_WEATHER } from './memory-weather.ts';

/** What figures need, from an estate and meter-days in memory; `today` is the local day it is. */
export function memoryDeps(
  estate: Estate,
  days: readonly MeterDay[],
  today = '2026-11-22',
  sets = FACTOR_SETS,
): FigureDeps {
  return {
    now: () => new Date(`${today}T12:00:00Z`),
    currentEstate: async () => estate,
    activeFactorSets: async () => sets,
    factorVersion: async (id, version) => sets.find((set) => set.id === id && set.version === version) ?? null,
    usage: memoryUsage(days),
    deprivation: () => Promise.reject(new Error('No table of deprivation is kept in memory.')),
    weather: NO_WEATHER,
    otherEmissions: async () => [],
  };
}
