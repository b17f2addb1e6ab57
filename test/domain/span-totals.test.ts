import fc from 'fast-check';
import t from 'tap';
import { minutesOfDay } from '../../src/domain/calendar.ts';
import { type IntervalProfile, profileOf } from '../../src/domain/interval-profile.ts';
import { addDays, dayOfNumber, type LocalDay } from '../../src/domain/local-day.ts';
import { ORIGIN, settleMeter } from '../../src/domain/settle-meter.ts';
import { EVIDENCE_RANK, type SpanTotal, settleSpans, spreadMicro } from '../../src/domain/span-totals.ts';
import { dec } from '../support/memory-estate.ts';
import { billOf, daysOf } from '../support/memory-usage.ts';
import { holds } from '../support/property.ts';

type Profiles = Map<LocalDay, IntervalProfile>;

const whole = (day: LocalDay, kwh: number, quality: 'A' | 'E' = 'A'): [LocalDay, IntervalProfile] => [
  day,
  profileOf(day, 1440, [kwh], quality === 'A' ? null : 'E'),
];

/** Quantity of each day, in units with six decimals; null where nothing is known. */
function quantitiesOf(spans: SpanTotal[], profiles: Profiles, period: string): (string | null)[] {
  const { days } = settleMeter({ meterId: 1, stored: profiles, received: new Map(), spans, days: daysOf(period) });
  return days.map(({ quantityMicro }) =>
    quantityMicro === null ? null : dec(String(quantityMicro)).div(1e6).toFixed(6),
  );
}

const total = (quantities: readonly (string | null)[]): string =>
  quantities.reduce((sum, value) => sum.plus(value ?? 0), dec(0)).toFixed(6);

const THREE_DAYS: Profiles = new Map(['2025-03-01', '2025-03-02', '2025-03-03'].map((day) => whole(day, 150)));

t.test('a bill of 31 days keeps its total; three days known by interval keep theirs (rule E1)', async (t) => {
  const days = quantitiesOf([billOf({ period: '2025-03', quantity: 3_100 })], THREE_DAYS, '2025-03');
  t.equal(days[0], '150.000000');
  t.same(days.slice(3, 7), ['94.642857', '94.642857', '94.642857', '94.642858']);
  t.equal(days[29], '94.642857', '30 March has 46 half-hours and weighs one day');
  t.equal(total(days), '3100.000000');
});

t.test('a part-covered day weighs what it misses (rule E1)', async (t) => {
  const half: IntervalProfile = profileOf(
    '2025-06-03',
    30,
    [...new Array(24).fill(1.25), ...new Array(24).fill(null)],
    null,
  );
  const profiles: Profiles = new Map([whole('2025-06-02', 80), ['2025-06-03', half]]);
  const days = quantitiesOf(
    [billOf({ period: '2025-06-02/2025-06-09', quantity: 700 })],
    profiles,
    '2025-06-02/2025-06-09',
  );
  t.same(days.slice(0, 3), ['80.000000', '83.636364', '107.272727']);
  t.equal(total(days), '700.000000');
});

t.test(
  'a bill below its intervals is a conflict: nothing is spread, and both numbers are said (rule E1)',
  async (t) => {
    const bill = billOf({ period: '2025-03', quantity: 400 });
    const days = quantitiesOf([bill], THREE_DAYS, '2025-03');
    t.equal(days.filter((day) => day === null).length, 28);
    t.equal(total(days), '450.000000');
    t.same(settleSpans([bill], THREE_DAYS).conflicts, [
      {
        start: '2025-03-01',
        end: '2025-04-01',
        code: 'bill-below-intervals',
        totalMicro: 400_000_000n,
        coveredMicro: 450_000_000n,
      },
    ]);
  },
);

t.test(
  'within tolerance, half a percent or one unit, the uncovered time gets nothing and is known (rule E1)',
  async (t) => {
    const small: Profiles = new Map([whole('2025-03-01', 50)]);
    const settled = (quantity: number) => settleSpans([billOf({ period: '2025-03', quantity })], small);
    t.equal(settled(49).conflicts.length, 0, 'one unit below');
    t.match(settled(49).days.get('2025-03-31'), { actualMicro: 0n, actualMinutes: 1440 });
    t.equal(settled(48.999999).conflicts.length, 1, 'a millionth more than one unit below');

    const large: Profiles = new Map([whole('2025-03-01', 100_500)]);
    const bill = (quantity: number) => settleSpans([billOf({ period: '2025-03', quantity })], large).conflicts.length;
    t.equal(bill(100_000), 0, 'half a percent of the bill');
    t.equal(bill(99_999), 1);
  },
);

