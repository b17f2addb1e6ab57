import t from 'tap';
import { estimateGaps } from '../../src/domain/estimation/estimate-gaps.ts';
import { ESTIMATION_SETTINGS } from '../../src/domain/estimation/estimation-settings.ts';
import { METHOD_NAMES } from '../../src/domain/estimation/methods.ts';
import { addDays, daysBetween, type LocalDay } from '../../src/domain/local-day.ts';
import { DEFAULT_SETTINGS } from '../../src/domain/reference/default-settings.ts';
import { checkedDay, type Values } from '../support/memory-series.ts';
import { partsOf, readNote } from '../support/note.ts';

const NOTE = readNote('estimation');
const ASKED = { start: '2025-06-01', end: '2025-07-01' };

/** Estimates June 2025 from what is known of days between two. */
function estimated(valuesOf: (day: LocalDay) => Values, start = '2025-06-01') {
  const days = Array.from({ length: daysBetween(start, ASKED.end) }, (_, place) => addDays(start, place));
  const stored = days.flatMap((day) => checkedDay(day, valuesOf(day)));
  const service = [{ start, end: ASKED.end }];
  return estimateGaps(
    { firstDay: start, stored, totals: [], service, asked: ASKED, isOverdue: false, isVolume: false },
    DEFAULT_SETTINGS.estimation,
  );
}

t.test('the limits on the page are those that ship, and every method is on it (rule E11)', async (t) => {
  const rows = [...NOTE.text.matchAll(/^\| `(\w+\.\w+)` \| ([\d.]+) \|/gm)].map(([, name, value]) => [
    name,
    Number(value),
  ]);
  const shipped = Object.entries(ESTIMATION_SETTINGS).flatMap(([group, specs]) =>
    Object.entries(specs).map(([name, { value }]) => [`${group}.${name}`, value]),
  );
  t.same(rows, shipped);
  for (const method of METHOD_NAMES) t.match(NOTE.text, `\`${method}\``);
});

t.test('lines', async (t) => {
  const lines = NOTE.lines('linear');
  t.equal(lines.length, 3);
  for (const line of lines) {
    const [known = '', result] = partsOf(line, /^(.+) = (.+)$/);
    const values = known.split(', ').map((text) => (text === 'missing' ? null : Number(text)));
    const rest = new Array<number>(48 - values.length).fill(values.at(-1) ?? 0);
    const [day] = estimated((each) => (each === '2025-06-17' ? [...values, ...rest] : 1)).days;
    const isLine = day?.parts.every(({ method }) => method === 'linear');
    t.equal(isLine ? day?.values.filter((value) => value !== null).join(' ') : 'not by a line', result, line);
  }
});

t.test('like days', async (t) => {
  const lines = NOTE.lines('like-days');
  t.equal(lines.length, 3);
  for (const line of lines) {
    const [known = '', result] = partsOf(line, /^(.+) = (.+)$/);
    const values = new Map(known.split(', ').map((text) => partsOf(text, /^(\S+): (\d+)$/) as [string, string]));
    const { days, left } = estimated((day) => {
      const value = values.get(day);
      if (value !== undefined) return Number(value);
      // A day without intervals is neither open nor measured.
      return day === '2025-06-17' ? null : new Array<null>(0);
    });
    const found = days.find(({ day }) => day === '2025-06-17');
    const reason = left.find(({ start, end }) => start <= '2025-06-17' && '2025-06-17' < end)?.reason;
    t.equal(found === undefined ? reason : String(found.values[0]), result, line);
  }
});

t.test('the year before', async (t) => {
  const lines = NOTE.lines('year-before');
  t.equal(lines.length, 1);
  for (const line of lines) {
    const [now, then, june, result] = partsOf(
      line,
      /^28 days before at ([\d.]+), a year earlier at ([\d.]+), last June at ([\d.]+) = ([\d.]+)$/,
    ).map(Number);
    const gap = (day: LocalDay) => day >= '2025-06-10' && day < '2025-06-20';
    const usedOn = (day: LocalDay) => (day >= '2025-01-01' ? now : day < '2024-06-11' ? then : june) ?? null;
    const { days } = estimated((day) => (gap(day) ? null : usedOn(day)), '2024-01-01');
    t.same([days.length, days[0]?.values[0]], [10, result], line);
  }
});
