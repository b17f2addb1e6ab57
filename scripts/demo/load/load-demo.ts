import type { DaySpan } from '../../../src/domain/local-day.ts';
import type { DemoEstate } from '../demo-estate.ts';
import type { ApiClient } from './api-client.ts';
import { billEntries, loadBills } from './load-bills.ts';
import { loadConfiguration, loadSettings, refuseForeignEstate } from './load-configuration.ts';
import { loadDisplayEnergy } from './load-display-energy.ts';
import { fileDays, loadFile } from './load-intervals.ts';
import { loadTarget } from './load-target.ts';
import { loadWeather } from './load-weather.ts';
import { planFiles } from './plan-files.ts';
import type { Progress } from './progress.ts';

const counted = (count: number, what: string): string => `${count.toLocaleString('en-GB')} ${what}`;

async function loadConfigured(api: ApiClient, estate: DemoEstate, progress: Progress): Promise<void> {
  progress.begin('Sites and meters', estate.sites.length + estate.meters.length);
  await loadSettings(api);
  await loadConfiguration(api, estate, progress.advance);
  progress.end(`${counted(estate.sites.length, 'sites')}, ${counted(estate.meters.length, 'meters')}`);
}

async function loadDegreeDays(api: ApiClient, span: DaySpan, progress: Progress): Promise<void> {
  progress.begin('Weather', 1);
  progress.end(counted(await loadWeather(api, span), 'degree days'));
}

async function loadMeasured(api: ApiClient, estate: DemoEstate, span: DaySpan, progress: Progress): Promise<void> {
  for (const file of planFiles(estate, span)) {
    progress.begin(file.title, fileDays(file));
    const outcome = await loadFile(api, file, progress.advance);
    progress.end(outcome === 'known' ? 'known already' : counted(fileDays(file), 'meter-days'));
  }
}

async function loadBilled(api: ApiClient, estate: DemoEstate, span: DaySpan, progress: Progress): Promise<void> {
  const entries = billEntries(estate, span);
  progress.begin('Bills and deliveries', entries.length);
  await loadBills(api, entries, progress.advance);
  progress.end(counted(entries.length, 'billed periods'));
}

/**
 * Loads the estate and its data over `span` into a service, through its API alone. Loading the same again writes nothing
 * and is quick.
 * @throws Error when the service holds another estate, or refuses something.
 */
export async function loadDemo(api: ApiClient, estate: DemoEstate, span: DaySpan, progress: Progress): Promise<void> {
  await refuseForeignEstate(api);
  await loadConfigured(api, estate, progress);
  await loadDegreeDays(api, span, progress);
  await loadMeasured(api, estate, span, progress);
  await loadBilled(api, estate, span, progress);
  await loadTarget(api);
  await loadDisplayEnergy(api, estate);
}