t.test('intervals of every day stand, and the bill only reconciles (rule E1)', async (t) => {
  const profiles: Profiles = new Map(daysOf('2025-03').map((day, index) => whole(day, index < 3 ? 150 : 96)));
  const bill = billOf({ period: '2025-03', quantity: 3_100 });
  t.equal(total(quantitiesOf([bill], profiles, '2025-03')), '3138.000000');
  t.same(settleSpans([bill], profiles).conflicts, []);
});

t.test(
  "a supplier's estimates give way to an actual bill, and shape it where they cover all open time (rule E1)",
  async (t) => {
    const estimates: Profiles = new Map([whole('2025-06-02', 10, 'E'), whole('2025-06-03', 30, 'E')]);
    const bill = billOf({ period: '2025-06-02/2025-06-04', quantity: 100 });
    t.same(quantitiesOf([bill], estimates, '2025-06-02/2025-06-04'), ['25.000000', '75.000000']);
    const longer = billOf({ period: '2025-06-02/2025-06-06', quantity: 100 });
    t.same(
      quantitiesOf([longer], estimates, '2025-06-02/2025-06-06'),
      new Array(4).fill('25.000000'),
      'two days have no shape',
    );
  },
);

t.test('estimated intervals are better than a bill on an estimated read (rule E1)', async (t) => {
  const estimates: Profiles = new Map([whole('2025-06-02', 10, 'E')]);
  const bill = billOf({ period: '2025-06-02/2025-06-04', quantity: 100, quality: 'E' });
  t.same(quantitiesOf([bill], estimates, '2025-06-02/2025-06-04'), ['10.000000', '90.000000']);
});

t.test(
  'of two totals over the same days the better one counts, and the worse fills what it leaves (rule E1)',
  async (t) => {
    const actual = billOf({ period: '2025-06-02/2025-06-04', quantity: 50 });
    const estimated = billOf({ period: '2025-06-02/2025-06-06', quantity: 150, quality: 'E' });
    for (const spans of [
      [actual, estimated],
      [estimated, actual],
    ]) {
      const days = quantitiesOf(spans, new Map(), '2025-06-02/2025-06-06');
      t.same(days, ['25.000000', '25.000000', '50.000000', '50.000000']);
    }
    const { days } = settleSpans([estimated, actual], new Map());
    t.match(days.get('2025-06-02'), { actualMinutes: 1440, estimatedMinutes: 0 });
    t.match(days.get('2025-06-05'), { actualMinutes: 0, estimatedMinutes: 1440, estimatedMicro: 50_000_000n });
  },
);

t.test('a credit is spread like any total, and a bill of nothing is known to be nothing', async (t) => {
  t.same(
    quantitiesOf([billOf({ period: '2025-06-02/2025-06-04', quantity: -100 })], new Map(), '2025-06-02/2025-06-04'),
    ['-50.000000', '-50.000000'],
  );
  t.same(quantitiesOf([billOf({ period: '2025-06-02/2025-06-03', quantity: 0 })], new Map(), '2025-06-02/2025-06-03'), [
    '0.000000',
  ]);
});

t.test('an advance from 10 March to 20 April is 22 days before 1 April and 19 after (rule E4)', async (t) => {
  const advance: SpanTotal = { ...billOf({ period: '2025-03-10/2025-04-20', quantity: 1_000 }), rank: 2 };
  const days = quantitiesOf([advance], new Map(), '2025-03-10/2025-04-21');
  t.equal(days.length, 42);
  t.equal(total(days.slice(0, 22)), '536.585366');
  t.equal(total(days.slice(22, 41)), '463.414634');
  t.equal(days[41], null, 'the day of the closing reading is not in it');
});

