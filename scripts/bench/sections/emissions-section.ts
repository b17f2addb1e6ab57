import { get, put } from '../api.ts';
import { BARE_SUMS } from '../bare-sums.ts';
import type { Bench, Section, Stand } from '../bench.ts';
import { type Bar, type Figure, figureOf, ratioOf } from '../figure.ts';
import { PORTFOLIO_END, type Portfolio } from '../portfolio.ts';
import { inRotation } from '../rotation.ts';

type Question = { what: string; path: string; bareSum: string; bar?: Bar };

const YEAR = '/v1/emissions?period=2024/25';
const BY_MONTH = `${YEAR}&interval=month`;

function questionsOf({ firstDay }: Portfolio, asOf: string): Question[] {
  const every = `/v1/emissions?period=${firstDay}/${PORTFOLIO_END}&interval=reporting-year`;
  return [
    { what: 'portfolio, a year in one row', path: YEAR, bareSum: BARE_SUMS.total },
    { what: 'portfolio, a year by month', path: BY_MONTH, bareSum: BARE_SUMS.byMonth, bar: { atMost: 3 } },
    { what: 'site x month', path: `${BY_MONTH}&groupBy=site`, bareSum: BARE_SUMS.bySiteAndMonth },
    { what: 'one site by month', path: `${BY_MONTH}&site=SITE-0000`, bareSum: BARE_SUMS.oneSite },
    { what: 'portfolio, all years by year', path: every, bareSum: BARE_SUMS.allYears },
    { what: 'by month, blended factors', path: `${BY_MONTH}&factors=blended`, bareSum: BARE_SUMS.byMonth },
    { what: 'by month, market basis', path: `${BY_MONTH}&basis=market`, bareSum: BARE_SUMS.byMonth },
    { what: 'by month, as of an earlier moment', path: `${BY_MONTH}&asOf=${asOf}`, bareSum: BARE_SUMS.byMonth },
    {
      what: 'explanation of one site by month',
      path: '/v1/emissions/explanation?period=2024/25&interval=month&site=SITE-0000',
      bareSum: BARE_SUMS.oneSite,
    },
    {
      what: 'explanation of the year, 500 lines',
      path: '/v1/emissions/explanation?period=2024/25&limit=500',
      bareSum: BARE_SUMS.byMeter,
    },
  ];
}

/** The moment of the newest change, before another one is made: questions as of it are answered from history. */
async function earlierMoment({ service, database }: Stand): Promise<string> {
  const { rows } = await database.pool.query<{ at: Date }>('select c.recorded_at as at from clock c');
  await put(service, '/v1/sites/LATER', { name: 'A site that came later' });
  return rows[0]?.at.toISOString() ?? '';
}

async function measureQuestion(stand: Stand, { what, path, bareSum, bar }: Question, count: number): Promise<Figure[]> {
  const ask = () => get(stand.service, path);
  await ask();
  const times = await inRotation(count, {
    ask: { work: ask },
    sum: { work: () => stand.database.pool.query(bareSum) },
  });
  return [
    figureOf(what, times.ask, 'ms'),
    figureOf('  the bare sum', times.sum, 'ms'),
    ratioOf('  emissions : bare sum', times.ask, times.sum, bar === undefined ? {} : { bar }),
  ];
}

/** The same question of one year, where one year is stored and where all are. */
async function measureHistory({ portfolio, options }: Bench): Promise<Figure[]> {
  if (options.years === 1) return [];
  const [many, one] = [await portfolio(options.years), await portfolio(1)];
  const figures: Figure[] = [];
  for (const [what, path] of [
    ['portfolio by month', BY_MONTH],
    ['one site by month', `${BY_MONTH}&site=SITE-0000`],
  ] as const) {
    const ask = ({ service }: Stand) => get(service, path);
    await Promise.all([ask(many), ask(one)]);
    const times = await inRotation(options.questions, {
      many: { work: () => ask(many) },
      one: { work: () => ask(one) },
    });
    const name = `${what}, ${options.years} years : 1 year of history`;
    figures.push(ratioOf(name, times.many, times.one, { bar: { atMost: 1.2 } }));
  }
  return figures;
}

/** Emissions over HTTP against the bare sums in SQL, and against the length of history. */
export const emissionsSection: Section = {
  title: ({ sites, years }) => `Emissions: ${sites} sites, ${sites * 3} meters, ${years} reporting years`,
  measure: async (bench) => {
    const stand = await bench.portfolio(bench.options.years);
    const questions = questionsOf(stand.portfolio, await earlierMoment(stand));
    const figures = await bench.memory.during(stand.service.pid, 'questions about emissions', async () => {
      const all: Figure[] = [];
      for (const question of questions) all.push(...(await measureQuestion(stand, question, bench.options.questions)));
      return all;
    });
    return [...figures, ...(await measureHistory(bench))];
  },
};
