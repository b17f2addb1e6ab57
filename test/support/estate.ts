import type { TestApp } from './app.ts';

/** A meter for a test; what is left out is an electricity import meter with interval data at site S. */
export type TestMeter = { meter: string; site?: string; activity?: string; unit?: string; kind?: string } & Record<
  string,
  unknown
>;

/** Writes sites and meters through the API, and fails where one is refused. */
export async function writeEstate(service: TestApp, meters: readonly TestMeter[]): Promise<void> {
  for (const site of new Set(meters.map((meter) => meter.site ?? 'S'))) {
    const response = await service.send('PUT', `/v1/sites/${site}`, { body: { name: `Site ${site}` } });
    if (response.statusCode > 201) throw new Error(response.body);
  }
  for (const { meter, ...fields } of meters) {
    const body = { site: 'S', activity: 'electricity', unit: 'kWh', kind: 'interval', ...fields };
    const response = await service.send('PUT', `/v1/meters/${meter}`, { body });
    if (response.statusCode > 201) throw new Error(response.body);
  }
}

/** Posts readings through the API, and fails where one is refused. */
export async function writeReadings(service: TestApp, readings: readonly object[]): Promise<Record<string, unknown>> {
  const response = await service.send('POST', '/v1/readings', { body: { readings } });
  if (response.statusCode > 201) throw new Error(response.body);
  return response.json();
}

/** Answers to questions, as the API gives them. */
export async function ask<Answer>(service: TestApp, url: string): Promise<Answer> {
  const response = await service.send('GET', url, { scope: 'read' });
  if (response.statusCode !== 200) throw new Error(`${url}: ${response.body}`);
  return response.json() as Answer;
}
