import { existsSync, readFileSync } from 'node:fs';
import t from 'tap';
import { minutesOfDay } from '../../src/domain/calendar.ts';
import { addDays } from '../../src/domain/local-day.ts';
import { startCompiled } from '../support/compiled-service.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { dayHeader } from '../support/uploads.ts';

/** Black box: a table of any length is given within the same memory. */

const KEY = 'an-operators-own-key-of-enough-characters';
const HEADERS = { authorization: `Bearer ${KEY}` };
const METERS = 120;
const GROWTH_MEGABYTES_MAX = 60;

const meterKey = (index: number) => `EL-${String(index).padStart(3, '0')}`;

/** A year of days of every meter, from the first of January. */
function file(year: number): string {
  const lines = [dayHeader()];
  for (let index = 0; index < METERS; index++)
    for (let day = `${year}-01-01`; day < `${year + 1}-01-01`; day = addDays(day, 1)) {
      const count = minutesOfDay(day) / 30;
      lines.push(`${meterKey(index)},${day}${`,${index + 0.125}`.repeat(count)}${','.repeat(50 - count)}`);
    }
  return `${lines.join('\n')}\n`;
}

/** The most memory a process has held, in megabytes. */
function peakMegabytes(pid: number): number {
  const line = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
  return Number(line?.[1]) / 1024;
}

// Four years of days go in first, on a machine that may have other work.
t.setTimeout(900_000);

const skip = existsSync('/proc/self/status') ? false : 'the peak of a process is read from /proc';

t.test('a table of any length is given within the same memory, and whole', { skip, timeout: 900_000 }, async (t) => {
  const { child, base } = await startCompiled(t, temporaryFolder(t), KEY);
  const send = async (method: string, path: string, body: string, type = 'application/json') => {
    const response = await fetch(base + path, { method, headers: { ...HEADERS, 'content-type': type }, body });
    if (!response.ok) throw new Error(await response.text());
  };
  await send('PUT', '/v1/sites/S', JSON.stringify({ name: 'Site' }));
  const meter = { site: 'S', activity: 'electricity', unit: 'kWh', kind: 'interval' };
  for (let index = 0; index < METERS; index++)
    await send('PUT', `/v1/meters/${meterKey(index)}`, JSON.stringify(meter));
  for (const year of [2021, 2022, 2023, 2024]) await send('POST', '/v1/uploads?clock=local', file(year), 'text/csv');

  const table = async (period: string) => {
    const url = `${base}/v1/emissions?period=${period}&interval=day&groupBy=meter`;
    const response = await fetch(url, { headers: { ...HEADERS, accept: 'text/csv' } });
    let lines = 0;
    let last = '';
    const decoder = new TextDecoder();
    for await (const block of response.body ?? []) {
      const parts = (last + decoder.decode(block, { stream: true })).split('\r\n');
      last = parts.pop() ?? '';
      lines += parts.length;
    }
    t.equal(last, '', 'it ends with the end of a row');
    return { rows: lines - 1, peak: peakMegabytes(child.process.pid ?? 0) };
  };
  const year = await table('2021');
  t.equal(year.rows, METERS * 365);
  const four = await table('2021-01-01/2025-01-01');
  t.equal(four.rows, METERS * (4 * 365 + 1));
  t.ok(
    four.peak - year.peak <= GROWTH_MEGABYTES_MAX,
    `${four.rows} rows within ${Math.round(four.peak)} MB, ${year.rows} within ${Math.round(year.peak)}`,
  );
});
