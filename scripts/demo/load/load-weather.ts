import { addDays, type DaySpan, lengthDays } from '../../../src/domain/local-day.ts';
import { degreeDaysOf, STANDARD_YEAR } from '../weather.ts';
import type { ApiClient } from './api-client.ts';

/** The region of the invented weather. */
export const DEMO_REGION = 'synthetic';
/** Key of the long-term degree days that the demonstration can be brought to. */
const DEMO_REFERENCE = 'standard-year';

const SERIES = { region: DEMO_REGION, kind: 'heating', baseTemperatureC: 15.5 } as const;

/** Writes the degree days that the invented buildings were heated by, and those of the standard year. */
export async function loadWeather(api: ApiClient, span: DaySpan): Promise<number> {
  const values = Array.from({ length: lengthDays(span) }, (_, index) => {
    const day = addDays(span.start, index);
    return { day, degreeDays: Number(degreeDaysOf(day).toFixed(3)) };
  });
  await api.post('/v1/degree-days', { ...SERIES, source: 'Invented for the demonstration', values });
  await api.put(`/v1/reference-degree-days/${DEMO_REFERENCE}`, {
    name: 'Standard year',
    source: 'www.vesma.com/std-year.htm',
    series: [{ ...SERIES, months: STANDARD_YEAR }],
  });
  return values.length;
}