t.test('a day says where it comes from, by the best total that covers it', async (t) => {
  const origins = (spans: SpanTotal[], profiles: Profiles) =>
    settleMeter({
      meterId: 1,
      stored: profiles,
      received: new Map(),
      spans,
      days: ['2025-03-01', '2025-03-04'],
    }).days.map(({ origin }) => origin);
  const bill = billOf({ period: '2025-03', quantity: 3_100, quality: 'E' });
  const register: SpanTotal = {
    ...billOf({ period: '2025-03', quantity: 3_100 }),
    rank: EVIDENCE_RANK['register-actual'],
  };
  t.same(origins([bill], THREE_DAYS), [ORIGIN.interval, ORIGIN.billed]);
  t.same(origins([bill, register], THREE_DAYS), [ORIGIN.interval, ORIGIN.register]);
  const part: Profiles = new Map([['2025-03-04', profileOf('2025-03-04', 360, [1, null, null, null], null)]]);
  t.same(origins([register], part), [ORIGIN.register, ORIGIN.mixed]);
});

t.test(
  'what a delivery cannot say beside what is stored is refused by its line, and the rest is settled',
  async (t) => {
    const hours = (quality: string | null) => profileOf('2025-06-02', 60, new Array(24).fill(4), quality);
    const settled = settleMeter({
      meterId: 7,
      stored: new Map([whole('2025-06-02', 100), whole('2025-06-03', 100)]),
      received: new Map([
        ['2025-06-02', [{ profile: hours('E'), line: 12 }]],
        ['2025-06-03', [{ profile: whole('2025-06-03', 96, 'E')[1], line: 13 }]],
        [
          '2025-06-04',
          [
            { profile: whole('2025-06-04', 96)[1], line: 14 },
            { profile: whole('2025-06-04', 97)[1], line: 15 },
          ],
        ],
      ]),
      spans: [],
      days: ['2025-06-02', '2025-06-03', '2025-06-04'],
    });
    t.match(settled.refused, [
      { meterId: 7, day: '2025-06-02', line: 12 },
      { day: '2025-06-04', line: 15, detail: /given twice/ },
    ]);
    t.equal(settled.keptActual, 1);
    t.same(
      settled.days.map(({ quantityMicro }) => quantityMicro),
      [100_000_000n, 100_000_000n, null],
    );
  },
);

t.test('a total cut into days by any weights adds up to the millionth (rule E4)', async (t) => {
  const weights = fc.array(fc.integer({ min: 0, max: 1500 }), { minLength: 1, maxLength: 400 });
  holds(
    t,
    fc.property(fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }), weights, (micro, minutes) => {
      const shares = minutes.map((each, index) => dec(index === 0 ? each + 1 : each).div(1380));
      return spreadMicro(micro, shares).reduce((a, b) => a + b, 0n) === micro;
    }),
    150,
  );
});

t.test('whatever days intervals cover, a larger bill keeps its total and they keep theirs (rule E1)', async (t) => {
  const start = fc.integer({ min: 18_000, max: 21_000 });
  const covered = fc.array(fc.option(fc.integer({ min: 0, max: 9_999 })), { minLength: 1, maxLength: 60 });
  holds(
    t,
    fc.property(start, covered, fc.integer({ min: 1, max: 1_000_000 }), (from, days, rest) => {
      const first = dayOfNumber(from);
      const profiles: Profiles = new Map();
      days.forEach((kwh, index) => {
        if (kwh !== null) profiles.set(...whole(addDays(first, index), kwh));
      });
      const known = days.reduce<number>((sum, kwh) => sum + (kwh ?? 0), 0);
      const bill = billOf({ period: `${first}/${addDays(first, days.length)}`, quantity: known + rest });
      const settled = settleSpans([bill], profiles);
      const all = [...settled.days.values()];
      const sum = all.reduce((micro, day) => micro + day.actualMicro, 0n);
      const keeps = days.every((kwh, index) => {
        const day = settled.days.get(addDays(first, index));
        return kwh === null || day?.actualMicro === BigInt(kwh) * 1_000_000n;
      });
      const timeIsWhole = all.every((day, index) => day.actualMinutes === minutesOfDay(addDays(first, index)));
      return keeps && timeIsWhole && sum === (days.includes(null) ? bill.totalMicro : BigInt(known) * 1_000_000n);
    }),
    100,
  );
});
