import type { WeatherOfChange } from '../../src/services/change/weather-of-change.ts';

/** Of no meter a fit to degree days is known: all that may go with the weather stays inside use. */
export const noFits: WeatherOfChange = () => async (parts) =>
  parts.map(({ second }) => (second?.counted.segment.meter.activity === 'water' ? undefined : null));
