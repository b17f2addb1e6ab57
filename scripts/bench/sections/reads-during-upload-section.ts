import { ANEW, upload } from '../api.ts';
import type { Section } from '../bench.ts';
import { figureOf, ratioOf } from '../figure.ts';
import { startLoadClient } from '../load/load-client.ts';
import type { LoadResult } from '../load/load-job.ts';
import { fileMeterKeys, halfHourlyFile, valuesOf } from '../meter-file.ts';
import { siteYear } from './http-section.ts';
import { writeMeters } from './upload-section.ts';

const SITES_ASKED = 50;
/** Longer than any upload. */
const UNTIL_STOPPED_SECONDS = 3_600;

/** Site-years, each worked out anew, asked one after the other, while nothing else happens and while a file of other meters is uploaded. */
export const readsDuringUploadSection: Section = {
  title: ({ meters, days }) =>
    `Reads while ${valuesOf(meters, days).toLocaleString('en-GB')} half-hours are uploaded, one connection`,
  measure: async ({ options, portfolio, memory }) => {
    const { service, portfolio: estate } = await portfolio(options.years);
    const { meters, days, runs, seconds } = options;
    const keys = fileMeterKeys(meters * runs);
    await writeMeters(service, keys);
    const requests = estate.sites.slice(0, SITES_ASKED).map((site) => ({ path: siteYear(site) }));
    const headers = { ...service.headers, ...ANEW };
    const job = { baseUrls: [service.baseUrl], headers, connections: 1, requests, status: 200 };
    const client = startLoadClient();
    const idle: LoadResult[] = [];
    const busy: LoadResult[] = [];
    try {
      await client.run({ ...job, seconds: 1 });
      await memory.during(service.pid, 'uploads with reads beside them', async () => {
        for (let run = 0; run < runs; run++) {
          const file = halfHourlyFile(keys.slice(run * meters, (run + 1) * meters), days);
          idle.push(await client.run({ ...job, seconds }));
          const send = () => upload(service, '/v1/uploads?clock=local', file);
          busy.push(await client.runDuring({ ...job, seconds: UNTIL_STOPPED_SECONDS }, send));
        }
      });
    } finally {
      client.close();
    }
    const p99 = (results: LoadResult[]) => results.map(({ p99Ms }) => p99Ms);
    const p50 = (results: LoadResult[]) => results.map(({ p50Ms }) => p50Ms);
    const reads = busy.reduce((sum, { answers }) => sum + answers, 0);
    return [
      figureOf('site-year, idle: p50', p50(idle), 'ms'),
      figureOf('  p99', p99(idle), 'ms'),
      figureOf('site-year, during an upload: p50', p50(busy), 'ms'),
      figureOf('  p99', p99(busy), 'ms', { remark: `${reads} reads` }),
      ratioOf('during : idle, p99', p99(busy), p99(idle), { bar: { atMost: 3 } }),
      ratioOf('during : idle, p50', p50(busy), p50(idle)),
    ];
  },
};
