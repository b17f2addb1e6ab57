import { writeFileSync } from 'node:fs';
import { type Bench, openBench } from './bench/bench.ts';
import { BENCH_USAGE, type BenchOptions, readBenchOptions } from './bench/bench-options.ts';
import type { Figure } from './bench/figure.ts';
import { describeMachine, type Machine } from './bench/machine.ts';
import { tableOf } from './bench/print-table.ts';
import { SECTIONS } from './bench/sections/sections.ts';

// Measures the service against the bars it has to keep: compiled, in a process of its own, over databases of its own.
// Everything that is compared is measured in the same run, in turn; ratios say more than times of one machine.

type Measured = { section: string; title: string; seconds: number; figures: Figure[] };

async function measure(bench: Bench, options: BenchOptions): Promise<Measured[]> {
  const all: Measured[] = [];
  for (const name of options.only) {
    const section = SECTIONS[name];
    const started = performance.now();
    const figures = await section.measure(bench);
    const seconds = (performance.now() - started) / 1_000;
    all.push({ section: name, title: section.title(options), seconds, figures });
    console.log(`\n${tableOf(`${section.title(options)} · ${seconds.toFixed(0)} s`, figures)}`);
  }
  const figures = bench.memory.figures();
  const title = 'Most memory of the service process, by phase';
  if (figures.length > 0) console.log(`\n${tableOf(title, figures)}`);
  return [...all, { section: 'memory', title, seconds: 0, figures }];
}

async function machineOf(bench: Bench): Promise<Machine> {
  const database = await bench.server.makeDatabase();
  try {
    return await describeMachine(database.pool);
  } finally {
    await database.drop();
  }
}

try {
  const options = readBenchOptions(process.argv.slice(2));
  const bench = await openBench(options);
  try {
    const machine = await machineOf(bench);
    console.log(
      `${machine.cores} cores (${machine.processor}), Node ${machine.node}, PostgreSQL ${machine.postgresql}`,
    );
    const sections = await measure(bench, options);
    writeFileSync(options.output, `${JSON.stringify({ machine, options, sections }, null, 2)}\n`);
    console.log(`\nWritten to ${options.output}.`);
  } finally {
    await bench.close();
  }
} catch (error) {
  console.error((error as Error).message);
  if ((error as NodeJS.ErrnoException).code?.startsWith('ERR_PARSE_ARGS')) console.error(BENCH_USAGE);
  process.exitCode = 1;
}
