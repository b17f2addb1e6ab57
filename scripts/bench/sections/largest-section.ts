import { daysBetween } from '../../../src/domain/local-day.ts';
import type { Section } from '../bench.ts';
import { type BenchService, startBenchService } from '../bench-service.ts';
import { type Figure, figureOf } from '../figure.ts';
import { PORTFOLIO_END } from '../portfolio.ts';
import { canReadMemory, forgetPeak, residentMemory } from '../process-memory.ts';

const MEMORY_MB_MAX = 200;
const NEW_LINE = 10;

type Stream = { rows: number; bytes: number; firstByteMs: number; totalMs: number };

/** Reads a table as it comes and keeps nothing of it. */
async function readTable({ baseUrl, headers }: BenchService, path: string): Promise<Stream | { refusal: string }> {
  const started = performance.now();
  const response = await fetch(`${baseUrl}${path}`, { headers: { ...headers, accept: 'text/csv' } });
  if (response.status !== 200) {
    const { detail = '' } = (await response.json()) as { detail?: string };
    return { refusal: `answered with ${response.status}: ${detail}` };
  }
  const stream: Stream = { rows: -1, bytes: 0, firstByteMs: Number.NaN, totalMs: 0 };
  for await (const block of response.body ?? []) {
    if (stream.bytes === 0) stream.firstByteMs = performance.now() - started;
    stream.bytes += block.length;
    for (const byte of block) if (byte === NEW_LINE) stream.rows += 1;
  }
  return { ...stream, totalMs: performance.now() - started };
}

async function measureTable(service: BenchService, what: string, path: string, rows: number): Promise<Figure[]> {
  if (canReadMemory) forgetPeak(service.pid);
  const before = canReadMemory ? residentMemory(service.pid).nowMb : Number.NaN;
  const table = await readTable(service, path);
  if ('refusal' in table)
    return [figureOf(`${what}: resident`, [], 'MB', { bar: { atMost: MEMORY_MB_MAX }, remark: table.refusal })];
  const peak = canReadMemory ? [residentMemory(service.pid).peakMb] : [];
  return [
    figureOf(`${what}: rows`, [table.rows], '', { bar: { atLeast: rows } }),
    figureOf('  size', [table.bytes / 1e6], 'MB'),
    figureOf('  until the first byte', [table.firstByteMs], 'ms'),
    figureOf('  until the last', [table.totalMs], 'ms'),
    figureOf('  resident at most', peak, 'MB', {
      bar: { atMost: MEMORY_MB_MAX },
      remark: `${before.toFixed(0)} MB before it`,
    }),
  ];
}

/** Every day of every site as a table, from a process that has answered nothing before. */
export const largestSection: Section = {
  title: ({ sites, years }) => `The largest question: ${sites} sites by day, ${years} years, CSV`,
  measure: async ({ options, portfolio }) => {
    const { database, portfolio: estate } = await portfolio(options.years);
    const rows = estate.sites.length * daysBetween(estate.firstDay, PORTFOLIO_END);
    const question = `period=${estate.firstDay}/${PORTFOLIO_END}&interval=day&groupBy=site`;
    const figures: Figure[] = [];
    for (const what of ['consumption', 'emissions']) {
      const service = await startBenchService({ databaseUrl: database.url });
      try {
        figures.push(...(await measureTable(service, what, `/v1/${what}?${question}`, rows)));
      } finally {
        await service.stop();
      }
    }
    return figures;
  },
};
