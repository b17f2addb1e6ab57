import { parseArgs } from 'node:util';

/** What the command line asks of the measurement. */
export type BenchOptions = {
  /** Meters of the half-hourly file, and its days from 1 April 2024 on. */
  meters: number;
  days: number;
  /** Meters of the part that is also stored as a row for each reading. */
  tableMeters: number;
  /** Sites of the portfolio; each has three meters. */
  sites: number;
  /** Reporting years of the portfolio. */
  years: number;
  /** How often each upload is measured. */
  runs: number;
  /** How often each question is asked. */
  questions: number;
  /** Where the figures are written as JSON. */
  output: string;
};

export const BENCH_USAGE = `npm run bench -- [options]
  --meters N         meters of the half-hourly file (100)
  --days N           its days, from 1 April 2024 on (365)
  --table-meters N   meters of the part stored as a row for each reading (4)
  --sites N          sites of the portfolio, three meters each (1000; 0 leaves the portfolio out)
  --years N          reporting years of the portfolio (1)
  --runs N           uploads of each kind (5)
  --questions N      times each question is asked (30)
  --output FILE      where the figures are written as JSON (bench.json)`;

const DEFAULTS = { meters: 100, days: 365, 'table-meters': 4, sites: 1_000, years: 1, runs: 5, questions: 30 } as const;
const LEAST = { meters: 1, days: 1, 'table-meters': 1, sites: 0, years: 1, runs: 1, questions: 1 } as const;
const MOST = 10_000;

type NumberOption = keyof typeof DEFAULTS;

/**
 * Reads the options.
 * @throws Error in one sentence, for an option that is unknown or has no sense.
 */
export function readBenchOptions(args: readonly string[]): BenchOptions {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    args: [...args],
    options: {
      meters: text,
      days: text,
      'table-meters': text,
      sites: text,
      years: text,
      runs: text,
      questions: text,
      output: text,
    },
  });
  const number = (name: NumberOption): number => {
    const given = values[name] ?? String(DEFAULTS[name]);
    const read = Number(given);
    if (/^\d+$/.test(given) && read >= LEAST[name] && read <= MOST) return read;
    throw new Error(`--${name} is '${given}': expected a whole number from ${LEAST[name]} to ${MOST}`);
  };
  const meters = number('meters');
  return {
    meters,
    days: number('days'),
    tableMeters: Math.min(number('table-meters'), meters),
    sites: number('sites'),
    years: number('years'),
    runs: number('runs'),
    questions: number('questions'),
    output: values.output ?? 'bench.json',
  };
}
