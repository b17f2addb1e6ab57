import { addDays, type LocalDay } from '../../../src/domain/local-day.ts';
import { get, upload } from '../api.ts';
import type { Section } from '../bench.ts';
import type { BenchService } from '../bench-service.ts';
import { figureOf } from '../figure.ts';
import { halfHourlyFile } from '../meter-file.ts';
import { PORTFOLIO_END } from '../portfolio.ts';
import { timed } from '../rotation.ts';

/** What readers ask meanwhile: sums of the portfolio and of each site, energy and carbon, of the day and its month. */
const questionsAbout = (day: LocalDay) => [
  `/v1/consumption?period=${day}`,
  `/v1/emissions?period=${day.slice(0, 7)}&interval=month`,
  `/v1/consumption?period=${day}&groupBy=site`,
];

/** The figures of an answer as a text, whatever else it says. */
async function figuresOf(service: BenchService, path: string): Promise<string> {
  const { data, total } = JSON.parse((await get(service, path)).text) as { data: unknown; total: unknown };
  return JSON.stringify({ data, total });
}

type Seen = { figures: string; atMs: number };

/** Asks one question again and again until `isOver`, and once more. */
async function watch(service: BenchService, path: string, isOver: () => boolean): Promise<Seen[]> {
  const seen: Seen[] = [];
  for (let isLast = false; !isLast; ) {
    isLast = isOver();
    const figures = await figuresOf(service, path);
    seen.push({ figures, atMs: performance.now() });
  }
  return seen;
}

type Outcome = { uploadMs: number; firstSeenMs: number; answers: number; partial: string[]; late: string[] };

/** Sends a day of every meter while readers ask for its totals. */
async function sendDay(service: BenchService, meters: readonly string[], day: LocalDay): Promise<Outcome> {
  const questions = questionsAbout(day);
  const before = await Promise.all(questions.map((path) => figuresOf(service, path)));
  let isOver = false;
  const watching = Promise.all(questions.map((path) => watch(service, path, () => isOver)));
  const file = halfHourlyFile(meters, 1, day);
  const startedMs = performance.now();
  const uploadMs = await timed(() => upload(service, '/v1/uploads?clock=local', file));
  isOver = true;
  const watched = await watching;
  const after = await Promise.all(questions.map((path) => figuresOf(service, path)));
  const outcome: Outcome = { uploadMs, firstSeenMs: Number.POSITIVE_INFINITY, answers: 0, partial: [], late: [] };
  for (const [index, path] of questions.entries()) {
    const seen = watched[index] ?? [];
    if (before[index] === after[index]) throw new Error(`${path} says the same as before ${day} was sent`);
    for (const { figures, atMs } of seen) {
      outcome.answers += 1;
      if (figures === after[index]) outcome.firstSeenMs = Math.min(outcome.firstSeenMs, atMs - startedMs);
      else if (figures !== before[index]) outcome.partial.push(path);
    }
    if (seen.at(-1)?.figures !== after[index]) outcome.late.push(path);
  }
  return outcome;
}

/** One day that came late for every meter: until it is in the totals, and whether anybody ever sees a part of it. */
export const lateDaySection: Section = {
  title: ({ sites }) => `A late day of half-hours for each of ${sites * 3} meters`,
  measure: async ({ options, portfolio, memory }) => {
    const { service, portfolio: estate } = await portfolio(options.years);
    const outcomes: Outcome[] = [];
    await memory.during(service.pid, 'late days', async () => {
      for (let run = 0; run < options.runs; run++)
        outcomes.push(await sendDay(service, estate.meters, addDays(PORTFOLIO_END, run)));
    });
    const partial = outcomes.flatMap((outcome) => outcome.partial);
    const late = outcomes.flatMap((outcome) => outcome.late);
    const named = (paths: string[]) => ({ bar: { atMost: 0 }, remark: [...new Set(paths)].join(' ') });
    return [
      figureOf(
        'one upload, to committed and acknowledged',
        outcomes.map(({ uploadMs }) => uploadMs),
        'ms',
      ),
      figureOf(
        'until a reader is first told of it',
        outcomes.map(({ firstSeenMs }) => firstSeenMs),
        'ms',
      ),
      figureOf('answers that readers got meanwhile', [outcomes.reduce((sum, { answers }) => sum + answers, 0)], ''),
      figureOf('  of these, neither as before nor as after', [partial.length], '', named(partial)),
      figureOf('questions without the day once acknowledged', [late.length], '', named(late)),
    ];
  },
};
