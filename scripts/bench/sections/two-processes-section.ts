import { ANEW } from '../api.ts';
import type { Section } from '../bench.ts';
import { startBenchService } from '../bench-service.ts';
import { type Figure, figureOf, ratioOf } from '../figure.ts';
import { startLoadClient } from '../load/load-client.ts';
import type { LoadResult } from '../load/load-job.ts';
import { machineTimeMs, processorTimeMs } from '../processor-time.ts';
import { siteYear } from './http-section.ts';

const CONNECTIONS = 16;
const SITES_ASKED = 200;

/** Processors that were busy during a load: with all, with the services, with the client. */
type Busy = { perSecond: number; all: number; services: number; client: number };

function figuresOf(what: string, results: readonly Busy[]): Figure[] {
  const of = (member: keyof Busy) => results.map((result) => result[member]);
  return [
    figureOf(`${what}: answers a second`, of('perSecond'), '/s'),
    figureOf('  processors busy in all', of('all'), ''),
    figureOf('  with the service', of('services'), ''),
    figureOf('  with the client', of('client'), ''),
  ];
}

/**
 * Two processes of the service over one database, and one. Client and database share the machine with them: what part of
 * it the client takes stands beside, and the ratio is that of whole machines, client included.
 */
export const twoProcessesSection: Section = {
  title: ({ seconds }) => `Two processes over one database; ${CONNECTIONS} connections, ${seconds} seconds each`,
  measure: async ({ options, portfolio }) => {
    const { service, database, portfolio: estate } = await portfolio(options.years);
    const second = await startBenchService({ databaseUrl: database.url });
    const client = startLoadClient();
    const requests = estate.sites.slice(0, SITES_ASKED).map((site) => ({ path: siteYear(site) }));
    const measure = async (services: (typeof second)[], seconds: number): Promise<Busy> => {
      const served = () => services.reduce((sum, { pid }) => sum + processorTimeMs(pid), 0);
      const [servedBefore, machineBefore] = [served(), machineTimeMs()];
      const result: LoadResult = await client.run({
        baseUrls: services.map(({ baseUrl }) => baseUrl),
        headers: { ...service.headers, ...ANEW },
        connections: CONNECTIONS,
        status: 200,
        requests,
        seconds,
      });
      return {
        perSecond: result.perSecond,
        all: (machineTimeMs() - machineBefore) / result.elapsedMs,
        services: (served() - servedBefore) / result.elapsedMs,
        client: result.clientCpuMs / result.elapsedMs,
      };
    };
    const one: Busy[] = [];
    const two: Busy[] = [];
    try {
      await measure([service, second], 2);
      for (let run = 0; run < options.runs; run++) {
        one.push(await measure([service], options.seconds));
        two.push(await measure([service, second], options.seconds));
      }
    } finally {
      client.close();
      await second.stop();
    }
    const rate = (results: Busy[]) => results.map(({ perSecond }) => perSecond);
    return [
      ...figuresOf('one process', one),
      ...figuresOf('two processes', two),
      ratioOf('two : one, answers a second', rate(two), rate(one), { bar: { atLeast: 1.6 } }),
    ];
  },
};
