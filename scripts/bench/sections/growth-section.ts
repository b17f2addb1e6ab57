import { ANEW, get } from '../api.ts';
import type { Bench, Section, Stand } from '../bench.ts';
import { type CurvePoint, type PanelName, pointOf, stepsTo } from '../curve.ts';
import { type Figure, figureOf } from '../figure.ts';
import { startLoadClient } from '../load/load-client.ts';
import { addSites, addYears, loadPortfolio, PORTFOLIO_END, type Portfolio } from '../portfolio.ts';
import { inRotation } from '../rotation.ts';
import { siteYear } from './http-section.ts';

const CLIENTS = [1, 2, 4, 8, 16, 32] as const;
const SITES_ASKED = 200;
/** Sites grow threefold from step to step, and history is measured on a part of them. */
const SITES_FACTOR = 3;
const YEARS_FACTOR = 2;
const PART_FOR_YEARS = 5;
/** A process that has just started is slow: so often each question is asked before it is measured. */
const WARMING_ROUNDS = 5;

const YEAR = '/v1/emissions?period=2024/25&interval=month';

type Points = Record<string, CurvePoint[]>;

/** Asks each question in turn with the others and adds a point to its curve. */
async function addPoints(points: Points, x: number, { service }: Stand, asked: Record<string, string>, count: number) {
  for (let warming = 0; warming < WARMING_ROUNDS; warming++)
    for (const path of Object.values(asked)) await get(service, path);
  const works = Object.entries(asked).map(([name, path]) => [name, { work: () => get(service, path) }] as const);
  const times = await inRotation(count, Object.fromEntries(works));
  for (const [name, samples] of Object.entries(times)) points[name] = [...(points[name] ?? []), pointOf(x, samples)];
}

async function growSites({ options, stand }: Bench): Promise<Points> {
  const made = await stand();
  const points: Points = {};
  let portfolio: Portfolio | null = null;
  for (const sites of stepsTo(options.sites, SITES_FACTOR)) {
    portfolio =
      portfolio === null ? await loadPortfolio(made, { sites, years: 1 }) : await addSites(made, portfolio, sites);
    const asked = {
      'one site, a year by month': siteYear('SITE-0000'),
      'all sites, a year by month': YEAR,
      'site x month, 12 rows a site': `${YEAR}&groupBy=site`,
    };
    await addPoints(points, sites, made, asked, options.runs);
  }
  await made.close();
  return points;
}

async function growYears({ options, stand }: Bench): Promise<Points> {
  const made = await stand();
  const points: Points = {};
  let portfolio: Portfolio | null = null;
  for (const years of stepsTo(options.years, YEARS_FACTOR)) {
    const sites = Math.ceil(options.sites / PART_FOR_YEARS);
    portfolio =
      portfolio === null ? await loadPortfolio(made, { sites, years }) : await addYears(made, portfolio, years);
    const asked = {
      'one site, one year by month': siteYear('SITE-0000'),
      'all sites, one year by month': YEAR,
      'all sites, all years by month': `/v1/emissions?period=${portfolio.firstDay}/${PORTFOLIO_END}&interval=month`,
    };
    await addPoints(points, years, made, asked, options.questions);
  }
  await made.close();
  return points;
}

async function growClients({ options, portfolio }: Bench): Promise<{ times: Points; rates: Points }> {
  const { service, portfolio: estate } = await portfolio(options.years);
  const requests = estate.sites.slice(0, SITES_ASKED).map((site) => ({ path: siteYear(site) }));
  const client = startLoadClient();
  const samples = new Map(
    CLIENTS.map((clients) => [clients, { p50: [], p99: [], rate: [] } as Record<string, number[]>]),
  );
  const send = (connections: number, seconds: number) =>
    client.run({
      baseUrls: [service.baseUrl],
      headers: { ...service.headers, ...ANEW },
      status: 200,
      requests,
      connections,
      seconds,
    });
  try {
    await send(8, 1);
    for (let run = 0; run < options.runs; run++) {
      for (const [clients, { p50, p99, rate }] of samples) {
        const result = await send(clients, options.seconds);
        p50?.push(result.p50Ms);
        p99?.push(result.p99Ms);
        rate?.push(result.perSecond);
      }
    }
  } finally {
    client.close();
  }
  const curve = (name: string) => [...samples].map(([clients, lists]) => pointOf(clients, lists[name] ?? []));
  return { times: { p50: curve('p50'), p99: curve('p99') }, rates: { 'one process': curve('rate') } };
}

/** The ends of the curves as lines of the table; the whole of them is for the picture. */
function keepCurves(bench: Bench, panel: PanelName, unit: 'ms' | '/s', points: Points): Figure[] {
  return Object.entries(points).flatMap(([name, list]) => {
    bench.curves.push({ panel, name, points: list });
    const ends = list.length > 1 ? [list[0], list.at(-1)] : list;
    return ends.flatMap((point) => {
      if (point === undefined) return [];
      const { x, ...spread } = point;
      return [{ ...figureOf(`${name}; ${panel === 'throughput' ? 'clients' : panel}: ${x}`, [], unit), ...spread }];
    });
  });
}

/** Answer time against sites, years of history and clients. */
export const growthSection: Section = {
  title: ({ sites, years }) => `Growth: up to ${sites} sites, ${years} years, ${CLIENTS.at(-1)} clients`,
  measure: async (bench) => {
    const bySites = await growSites(bench);
    const byYears = await growYears(bench);
    const { times, rates } = await growClients(bench);
    return [
      ...keepCurves(bench, 'sites', 'ms', bySites),
      ...keepCurves(bench, 'years', 'ms', byYears),
      ...keepCurves(bench, 'clients', 'ms', times),
      ...keepCurves(bench, 'throughput', '/s', rates),
    ];
  },
};
