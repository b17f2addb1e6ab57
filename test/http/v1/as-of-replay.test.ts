import t from 'tap';
import { testApp } from '../../support/app.ts';
import { applyWrite, randomWrites, writeBeginning } from '../../support/replay.ts';

const QUESTIONS = [
  '/v1/consumption?period=2025/26&interval=month&groupBy=site,meter',
  '/v1/consumption?period=2025-07-08/2025-09-19&interval=day&activity=electricity',
  '/v1/emissions?period=2025/26&groupBy=site,scope3Category',
  '/v1/emissions?period=2025&interval=quarter&factors=calendar-year',
  '/v1/emissions/explanation?period=2025/26',
  '/v1/meters/A/readings?period=2025-07-01/2025-08-01&resolution=interval',
  '/v1/meters/C/readings?period=2025/26&resolution=month',
  '/v1/meters/A/balance?period=2025/26&interval=month',
  '/v1/targets/estate/progress',
];
const WRITES = 56;

/** An answer without what it says of the moment that was asked for. */
function withoutEcho(body: string): string {
  const { asOf, ...answer } = JSON.parse(body);
  return JSON.stringify([answer, asOf?.day]);
}

// Some eight hundred questions, on a machine that may have other work.
t.setTimeout(180_000);

t.test('whatever is written later, an answer as of a moment is the answer that was given then', async (t) => {
  const service = await testApp(t);
  const now = async () => {
    const { rows } = await service.database.pool.query(
      `select to_char(c.recorded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at, c.seq::text as seq
       from change c order by c.seq desc limit 1`,
    );
    return rows[0] as { at: string; seq: string };
  };
  const answer = async (url: string) => {
    const response = await service.send('GET', url, { scope: 'read' });
    if (response.statusCode !== 200) throw new Error(`${url}: ${response.body}`);
    return response;
  };

  const history: { at: string; seq: string; write: string; answers: string[] }[] = [];
  service.clock.now = new Date();
  await writeBeginning(service);
  for (const write of randomWrites(WRITES)) {
    await applyWrite(service, write);
    const { at, seq } = await now();
    if (history.at(-1)?.seq === seq) continue;
    service.clock.now = new Date(at);
    const answers: string[] = [];
    for (const url of QUESTIONS) answers.push((await answer(url)).body);
    history.push({ at, seq, write: JSON.stringify(write), answers });
  }
  t.ok(history.length >= 40, `${history.length} changes`);

  service.clock.now = new Date();
  for (const { at, seq, write, answers } of history) {
    for (const [index, url] of QUESTIONS.entries()) {
      const past = await answer(`${url}${url.includes('?') ? '&' : '?'}asOf=${at}`);
      t.equal(withoutEcho(past.body), withoutEcho(answers[index] ?? ''), `${url} after ${write}`);
      if (index === 0) t.match(past.json().asOf, { requested: at, seq, recordedAt: at });
    }
  }
});
