import { daysBetween } from '../../src/domain/local-day.ts';
import { get, inTurns, put, upload } from './api.ts';
import type { BenchOptions } from './bench-options.ts';
import { inRotation, type Times } from './measure.ts';
import { dailyFile } from './meter-file.ts';
import type { TemporaryService } from './temporary-service.ts';

/** What a year of a whole portfolio by month costs. */
export type PortfolioFigures = {
  sites: number;
  meters: number;
  years: number;
  emissions: Times;
  bareSum: Times;
  emissionsOverBareSum: number;
};

const METERS_PER_SITE = ['electricity', 'natural-gas', 'district-heat'] as const;
const LAST_YEAR = 2024;

const QUESTION = '/v1/emissions?period=2024/25&interval=month';

/** The least that could answer the question: the sums of energy, without any carbon. */
const BARE_SUM = `
select v.activity, mm.month, sum(mm.quantity) as quantity, sum(mm.actual_minutes) as minutes
from meter_month mm
join meter_version v on v.meter_id = mm.meter_id and v.superseded_by is null
where mm.month >= '2024-04-01' and mm.month < '2025-04-01'
group by v.activity, mm.month`;

const siteKey = (index: number) => `SITE-${String(index).padStart(4, '0')}`;

async function makePortfolio(service: TemporaryService, sites: number): Promise<string[]> {
  const keys = Array.from({ length: sites }, (_, index) => siteKey(index));
  await inTurns(keys, (site) => put(service, `/v1/sites/${site}`, { name: site }));
  const meters = keys.flatMap((site) =>
    METERS_PER_SITE.map((activity) => ({ key: `${site}-${activity}`, site, activity })),
  );
  await inTurns(meters, ({ key, site, activity }) =>
    put(service, `/v1/meters/${key}`, { site, activity, unit: 'kWh', kind: 'interval' }),
  );
  return meters.map(({ key }) => key);
}

/** Measures the emissions of a reporting year of every site by month, over HTTP, against the bare sum in SQL. */
export async function measurePortfolio(service: TemporaryService, options: BenchOptions): Promise<PortfolioFigures> {
  const { sites, years, questions } = options;
  const meters = await makePortfolio(service, sites);
  const firstDay = `${LAST_YEAR - years + 1}-04-01`;
  await upload(
    service,
    '/v1/uploads?clock=local',
    dailyFile(meters, firstDay, daysBetween(firstDay, `${LAST_YEAR + 1}-04-01`)),
  );
  await service.pool.query('vacuum analyze meter_day, meter_month');
  const times = await inRotation(questions, {
    emissions: { work: () => get(service, QUESTION) },
    bareSum: { work: () => service.pool.query(BARE_SUM) },
  });
  const { emissions, bareSum } = times as { emissions: Times; bareSum: Times };
  return {
    sites,
    meters: meters.length,
    years,
    emissions,
    bareSum,
    emissionsOverBareSum: emissions.medianMs / bareSum.medianMs,
  };
}
