import { parseArgs } from 'node:util';
import { SECTION_NAMES, type SectionName } from './section-names.ts';

/** How much is measured. */
export type BenchSizes = {
  /** Meters of the half-hourly file, and its days from 1 April 2024 on. */
  meters: number;
  days: number;
  /** Meters of the part that is also stored as a row for each reading. */
  tableMeters: number;
  /** Sites of the portfolio; each has three meters. */
  sites: number;
  /** Reporting years of the portfolio. */
  years: number;
  /** How often what takes long is repeated. */
  runs: number;
  /** How often each question is asked. */
  questions: number;
  /** How long requests are sent for one measurement under load, in seconds. */
  seconds: number;
};

/** What the command line asks of the measurement. */
export type BenchOptions = BenchSizes & {
  /** The sections to measure, in their order. */
  only: readonly SectionName[];
  /** Where the figures are written as JSON. */
  output: string;
};

type Numbers = Record<keyof BenchSizes, number>;

/** Sizes that take about a quarter of an hour; those of the bars; and the ends of what can be asked for. */
const DEFAULTS: Numbers = {
  meters: 100,
  days: 365,
  tableMeters: 4,
  sites: 200,
  years: 3,
  runs: 5,
  questions: 30,
  seconds: 3,
};
const FULL: Numbers = { ...DEFAULTS, meters: 1_000, tableMeters: 10, sites: 1_000, years: 10, seconds: 5 };
const LEAST: Numbers = {
  meters: 1,
  days: 1,
  tableMeters: 1,
  sites: 1,
  years: 1,
  runs: 1,
  questions: 1,
  seconds: 1,
};
const MOST: Numbers = {
  meters: 10_000,
  days: 3_650,
  tableMeters: 100,
  sites: 5_000,
  years: 10,
  runs: 100,
  questions: 1_000,
  seconds: 600,
};

const NAMES = {
  meters: 'meters',
  days: 'days',
  'table-meters': 'tableMeters',
  sites: 'sites',
  years: 'years',
  runs: 'runs',
  questions: 'questions',
  seconds: 'seconds',
} as const;

export const BENCH_USAGE = `npm run bench -- [options]
  --only A,B         only these sections: ${SECTION_NAMES.join(', ')}
  --full             the sizes that the bars are for: ${FULL.meters} meters, ${FULL.sites} sites, ${FULL.years} years
  --meters N         meters of the half-hourly file (${DEFAULTS.meters})
  --days N           its days, from 1 April 2024 on (${DEFAULTS.days})
  --table-meters N   meters of the part stored as a row for each reading (${DEFAULTS.tableMeters})
  --sites N          sites of the portfolio, three meters each (${DEFAULTS.sites})
  --years N          reporting years of the portfolio (${DEFAULTS.years})
  --runs N           repetitions of what takes long (${DEFAULTS.runs})
  --questions N      times each question is asked (${DEFAULTS.questions})
  --seconds N        length of one measurement under load (${DEFAULTS.seconds})
  --output FILE      where the figures are written as JSON (bench.json)
DATABASE_URL names a server on which databases may be made; without it an embedded one is run.`;

function readSections(text: string | undefined): readonly SectionName[] {
  if (text === undefined) return SECTION_NAMES;
  const asked = text.split(',');
  const unknown = asked.find((name) => !SECTION_NAMES.some((known) => known === name));
  if (unknown !== undefined)
    throw new Error(`--only names '${unknown}': expected sections out of ${SECTION_NAMES.join(', ')}`);
  return SECTION_NAMES.filter((name) => asked.includes(name));
}

/**
 * Reads the options. A size that is given counts over those of `--full`.
 * @throws Error in one sentence, for an option that is unknown or has no sense.
 */
export function readBenchOptions(args: readonly string[]): BenchOptions {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    args: [...args],
    options: {
      only: text,
      full: { type: 'boolean', default: false },
      meters: text,
      days: text,
      'table-meters': text,
      sites: text,
      years: text,
      runs: text,
      questions: text,
      seconds: text,
      output: text,
    },
  });
  const number = (name: keyof typeof NAMES): number => {
    const size = NAMES[name];
    const given = values[name] ?? String((values.full ? FULL : DEFAULTS)[size]);
    const read = Number(given);
    if (/^\d+$/.test(given) && read >= LEAST[size] && read <= MOST[size]) return read;
    throw new Error(`--${name} is '${given}': expected a whole number from ${LEAST[size]} to ${MOST[size]}`);
  };
  const meters = number('meters');
  return {
    only: readSections(values.only),
    meters,
    days: number('days'),
    tableMeters: Math.min(number('table-meters'), meters),
    sites: number('sites'),
    years: number('years'),
    runs: number('runs'),
    questions: number('questions'),
    seconds: number('seconds'),
    output: values.output ?? 'bench.json',
  };
}
