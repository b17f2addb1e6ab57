import t from 'tap';
import { makeDeps } from '../../../src/deps.ts';
import type { FigureQuestion } from '../../../src/domain/figure-question.ts';
import { toEmissionsRows } from '../../../src/http/v1/figures/convert.ts';
import { answerFigure } from '../../../src/services/figures/answer-figure.ts';
import { figureRuns } from '../../../src/services/figures/figure-runs.ts';
import { figuresAt } from '../../../src/services/past/known-at.ts';
import { testApp } from '../../support/app.ts';
import { type Asked, questionOf } from '../../support/memory-figure.ts';
import { applyWrite, randomWrites, writeBeginning } from '../../support/replay.ts';

const ASKED: Asked[] = [
  { period: '2025-06-20/2025-10-02', interval: 'day', groupBy: ['site'] },
  { period: '2025-06-20/2025-10-02', interval: 'day', groupBy: ['site', 'meter', 'scope'] },
  { period: '2025/26', interval: 'month', groupBy: ['activity', 'line'] },
  { period: '2024-01-15/2025-12-20', interval: 'quarter', groupBy: ['meter'], policy: { kind: 'calendar-year' } },
  { period: '2025/26', interval: 'month', groupBy: ['site', 'scope3Category'], policy: { kind: 'blended' } },
  { period: '2025/26', interval: 'total', groupBy: ['portfolio', 'category'] },
];
const WRITES = 40;

t.setTimeout(180_000);

/** The service with a history of readings, bills, corrections, uploads and changes of configuration behind it. */
async function withHistory(t: Parameters<typeof testApp>[0]) {
  const service = await testApp(t);
  service.clock.now = new Date();
  await writeBeginning(service);
  for (const write of randomWrites(WRITES)) await applyWrite(service, write);
  service.clock.now = new Date();
  const { figures, past } = makeDeps(
    service.database,
    { logLevel: 'silent', version: 'test' },
    () => service.clock.now,
  );
  const settled = async () => figuresAt(past, { reading: await past.newest(), now: service.clock.now });
  const rowsInRuns = async (question: FigureQuestion, streamCellsAtOnce: number) => {
    const runs: object[][] = [];
    for await (const run of await figureRuns(figures, settled, question, { rowsAtOnce: 0, streamCellsAtOnce }))
      runs.push(toEmissionsRows(run));
    return runs;
  };
  return { service, figures, settled, rowsInRuns };
}

t.test('an answer in runs is the answer in one piece, row by row and to the digit', async (t) => {
  const { service, figures, settled, rowsInRuns } = await withHistory(t);
  for (const asked of ASKED) {
    const question = questionOf(asked);
    const whole = JSON.stringify(toEmissionsRows(await answerFigure(figures, question)));
    for (const streamCells of [1, 50, 1_000_000]) {
      const runs = await rowsInRuns(question, streamCells);
      t.equal(JSON.stringify(runs.flat()), whole, `${JSON.stringify(asked)}, ${runs.length} runs`);
      if (streamCells === 1 && asked.interval !== 'total') t.ok(runs.length > 1, 'there are several');
    }
  }

  const question = questionOf({ period: '2025-06-20/2025-10-02', interval: 'day', groupBy: ['site'] });
  const before = JSON.stringify(toEmissionsRows(await answerFigure(figures, question)));
  const rows: object[] = [];
  const sizes = { rowsAtOnce: 0, streamCellsAtOnce: 1 };
  for await (const run of await figureRuns(figures, settled, question, sizes)) {
    rows.push(...toEmissionsRows(run));
    if (rows.length > 20) continue;
    const day = { meter: 'A', day: '2025-09-20', resolutionMinutes: 30, values: Array(48).fill(rows.length) };
    await service.send('POST', '/v1/readings', { body: { readings: [{ ...day, quality: 'actual' }] } });
  }
  t.equal(JSON.stringify(rows), before, 'what is written while it is read is not in it: it is of one instant');
  t.not(JSON.stringify(toEmissionsRows(await answerFigure(figures, question))), before, 'and was written');
});
