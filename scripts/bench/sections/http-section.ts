import { ANEW, get } from '../api.ts';
import type { Section } from '../bench.ts';
import { type Figure, figureOf, ratioOf } from '../figure.ts';
import { startBareRoute } from '../load/bare-route.ts';
import { startLoadClient } from '../load/load-client.ts';
import type { LoadJob, LoadResult } from '../load/load-job.ts';

/** Sites that are asked for in turn. */
const SITES_ASKED = 50;
const CONNECTIONS = [1, 10] as const;

type Results = Record<'bare' | 'anew' | 'ours' | 'unchanged', LoadResult[]>;

/** The question that a dashboard asks of a site. */
export const siteYear = (site: string) => `/v1/emissions?period=2024/25&interval=month&site=${site}`;

const inWords = (connections: number) => (connections === 1 ? 'one connection' : `${connections} connections`);

function figuresOf(connections: number, { bare, anew, ours, unchanged }: Results): Figure[] {
  const at = inWords(connections);
  const of = (results: LoadResult[], member: 'p50Ms' | 'p99Ms' | 'perSecond') =>
    results.map((result) => result[member]);
  const named = [
    ['bare Fastify route', bare],
    ['site-year by month, worked out anew', anew],
    ['site-year by month, nothing written since', ours],
    ['its 304', unchanged],
  ] as const;
  return [
    ...named.flatMap(([what, results]) => [
      figureOf(`${what}, ${at}: p50`, of(results, 'p50Ms'), 'ms'),
      figureOf('  p99', of(results, 'p99Ms'), 'ms'),
      figureOf('  answers a second', of(results, 'perSecond'), '/s'),
    ]),
    ratioOf('site-year : bare route, p99', of(ours, 'p99Ms'), of(bare, 'p99Ms'), { bar: { atMost: 5 } }),
    ratioOf('304 : bare route, p99', of(unchanged, 'p99Ms'), of(bare, 'p99Ms'), { bar: { atMost: 2 } }),
    ratioOf('site-year : bare route, p50', of(ours, 'p50Ms'), of(bare, 'p50Ms')),
    ratioOf('site-year worked out anew : bare route, p99', of(anew, 'p99Ms'), of(bare, 'p99Ms')),
    ratioOf('site-year worked out anew : bare route, p50', of(anew, 'p50Ms'), of(bare, 'p50Ms')),
    ratioOf('304 : bare route, p50', of(unchanged, 'p50Ms'), of(bare, 'p50Ms')),
  ];
}

/** A site-year by month, and its 304, against a bare Fastify route that sends the same bytes. */
export const httpSection: Section = {
  title: ({ sites, seconds }) => `HTTP: one site, a year by month; ${sites} sites; ${seconds} seconds each`,
  measure: async ({ options, portfolio, memory }) => {
    const { service, portfolio: estate } = await portfolio(options.years);
    const paths = estate.sites.slice(0, SITES_ASKED).map(siteYear);
    const answers = await Promise.all(paths.map((path) => get(service, path)));
    const tags = answers.map(({ response }) => response.headers.get('etag') ?? '');
    const [answer] = answers;
    if (answer === undefined) throw new Error('the portfolio has no site');
    const contentType = answer.response.headers.get('content-type') ?? '';
    const bareRoute = await startBareRoute({ body: answer.text, contentType });
    const client = startLoadClient();
    const { seconds } = options;
    const toUs = { baseUrls: [service.baseUrl], headers: service.headers, seconds };
    const jobs = (connections: number): Record<keyof Results, LoadJob> => ({
      bare: {
        baseUrls: [bareRoute.baseUrl],
        headers: {},
        seconds,
        connections,
        requests: [{ path: '/' }],
        status: 200,
      },
      anew: { ...toUs, connections, requests: paths.map((path) => ({ path, headers: ANEW })), status: 200 },
      ours: { ...toUs, connections, requests: paths.map((path) => ({ path })), status: 200 },
      unchanged: {
        ...toUs,
        connections,
        requests: paths.map((path, index) => ({ path, headers: { 'if-none-match': tags[index] ?? '' } })),
        status: 304,
      },
    });
    try {
      const figures: Figure[] = [];
      for (const connections of CONNECTIONS) {
        const results: Results = { bare: [], anew: [], ours: [], unchanged: [] };
        await memory.during(service.pid, `site-years by ${inWords(connections)}`, async () => {
          // The first round warms all of them up and is not counted.
          for (let run = 0; run <= options.runs; run++) {
            for (const [name, job] of Object.entries(jobs(connections)) as [keyof Results, LoadJob][]) {
              const result = await client.run(run === 0 ? { ...job, seconds: 1 } : job);
              if (run > 0) results[name].push(result);
            }
          }
        });
        figures.push(...figuresOf(connections, results));
      }
      return figures;
    } finally {
      client.close();
      bareRoute.close();
    }
  },
};
