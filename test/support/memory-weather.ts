import type { WeatherReader } from '../../src/services/weather/weather-reader.ts';

/** An estate of which no weather is known. */
export const NO_WEATHER: WeatherReader = {
  degreeDays: async () => [],
  reference: async () => null,
  evidence: async () => new Map(),
  fitEvidence: async () => new Map(),
  known: async () => ({ seq: '1', recordedAt: '2026-11-22T12:00:00.000000Z' }),
};
