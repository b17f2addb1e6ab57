import { daysBetween, type LocalDay } from '../../src/domain/local-day.ts';
import { inTurns, put, upload } from './api.ts';
import type { BenchDatabase } from './bench-server.ts';
import type { BenchService } from './bench-service.ts';
import { dailyBlocks } from './meter-file.ts';

/** An estate of sites with three meters each, and daily values up to the end of 2024/25. */
export type Portfolio = { sites: string[]; meters: string[]; firstDay: LocalDay };

const METERS_PER_SITE = ['electricity', 'natural-gas', 'district-heat'] as const;

/** The first day after the data. */
export const PORTFOLIO_END: LocalDay = '2025-04-01';

async function writeEstate(service: BenchService, sites: readonly string[]): Promise<string[]> {
  await inTurns(sites, (site) => put(service, `/v1/sites/${site}`, { name: site }));
  const meters = sites.flatMap((site) =>
    METERS_PER_SITE.map((activity) => ({ key: `${site}-${activity}`, site, activity })),
  );
  await inTurns(meters, ({ key, site, activity }) =>
    put(service, `/v1/meters/${key}`, { site, activity, unit: 'kWh', kind: 'interval' }),
  );
  return meters.map(({ key }) => key);
}

/** Loads a portfolio over HTTP, by one file of daily values. */
export async function loadPortfolio(
  { service, database }: { service: BenchService; database: BenchDatabase },
  size: { sites: number; years: number },
): Promise<Portfolio> {
  const sites = Array.from({ length: size.sites }, (_, index) => `SITE-${String(index).padStart(4, '0')}`);
  const meters = await writeEstate(service, sites);
  const firstDay = `${Number(PORTFOLIO_END.slice(0, 4)) - size.years}${PORTFOLIO_END.slice(4)}`;
  await upload(service, '/v1/uploads?clock=local', dailyBlocks(meters, firstDay, daysBetween(firstDay, PORTFOLIO_END)));
  await database.pool.query('vacuum analyze meter_day, meter_month');
  return { sites, meters, firstDay };
}
