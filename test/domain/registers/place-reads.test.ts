import t from 'tap';
import { startOfDayMs } from '../../../src/domain/calendar.ts';
import { type ArrivingRead, placeReads, REGISTERS_MAX } from '../../../src/domain/registers/place-reads.ts';
import type { ReadType } from '../../../src/domain/registers/read-types.ts';
import type { RegisterMeter, StoredRead } from '../../../src/domain/registers/register-read.ts';

const METER: RegisterMeter = { serials: [], dials: null, multiplier: '1' };
const FIVE_DIALS: RegisterMeter = { ...METER, dials: 5 };

type Given = { day: string; value: number; type?: ReadType; hour?: number; serial?: string | null; register?: string };

function readOf({ day, value, type = 'actual', hour = 0, serial = null, register = '1' }: Given) {
  const readAtMs = startOfDayMs(day) + hour * 3_600_000;
  return { meterId: 1, serial, register, day, readAtMs, valueMicro: BigInt(Math.round(value * 1e6)), type };
}

const stored = (...given: Given[]): StoredRead[] =>
  given.map((read, index) => ({ ...readOf(read), serial: read.serial ?? '', id: String(index + 1) }));
const arriving = (...given: Given[]): ArrivingRead[] => given.map((read, line) => ({ ...readOf(read), line }));

const shown = ({ written, refused, superseded, kept, unchanged }: ReturnType<typeof placeReads>) => ({
  written: written.map(({ day, valueMicro }) => `${day} ${Number(valueMicro) / 1e6}`),
  superseded: superseded.map(({ id }) => id),
  refused: refused.map(({ read, code }) => `${read.day} ${code}`),
  kept,
  unchanged,
});

const NOTHING = { written: [], superseded: [], refused: [], kept: 0, unchanged: 0 };
const [JANUARY, FEBRUARY, MARCH] = ['2025-01-01', '2025-02-01', '2025-03-01'];

t.test('the same read again is nothing new; another value on its day is a correction (rule E2)', async (t) => {
  const before = stored({ day: JANUARY, value: 100 });
  t.same(shown(placeReads(METER, before, arriving({ day: JANUARY, value: 100 }))), { ...NOTHING, unchanged: 1 });
  t.same(shown(placeReads(METER, before, arriving({ day: JANUARY, value: 101 }))), {
    ...NOTHING,
    written: [`${JANUARY} 101`],
    superseded: ['1'],
  });
});

t.test(
  'of two reads on one day the later counts; an estimate never takes the place of an actual one (rules E2, E4)',
  async (t) => {
    const twice = arriving({ day: JANUARY, value: 105, hour: 17 }, { day: JANUARY, value: 100, hour: 9 });
    t.same(shown(placeReads(METER, [], twice)), { ...NOTHING, written: [`${JANUARY} 105`], kept: 1 });
    const evening = stored({ day: JANUARY, value: 105, hour: 17 });
    t.same(shown(placeReads(METER, evening, arriving({ day: JANUARY, value: 100, hour: 9 }))), { ...NOTHING, kept: 1 });
    t.match(
      shown(placeReads(METER, evening, arriving({ day: JANUARY, value: 104 }))),
      { written: [`${JANUARY} 104`] },
      'a read without a time of day corrects the day',
    );
    const estimate = arriving({ day: JANUARY, value: 110, hour: 20, type: 'estimated' });
    t.same(shown(placeReads(METER, evening, estimate)), { ...NOTHING, kept: 1 });
    const guess = stored({ day: JANUARY, value: 110, hour: 20, type: 'estimated' });
    t.match(shown(placeReads(METER, guess, arriving({ day: JANUARY, value: 105, hour: 9 }))), { superseded: ['1'] });
  },
);

t.test('a withdrawn read takes the day’s read out of use (rule E2)', async (t) => {
  const before = stored({ day: JANUARY, value: 100 });
  const withdrawn = placeReads(METER, before, arriving({ day: JANUARY, value: 100, type: 'withdrawn' }));
  t.match(shown(withdrawn), { written: [`${JANUARY} 100`], superseded: ['1'] });
});

t.test('a read that runs backwards is refused with the read it contradicts', async (t) => {
  const before = stored({ day: JANUARY, value: 150 }, { day: MARCH, value: 300 });
  const below = placeReads(METER, before, arriving({ day: FEBRUARY, value: 140.5 }));
  t.same(shown(below), { ...NOTHING, refused: [`${FEBRUARY} register-runs-backwards`] });
  t.match(below.refused[0]?.detail, /140\.5 on 2025-02-01 .* is below the read before it, 150 on 2025-01-01/);
  const above = placeReads(METER, before, arriving({ day: FEBRUARY, value: 301 }));
  t.match(above.refused[0]?.detail, /301 on 2025-02-01 .* is above the read after it, 300 on 2025-03-01/);
  const both = placeReads(METER, before, arriving({ day: FEBRUARY, value: 400 }, { day: MARCH, value: 410 }));
  t.same(shown(both).refused, [], 'reads of one delivery are judged together');
});

