import t from 'tap';
import { estateOf, type MeterFields, type SiteFields } from '../support/memory-estate.ts';
import { type Asked, figureOf } from '../support/memory-figure.ts';
import { billedDays } from '../support/memory-usage.ts';

const METERS: MeterFields[] = [
  { key: 'IM', from: '2015-01-01' },
  { key: 'PV', direction: 'generation', from: '2015-01-01' },
  { key: 'EX', direction: 'export', from: '2015-01-01' },
  { key: 'GAS', activity: 'natural-gas', from: '2015-01-01' },
];
const USED = { IM: 30_000, PV: 10_000, EX: 4_000, GAS: 100_000 };

/** A figure of 2025/26 in which each of the meters used what it does above, or what is stated. */
function answer(
  meters: MeterFields[],
  asked: Partial<Asked> = {},
  used: Record<string, number> = USED,
  sites: SiteFields[] = [],
) {
  const estate = estateOf(meters, sites);
  const days = billedDays(
    estate,
    meters.map(({ key }) => ({ meter: key, period: '2025/26', quantity: used[key] ?? 0 })),
  );
  return figureOf(estate, days, { period: '2025/26', ...asked });
}

const without = (...keys: string[]) => METERS.filter(({ key }) => !keys.includes(key));

t.test('import and self-use are what a site uses; export and generation are in no total (rules B4, B9)', async (t) => {
  const { total, rows } = answer(without('GAS'));
  t.match(total, {
    quantity: { value: 36_000, unit: 'kWh' },
    selfUseKwh: 6_000,
    emissionsKgCo2e: { scope1: 0, scope2: 5310 },
    coverage: { actual: 1 },
  });
  t.same(
    rows.map(({ flow, inTotal, quantity, emissionsKgCo2e }) => [
      flow,
      inTotal,
      quantity?.value,
      emissionsKgCo2e?.scope2,
    ]),
    [
      [undefined, undefined, 36_000, 5310],
      ['export', false, 4_000, undefined],
      ['generation', false, 10_000, undefined],
    ],
    'netting the export would have given 4,602.000',
  );
  t.same(answer(METERS).total.quantity, { value: 136_000, unit: 'kWh' }, 'with gas, and not 144,000');
});

t.test('self-use is a scope 1 line of 0, without losses or upstream (rule B4)', async (t) => {
  const { rows } = answer(without('GAS', 'IM'), { groupBy: ['line'] });
  t.match(
    rows.find((row) => row.line === 'own-generation'),
    { quantity: { value: 6_000 }, emissionsKgCo2e: { scope1: 0, total: 0 }, selfUseKwh: 6_000 },
  );
  t.same(
    rows.flatMap(({ line }) => line ?? []),
    ['own-generation'],
  );
});

t.test(
  'by meter, self-use is a row of its own: it belongs to neither meter, and rows still add to the total',
  async (t) => {
    const { rows, total } = answer(without('GAS'), { groupBy: ['meter'] });
    t.same(
      rows.map(({ meter, inTotal, quantity }) => [meter, inTotal, quantity?.value]),
      [
        ['IM', undefined, 30_000],
        [null, undefined, 6_000],
        ['EX', false, 4_000],
        ['PV', false, 10_000],
      ],
    );
    t.equal(total.quantity?.value, 36_000);
  },
);

t.test('without an export meter self-use is not known, and never taken to be all or half (rule B4)', async (t) => {
  const { total } = answer(without('GAS', 'EX'));
  t.match(total, { quantity: { value: 30_000 }, notQuantified: ['electricity.own-generation'] });
  t.equal(total.selfUseKwh, undefined);
  t.notOk(total.incomplete, 'its line is 0 whatever it is');
  const filtered = answer(METERS, { meters: ['IM', 'PV'] });
  t.same(filtered.total.notQuantified, ['electricity.own-generation'], 'nor when it is not asked about');
});

t.test(
  'an export meter that comes in July makes self-use known from July, in the year and in each month (rule B4)',
  async (t) => {
    const meters = METERS.map((meter) => (meter.key === 'EX' ? { ...meter, from: '2025-07-01' } : meter));
    const year = answer(meters, { interval: 'month' });
    const selfUse = year.rows.filter((row) => row.inTotal !== false).map((row) => row.selfUseKwh ?? null);
    t.equal(selfUse.filter((kwh) => kwh === null).length, 3);
    for (const row of year.rows.filter((each) => each.inTotal !== false)) {
      const alone = answer(meters, { period: row.period.label });
      t.equal(alone.total.selfUseKwh, row.selfUseKwh, row.period.label);
      t.same(alone.total.quantity, row.quantity);
    }
    const whole = answer(meters).total.selfUseKwh ?? 0;
    t.ok(Math.abs(selfUse.reduce<number>((sum, kwh) => sum + (kwh ?? 0), 0) - whole) < 0.00001);
  },
);

t.test('a question that leaves own generation out does not list it as not quantified (rules A4, A9)', async (t) => {
  const lists = (asked: Partial<Asked>) => answer(without('EX'), asked).total.notQuantified;
  t.same(lists({}), ['electricity.own-generation']);
  t.same(lists({ scopes: [1, 3] }), ['electricity.own-generation']);
  t.same(lists({ scopes: [2] }), []);
  t.same(lists({ lines: ['generation'] }), []);
});

t.test('electricity made from a fuel carries that fuel and is no self-use (rule B4)', async (t) => {
  for (const made of [{ parentKey: 'GAS' }, { isMadeFromFuel: true }]) {
    const meters = METERS.map((meter) => (meter.key === 'PV' ? { ...meter, ...made } : meter));
    const { total, rows } = answer(meters);
    t.same(total.quantity, { value: 130_000, unit: 'kWh' });
    t.equal(total.selfUseKwh, undefined);
    t.same(total.notQuantified, []);
    t.match(
      rows.filter((row) => row.inTotal === false),
      [{ flow: 'export' }, { flow: 'generation' }],
    );
  }
});

t.test('heat that is exported is not set against electricity that is generated', async (t) => {
  const meters = METERS.map((meter): MeterFields => {
    return meter.key === 'EX' ? { ...meter, activity: 'district-heat' } : meter;
  });
  const { total } = answer(meters);
  t.equal(total.selfUseKwh, undefined);
  t.same(total.notQuantified, ['electricity.own-generation']);
});

t.test('generation of one site is not balanced with the export of another', async (t) => {
  const { total } = answer(METERS.map((meter) => (meter.key === 'EX' ? { ...meter, site: 'T' } : meter)));
  t.same([total.selfUseKwh, total.quantity?.value], [undefined, 130_000]);
});

t.test('a site outside the boundary has no self-use in the total', async (t) => {
  const { total } = answer(METERS, {}, USED, [{ key: 'S', control: 'outside' }]);
  t.same([total.selfUseKwh, total.quantities], [undefined, []]);
});

t.test(
  'more export than generation is kept as it is: a meter is wrong, and hiding it would not mend it (rule B4)',
  async (t) => {
    const { total } = answer(without('GAS'), {}, { ...USED, EX: 10_500 });
    t.match(total, { selfUseKwh: -500, quantity: { value: 29_500 }, emissionsKgCo2e: { scope1: 0, scope2: 5310 } });
  },
);
