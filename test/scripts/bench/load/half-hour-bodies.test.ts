import t from 'tap';
import { halfHourBodies } from '../../../../scripts/bench/load/half-hour-bodies.ts';

type Body = { readings: { meter: string; start: string; end: string; quantity: number }[] };

const read = (count: number, done = 0): Body['readings'] => {
  const next = halfHourBodies({ meters: ['A', 'B'], done });
  return Array.from({ length: count }, () => (JSON.parse(next()) as Body).readings).flat();
};

t.test('each body brings a half-hour that none before has brought, meter by meter', async (t) => {
  const readings = read(200);
  t.equal(new Set(readings.map(({ meter, start }) => `${meter} ${start}`)).size, 200);
  t.match(readings.slice(0, 3), [
    { meter: 'A', start: '2024-04-01T00:00:00Z', end: '2024-04-01T00:30:00Z' },
    { meter: 'B', start: '2024-04-01T00:00:00Z', end: '2024-04-01T00:30:00Z' },
    { meter: 'A', start: '2024-04-01T00:30:00Z', end: '2024-04-01T01:00:00Z' },
  ]);
});

t.test('bodies go on where earlier ones ended', async (t) => {
  t.strictSame(read(3, 2), read(5).slice(2));
});

t.test('quantities have no more decimals than the service takes', async (t) => {
  t.ok(read(300).every(({ quantity }) => /^\d+(\.\d{1,2})?$/.test(String(quantity))));
});
