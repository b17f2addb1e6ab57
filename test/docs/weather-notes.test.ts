import t from 'tap';
import { Decimal } from '../../src/domain/decimal.ts';
import { addDays } from '../../src/domain/local-day.ts';
import { type SpanTotal, settleSpans } from '../../src/domain/span-totals.ts';
import { correctUse } from '../../src/domain/weather/correct-use.ts';
import { fitLine } from '../../src/domain/weather/fit-line.ts';
import { FIT_REFUSALS } from '../../src/domain/weather/fit-meter.ts';
import { referenceOf } from '../../src/domain/weather/reference-degree-days.ts';
import { WEATHER_SETTINGS } from '../../src/domain/weather/weather-settings.ts';
import { partsOf, readNote } from '../support/note.ts';
import { STANDARD_YEAR } from '../support/weather.ts';

const NOTE = readNote('weather');

t.test('the limits on the page are those that ship, and every reason is on it', async (t) => {
  const rows = [...NOTE.text.matchAll(/^\| `fit\.(\w+)` \| ([\d.]+) \|/gm)];
  const shipped = Object.entries(WEATHER_SETTINGS.fit).map(([name, { value }]) => [name, value]);
  t.same(new Map(rows.map(([, name = '', value]) => [name, Number(value)])), new Map(shipped as [string, number][]));
  t.match(NOTE.text, `${WEATHER_SETTINGS.degreeDays.baseTemperatureC.value} °C (\`degreeDays.baseTemperatureC\`)`);
  for (const code of FIT_REFUSALS.filter((each) => !/heating|region|variation/.test(each)))
    t.match(NOTE.text, `\`${code}\``);
});

t.test('reference degree days', async (t) => {
  const months = STANDARD_YEAR.map((month) => new Decimal(month));
  const lines = NOTE.lines('reference');
  t.equal(lines.length, 4);
  for (const line of lines) {
    const [start = '', end = '', result] = partsOf(line, /^(\S+)\/(\S+) = ([\d.]+)$/);
    t.equal(referenceOf(months, { start, end }).toFixed(6), result, line);
  }
});

t.test('fits', async (t) => {
  const lines = NOTE.lines('fit');
  t.equal(lines.length, 2);
  for (const line of lines) {
    const [points = '', ...expected] = partsOf(
      line,
      /^(.+) = base ([\d.]+), slope ([\d.]+), R² ([\d.]+), CV\(RMSE\) ([\d.]+), t ([\d.]+)$/,
    );
    const fit = fitLine(
      points.split(', ').map((text) => {
        const [days, degreeDays = '', quantity = ''] = partsOf(text, /^(\d+) days (\d+) DD (\d+)$/);
        return { days: Number(days), degreeDays: new Decimal(degreeDays), quantity: new Decimal(quantity) };
      }),
    );
    const found = [fit?.basePerDay, fit?.slopePerDegreeDay, fit?.rSquared, fit?.cvRmse, fit?.slopeT];
    t.same(
      found.map((value) => value?.toFixed(6)),
      expected,
      line,
    );
  }
});

t.test('reference weather', async (t) => {
  const lines = NOTE.lines('normalise');
  t.equal(lines.length, 3);
  for (const line of lines) {
    const [quantity = '', slope = '', actual = '', reference = '', result] = partsOf(
      line,
      /^(\d+) kWh, slope (\d+), (\d+) DD, reference (\d+) = ([\d.]+)$/,
    );
    const day = { day: '2025-01-14', origin: 'interval', actualMinutes: 1440, estimatedMinutes: 0 } as const;
    const span = { start: '2025-01-14', end: '2025-01-15' };
    const use = correctUse(new Map([[day.day, { ...day, quantity: new Decimal(quantity) }]]), span, {
      ...span,
      slopePerDegreeDay: new Decimal(slope),
      actualOf: () => new Decimal(actual),
      referenceOf: () => new Decimal(reference),
    });
    t.equal(use.measured.plus(use.correction).toFixed(6), result, line);
  }
});

t.test('spreading (rule E4)', async (t) => {
  const lines = NOTE.lines('spread');
  t.equal(lines.length, 4);
  for (const line of lines) {
    const [total = 0, count = 0, share = 0, sum = 0, asked = 0, result] = partsOf(
      line,
      /^(\d+) kWh, (\d+) days, h ([\d.]+), (\d+) DD, a day of (\d+) = ([\d.]+)$/,
    ).map(Number);
    const rest = (sum - asked) / (count - 1);
    const start = '2025-06-01';
    const span = { start, end: addDays(start, count), totalMicro: BigInt(total) * 1_000_000n, quality: 'A', rank: 3 };
    const { days } = settleSpans([span as SpanTotal], new Map(), undefined, {
      share: new Decimal(share),
      degreeDaysOf: (day) => new Decimal(day === start ? asked : rest),
    });
    t.equal(Number(days.get(start)?.actualMicro) / 1e6, result, line);
  }
});
