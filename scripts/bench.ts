import { writeFileSync } from 'node:fs';
import { type Bench, openBench } from './bench/bench.ts';
import { BENCH_USAGE, readBenchOptions } from './bench/bench-options.ts';
import type { Figure } from './bench/figure.ts';
import { describeMachine, type Machine } from './bench/machine.ts';
import { tableOf } from './bench/print-table.ts';
import type { SectionName } from './bench/section-names.ts';
import { SECTIONS } from './bench/sections/sections.ts';

// Measures the service against the bars it has to keep: compiled, in a process of its own, over databases of its own.
// Everything that is compared is measured in the same run, in turn; ratios say more than times of one machine.

type Measured = { section: string; title: string; seconds: number; figures: Figure[]; error?: string };

/** Measures a section; one that fails does not take the others with it. */
async function measureSection(bench: Bench, name: SectionName): Promise<Measured> {
  const section = SECTIONS[name];
  const title = section.title(bench.options);
  const started = performance.now();
  const seconds = () => (performance.now() - started) / 1_000;
  try {
    const figures = await section.measure(bench);
    console.log(`\n${tableOf(`${title} · ${seconds().toFixed(0)} s`, figures)}`);
    return { section: name, title, seconds: seconds(), figures };
  } catch (error) {
    const { message } = error as Error;
    console.error(`\n${title} · could not be measured: ${message}`);
    process.exitCode = 1;
    return { section: name, title, seconds: seconds(), figures: [], error: message };
  }
}

async function measure(bench: Bench, machine: Machine): Promise<void> {
  const { options, curves, memory } = bench;
  const sections: Measured[] = [];
  const write = () =>
    writeFileSync(options.output, `${JSON.stringify({ machine, options, sections, curves }, null, 2)}\n`);
  for (const name of options.only) {
    sections.push(await measureSection(bench, name));
    write();
  }
  const title = 'Most memory of the service process, by phase';
  const figures = memory.figures();
  if (figures.length > 0) console.log(`\n${tableOf(title, figures)}`);
  sections.push({ section: 'memory', title, seconds: 0, figures });
  write();
  console.log(`\nWritten to ${options.output}.`);
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
    await measure(bench, machine);
  } finally {
    await bench.close();
  }
} catch (error) {
  console.error((error as Error).message);
  if ((error as NodeJS.ErrnoException).code?.startsWith('ERR_PARSE_ARGS')) console.error(BENCH_USAGE);
  process.exitCode = 1;
}
