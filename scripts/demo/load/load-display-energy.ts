import type { DemoEstate } from '../demo-estate.ts';
import { DEMO_BENCHMARKS, DEMO_BENCHMARKS_PATH, DEMO_CERTIFICATES } from '../display-energy.ts';
import type { ApiClient } from './api-client.ts';

/** Writes the invented benchmarks, and the certificates of the sites that are loaded. The same again changes nothing. */
export async function loadDisplayEnergy(api: ApiClient, { sites }: DemoEstate): Promise<void> {
  await api.put(DEMO_BENCHMARKS_PATH, DEMO_BENCHMARKS);
  const keys = new Set(sites.map(({ key }) => key));
  for (const { rrn, body } of DEMO_CERTIFICATES)
    if (keys.has(body.site)) await api.put(`/v1/certificates/${rrn}`, body);
}
