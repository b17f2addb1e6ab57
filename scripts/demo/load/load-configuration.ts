import { isDeepStrictEqual } from 'node:util';
import { DEMO_ORGANISATION, type DemoEstate } from '../demo-estate.ts';
import type { DemoMeter } from '../demo-meter.ts';
import { SYNTHETIC_SUFFIX, siteBody } from '../site-body.ts';
import type { ApiClient } from './api-client.ts';
import { listAll } from './list-all.ts';
import { DEMO_REGION } from './load-weather.ts';

/** Requests under way at the same time. */
const AT_ONCE = 4;

type Stored = { key: string; name?: string } & Record<string, unknown>;
type Settings = { organisation: string } & Record<string, unknown>;

/**
 * Refuses a database that holds somebody's own estate: invented data must never be mixed with real.
 * @throws Error naming what was found.
 */
export async function refuseForeignEstate(api: ApiClient): Promise<void> {
  const sites = await listAll<Stored>(api, '/v1/sites');
  const foreign = sites.find(({ name }) => name?.endsWith(SYNTHETIC_SUFFIX) !== true);
  if (foreign === undefined) return;
  throw new Error(
    `The database holds a site that is not of the demonstration, ${foreign.key} '${foreign.name}': give the demonstration a database of its own`,
  );
}

/** Names the organisation for what it is, with the region of its weather, and leaves the other settings as they are. */
export async function loadSettings(api: ApiClient): Promise<void> {
  const settings = await api.get<Settings>('/v1/settings');
  const own = { organisation: DEMO_ORGANISATION, weatherRegion: DEMO_REGION };
  if (says({ key: '', ...settings }, own)) return;
  await api.put('/v1/settings', { ...settings, ...own });
}

/** Whether what is stored says everything that a body says. */
function says(stored: Stored | undefined, body: object): boolean {
  return (
    stored !== undefined && Object.entries(body).every(([field, value]) => isDeepStrictEqual(stored[field], value))
  );
}

/** Writes sites, then meters, main meters before what is behind them; those that are written already are left alone. */
export async function loadConfiguration(
  api: ApiClient,
  estate: DemoEstate,
  onDone: (objects: number) => void,
): Promise<void> {
  const putAll = async (path: string, objects: readonly { key: string; body: object }[]): Promise<void> => {
    const stored = new Map((await listAll<Stored>(api, path)).map((entry) => [entry.key, entry]));
    const queue = objects.values();
    const work = async (): Promise<void> => {
      for (const { key, body } of queue) {
        if (!says(stored.get(key), body)) await api.put(`${path}/${key}`, body);
        onDone(1);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
  };
  const isBehind = ({ body }: DemoMeter): number => Number(body.parent !== undefined);
  const sites = estate.sites.map((site) => ({ key: site.key, body: siteBody(site) }));
  await putAll('/v1/sites', sites);
  await putAll(
    '/v1/meters',
    estate.meters.toSorted((a, b) => isBehind(a) - isBehind(b)),
  );
}
