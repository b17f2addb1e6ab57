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

type Place = { service: BenchService; database: BenchDatabase };

/** The first day of data that goes back so many reporting years. */
const firstDayOf = (years: number): LocalDay => `${Number(PORTFOLIO_END.slice(0, 4)) - years}${PORTFOLIO_END.slice(4)}`;

async function sendDays({ service, database }: Place, meters: readonly string[], firstDay: LocalDay, end: LocalDay) {
  await upload(service, '/v1/uploads?clock=local', dailyBlocks(meters, firstDay, daysBetween(firstDay, end)));
  await database.pool.query('vacuum analyze meter_day, meter_month');
}

/** Adds sites to a portfolio, over HTTP, by one file of daily values. */
export async function addSites(place: Place, portfolio: Portfolio, sites: number): Promise<Portfolio> {
  const had = portfolio.sites.length;
  const added = Array.from({ length: sites - had }, (_, index) => `SITE-${String(had + index).padStart(4, '0')}`);
  const meters = await writeEstate(place.service, added);
  await sendDays(place, meters, portfolio.firstDay, PORTFOLIO_END);
  return { ...portfolio, sites: [...portfolio.sites, ...added], meters: [...portfolio.meters, ...meters] };
}

/** Adds earlier years to a portfolio, in the same way. */
export async function addYears(place: Place, portfolio: Portfolio, years: number): Promise<Portfolio> {
  const firstDay = firstDayOf(years);
  await sendDays(place, portfolio.meters, firstDay, portfolio.firstDay);
  return { ...portfolio, firstDay };
}

/** Loads a portfolio of sites with so many reporting years. */
export function loadPortfolio(place: Place, size: { sites: number; years: number }): Promise<Portfolio> {
  return addSites(place, { sites: [], meters: [], firstDay: firstDayOf(size.years) }, size.sites);
}
