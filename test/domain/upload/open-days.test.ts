import t from 'tap';
import { createOpenDays } from '../../../src/domain/upload/open-days.ts';
import { MARK } from '../../../src/domain/upload/quality-words.ts';
import { TEST_METERS } from '../../support/read-upload.ts';

const [meter] = TEST_METERS;
if (meter === undefined) throw new Error('there is a meter');

/** Opens as many days at one-minute intervals, each with one value, and tells which have come out before the end. */
function openMany(days: number): { early: number[]; all: number[] } {
  const out: number[] = [];
  const open = createOpenDays(
    (raw) => out.push(raw.dayNumber),
    () => undefined,
  );
  for (let day = 0; day < days; day++)
    open.put(meter as (typeof TEST_METERS)[number], 20_000 + day, 1, 0, 1, MARK.actual, day);
  const early = [...out];
  open.end();
  return { early, all: out };
}

t.test('days that are open wait for the rest of their values', async (t) => {
  t.strictSame(openMany(1_000).early, []);
});

t.test('beyond the bound the oldest days go out as they are, and each just once', async (t) => {
  const { early, all } = openMany(2_000);
  t.ok(early.length > 0);
  t.strictSame(early, all.slice(0, early.length));
  t.strictSame(
    all.toSorted(),
    Array.from({ length: 2_000 }, (_, day) => 20_000 + day),
  );
});