t.test('with dials a step back is a turn over zero, where it is plausible', async (t) => {
  const before = stored({ day: JANUARY, value: 99_990 });
  t.same(shown(placeReads(FIVE_DIALS, before, arriving({ day: FEBRUARY, value: 10 }))).refused, []);
  const slip = placeReads(
    FIVE_DIALS,
    stored({ day: JANUARY, value: 50_000 }),
    arriving({ day: FEBRUARY, value: 45_000 }),
  );
  t.match(slip.refused[0]?.detail, /less than half of 5 dials/, '95,000 would be no turn but a slip');
  const slow = stored({ day: JANUARY, value: 59_970 }, { day: FEBRUARY, value: 60_001 });
  const exchanged = placeReads(FIVE_DIALS, slow, arriving({ day: MARCH, value: 120 }));
  t.match(exchanged.refused[0]?.detail, /a turn over zero would be 1432\.8 a day where the register made at most 1\.0/);
  const above = placeReads(FIVE_DIALS, [], arriving({ day: JANUARY, value: 100_000 }));
  t.match(above.refused, [{ field: 'value', code: 'value-above-dials', detail: /does not fit on 5 dials/ }]);
});

t.test('an actual read is never refused for an estimate; the estimate is, for an actual one (rule E3)', async (t) => {
  const guessed = stored({ day: JANUARY, value: 100 }, { day: FEBRUARY, value: 150, type: 'estimated' });
  t.same(shown(placeReads(METER, guessed, arriving({ day: MARCH, value: 120 }))).refused, []);
  const known = stored({ day: JANUARY, value: 100 }, { day: MARCH, value: 120 });
  const between = arriving({ day: FEBRUARY, value: 150, type: 'estimated' });
  t.same(shown(placeReads(METER, known, between)).refused, [], 'between two actual ones it is ignored anyway');
  const after = arriving({ day: '2025-04-01', value: 119, type: 'estimated' });
  t.same(shown(placeReads(METER, known, after)).refused, ['2025-04-01 register-runs-backwards']);
});

t.test('an exchange needs a closing and an opening read, on one day or later', async (t) => {
  const before = stored({ day: JANUARY, value: 60_000 });
  const exchange = arriving(
    { day: FEBRUARY, value: 60_500, type: 'exchange-closing' },
    { day: FEBRUARY, value: 3, type: 'exchange-opening' },
    { day: MARCH, value: 400 },
  );
  t.match(shown(placeReads(METER, before, exchange)), {
    refused: [],
    written: [`${FEBRUARY} 60500`, `${FEBRUARY} 3`, `${MARCH} 400`],
  });
});

t.test('a serial is needed where there are several devices, and must be one of the meter’s (rule E10)', async (t) => {
  const two = { ...METER, serials: ['F75A 00802', 'B2'] };
  const given = arriving(
    { day: JANUARY, value: 1 },
    { day: JANUARY, value: 1, serial: 'X' },
    { day: JANUARY, value: 1, serial: 'f75a00802' },
  );
  const placed = placeReads(two, [], given);
  t.match(placed.refused, [
    { field: 'serial', code: 'required', detail: /expected one of F75A 00802, B2/ },
    { field: 'serial', code: 'unknown-serial', detail: /'X' is no device of this meter/ },
  ]);
  t.match(placed.written, [{ serial: 'F75A 00802' }], 'spaces and capitals make no other device');
  const known = stored({ day: JANUARY, value: 1, serial: 'A' }, { day: JANUARY, value: 1, serial: 'B' });
  t.match(placeReads(METER, known, arriving({ day: MARCH, value: 2 })).refused, [{ code: 'required' }]);
  const one = stored({ day: JANUARY, value: 10, serial: 'A' });
  t.same(shown(placeReads(METER, one, arriving({ day: MARCH, value: 2 }))).refused, [
    `${MARCH} register-runs-backwards`,
  ]);
});

t.test('a delivery that contradicts itself again and again ends', async (t) => {
  const reads = Array.from({ length: 400 }, (_, index) => ({
    day: new Date(Date.UTC(2024, 0, 1 + index)).toISOString().slice(0, 10),
    value: index === 0 ? 1_000 : index,
  }));
  const { written, refused } = placeReads(METER, [], arriving(...reads));
  t.equal(written.length + refused.length, 400);
  t.match(refused.at(-1)?.detail, /nothing more of this register is taken/);
});

t.test('a meter has no end of registers', async (t) => {
  const reads = Array.from({ length: REGISTERS_MAX + 2 }, (_, index) => ({
    day: JANUARY,
    value: 1,
    register: `R${index}`,
  }));
  const { written, refused } = placeReads(METER, [], arriving(...reads, { day: FEBRUARY, value: 2, register: 'R0' }));
  t.equal(written.length, REGISTERS_MAX + 1);
  t.match(refused, [{ field: 'register', code: 'too-many-registers' }, { code: 'too-many-registers' }]);
});
