import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { request } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import t from 'tap';
import { minutesOfDay } from '../../src/domain/calendar.ts';
import { addDays } from '../../src/domain/local-day.ts';
import { startCompiled } from '../support/compiled-service.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { dayHeader } from '../support/uploads.ts';

/**
 * Black box: a file of any size goes in within the same memory. The suite sends 200 MB, and the process may not grow by
 * as much; `UPLOAD_MEGABYTES=1000 npm test -- test/acceptance/upload-memory.test.ts` sends a gigabyte.
 */

const KEY = 'an-operators-own-key-of-enough-characters';
const HEADERS = { authorization: `Bearer ${KEY}` };
const MEGABYTES = Number(process.env.UPLOAD_MEGABYTES ?? 200);
const GROWTH_MEGABYTES_MAX = 180;

const METERS = 500;
const FIRST_DAY = '2016-01-01';
const LAST_DAY = '2026-01-01';

const meterKey = (index: number) => `EL-${index}`;

type Sent = { rows: number; sum: number };

/** Rows of days, meter by meter, until they are as large as was asked. What they add up to is written into `sent`. */
function* file(sent: Sent): Generator<string> {
  yield `${dayHeader()}\n`;
  let bytes = 0;
  for (let index = 0; index < METERS; index++) {
    let block = '';
    for (let day = FIRST_DAY; day < LAST_DAY; day = addDays(day, 1)) {
      const count = minutesOfDay(day) / 30;
      const value = 10 + ((index * 7 + sent.rows * 389) % 1000) / 1000;
      block += `${meterKey(index)},${day}${`,${value.toFixed(3)}`.repeat(count)}${','.repeat(50 - count)}\n`;
      sent.rows += 1;
      sent.sum += Math.round(value * 1000) * count;
      if (block.length < 64 * 1024) continue;
      yield block;
      bytes += block.length;
      block = '';
      if (bytes >= MEGABYTES * 1_000_000) return;
    }
    yield block;
    bytes += block.length;
  }
}

/** The most memory a process has held, in megabytes. */
function peakMegabytes(pid: number): number {
  const line = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
  return Number(line?.[1]) / 1024;
}

const skip = existsSync('/proc/self/status') ? false : 'the peak of a process is read from /proc';

t.test('a file of any size goes in within the same memory', { skip, timeout: 1_800_000 }, async (t) => {
  const { child, base } = await startCompiled(t, temporaryFolder(t), KEY);
  const put = async (path: string, body: object) => {
    const headers = { ...HEADERS, 'content-type': 'application/json' };
    const response = await fetch(base + path, { method: 'PUT', headers, body: JSON.stringify(body) });
    if (!response.ok) throw new Error(await response.text());
  };
  await put('/v1/sites/S', { name: 'Site' });
  const meter = { site: 'S', activity: 'electricity', unit: 'kWh', kind: 'interval' };
  for (let index = 0; index < METERS; index++) await put(`/v1/meters/${meterKey(index)}`, meter);

  const before = peakMegabytes(child.process.pid ?? 0);
  const outgoing = request(`${base}/v1/uploads?clock=local`, {
    method: 'POST',
    headers: { ...HEADERS, 'content-type': 'text/csv' },
  });
  const answered = once(outgoing, 'response');
  const sent: Sent = { rows: 0, sum: 0 };
  await pipeline(Readable.from(file(sent)), outgoing);
  const [response] = await answered;
  let text = '';
  for await (const block of response.setEncoding('utf8')) text += block;
  t.equal(response.statusCode, 201, text.slice(0, 500));
  t.match(JSON.parse(text), { status: 'stored', days: { new: sent.rows } });

  const peak = peakMegabytes(child.process.pid ?? 0);
  t.ok(
    peak - before <= GROWTH_MEGABYTES_MAX,
    `${MEGABYTES} MB went in with at most ${Math.round(peak)} MB of memory, ${Math.round(before)} MB of them before`,
  );
  const question = `${base}/v1/consumption?period=${FIRST_DAY}/${LAST_DAY}`;
  const figure = (await (await fetch(question, { headers: HEADERS })).json()) as {
    total: { quantity: { value: number } };
  };
  t.equal(figure.total.quantity.value, sent.sum / 1000, 'and every value of it is in the figures');
});
