import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Section } from '../bench.ts';
import { startBenchService } from '../bench-service.ts';
import { type Figure, figureOf } from '../figure.ts';
import { canReadMemory, residentMemory } from '../process-memory.ts';

/** From the start of the process to the first answer that it can serve, with a database of its own and over one. */
export const startSection: Section = {
  title: () => 'Start-up, to /health/ready',
  measure: async ({ options, server }) => {
    const first: number[] = [];
    const second: number[] = [];
    const overServer: number[] = [];
    const memory: number[] = [];
    const starts = path.join(server.folder, 'starts');
    mkdirSync(starts, { mode: 0o711 });
    for (let run = 0; run < options.runs; run++) {
      const dataDir = path.join(starts, String(run));
      for (const times of [first, second]) {
        const service = await startBenchService({ dataDir });
        times.push(service.startMs);
        if (canReadMemory && times === second) memory.push(residentMemory(service.pid).peakMb);
        await service.stop();
      }
      const database = await server.makeDatabase();
      await (await startBenchService({ databaseUrl: database.url })).stop();
      const service = await startBenchService({ databaseUrl: database.url });
      overServer.push(service.startMs);
      await service.stop();
      await database.drop();
    }
    const figures: Figure[] = [
      figureOf('first start, database made and migrated', first, 'ms'),
      figureOf('second start, with its embedded database', second, 'ms'),
      figureOf('start over a PostgreSQL that runs', overServer, 'ms'),
    ];
    return memory.length === 0 ? figures : [...figures, figureOf('resident after the second start', memory, 'MB')];
  },
};
