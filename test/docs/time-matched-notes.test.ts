import t from 'tap';
import { startOfDayMs } from '../../src/domain/calendar.ts';
import { Decimal } from '../../src/domain/decimal.ts';
import { HALF_HOUR_MS } from '../../src/domain/grid/grid-intensity.ts';
import { addDay, matchTotals, noMatch } from '../../src/domain/grid/time-match.ts';
import { partsOf, readNote } from '../support/note.ts';

const DAY = '2025-06-10';

t.test('energy matched with its time comes to what the page says', async (t) => {
  const examples = readNote('time-matched').lines('match');
  t.equal(examples.length, 2);
  for (const line of examples) {
    const [left = '', stated] = partsOf(line, /^(.+) = (.+)$/);
    const parts = left.split(', ').map((words) => partsOf(words, /^([\d.]+) kWh at ([\d.]+) g$/).map(Number));
    const values = parts.map(([kWh = 0]) => kWh);
    const grams = parts.map(([, g = 0]) => g);
    const intensities = new Map(
      grams.map((gPerKwh, slot) => [startOfDayMs(DAY) + slot * HALF_HOUR_MS, { gPerKwh, measure: 'actual' as const }]),
    );
    const match = noMatch();
    const quantity = new Decimal(values.reduce((sum, kWh) => sum + kWh, 0));
    const known = { origin: 'interval' as const, estimatedQuantity: null, actualMinutes: 60, estimatedMinutes: 0 };
    const profile = { resolutionMinutes: 30, values, quality: null };
    addDay(match, { day: DAY, quantity, profile, estimate: null, ...known }, intensities);
    const { kWh, kgCo2, gPerKwh } = matchTotals(match);
    const mean = grams.reduce((sum, g) => sum + g, 0) / grams.length;
    t.equal(
      `${kgCo2.toFixed(3)} kg, mean of use ${gPerKwh?.toFixed(3)} g, at the time mean ${kWh.times(mean).div(1000).toFixed(3)} kg`,
      stated,
      line,
    );
  }
});
