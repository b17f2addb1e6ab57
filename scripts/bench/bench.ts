import type { BenchOptions } from './bench-options.ts';
import { type BenchDatabase, type BenchServer, openBenchServer } from './bench-server.ts';
import { type BenchService, startBenchService } from './bench-service.ts';
import type { Curve } from './curve.ts';
import type { Figure } from './figure.ts';
import { createMemoryLog, type MemoryLog } from './memory-log.ts';
import { loadPortfolio, type Portfolio } from './portfolio.ts';

/** A service over a database of its own. */
export type Stand = { database: BenchDatabase; service: BenchService; close: () => Promise<void> };

/** What every section measures with. */
export type Bench = {
  options: BenchOptions;
  server: BenchServer;
  memory: MemoryLog;
  /** What has been measured of growth, for a picture of it. */
  curves: Curve[];
  /** A service over an empty database, which is closed at the end unless it was before. */
  stand: () => Promise<Stand>;
  /** The portfolio of the options, loaded once for all sections that ask for it. */
  portfolio: (years: number) => Promise<Stand & { portfolio: Portfolio }>;
  close: () => Promise<void>;
};

/** A part of the table. */
export type Section = { title: (options: BenchOptions) => string; measure: (bench: Bench) => Promise<Figure[]> };

/** Opens a server; services are started as sections ask for them. */
export async function openBench(options: BenchOptions): Promise<Bench> {
  const server = await openBenchServer();
  const memory = createMemoryLog();
  const open = new Set<Stand>();
  const stand = async (): Promise<Stand> => {
    const database = await server.makeDatabase();
    const service = await startBenchService({ databaseUrl: database.url });
    const made: Stand = {
      database,
      service,
      close: async () => {
        if (!open.delete(made)) return;
        await service.stop();
        await database.drop();
      },
    };
    open.add(made);
    return made;
  };
  const portfolios = new Map<number, Promise<Stand & { portfolio: Portfolio }>>();
  const makePortfolio = async (years: number) => {
    const made = await stand();
    const { sites } = options;
    const load = () => loadPortfolio(made, { sites, years });
    const phase = `${sites} sites with ${years} years of days loaded`;
    return { ...made, portfolio: await memory.during(made.service.pid, phase, load) };
  };
  return {
    options,
    server,
    memory,
    curves: [],
    stand,
    portfolio: (years) => {
      const made = portfolios.get(years) ?? makePortfolio(years);
      portfolios.set(years, made);
      return made;
    },
    close: async () => {
      for (const made of open) await made.close();
      await server.close();
    },
  };
}
