import t, { type Test } from 'tap';
import { bucketsOf, type Interval } from '../../src/domain/buckets.ts';
import { roundKg, roundQuantity } from '../../src/domain/decimal.ts';
import type { FactorPolicy } from '../../src/domain/factor-policy.ts';
import { lengthDays } from '../../src/domain/local-day.ts';
import { parsePeriod } from '../../src/domain/period.ts';
import { dec, estateOf, type MeterFields } from '../support/memory-estate.ts';
import { figureOf } from '../support/memory-figure.ts';
import { billedDays } from '../support/memory-usage.ts';
import { partsOf, readNote } from '../support/note.ts';
import { lineFigure, lineTexts, placeTexts } from '../support/note-figures.ts';

const NOTES = {
  periods: readNote('periods-and-factor-years'),
  lines: readNote('lines'),
  control: readNote('control'),
  rounding: readNote('rounding-and-totals'),
  targets: readNote('targets'),
};

const policyOf = (text: string): FactorPolicy => ({ kind: (text === '' ? 'reporting-year' : text) as 'blended' });

/** What a computation gives, or what it was refused with. */
function textOf(compute: () => string): string {
  try {
    return compute();
  } catch (error) {
    return error instanceof Error ? error.message : '';
  }
}

/** `refused: …` is found in a message; anything else is equal. */
function same(t: Test, found: string, stated: string, line: string): void {
  const refused = /^refused: (.*)$/.exec(stated)?.[1];
  if (refused === undefined) t.equal(found, stated, line);
  else t.ok(found.includes(refused), `${line}: ${found}`);
}

t.test('every line of a metered quantity is what its page says (rules A2, B1 to B8, H4)', async (t) => {
  const examples = [NOTES.periods, NOTES.lines, NOTES.targets].flatMap((note) => note.lines('lines'));
  t.equal(examples.length, 26, 'no example is lost by a slip of the pen');
  for (const line of examples) {
    const [quantity = '', period = '', policy = '', gas, stated = ''] = partsOf(
      line,
      /^(.*), (\S+)(?: with (\S+))?( as co2)? = (.+)$/,
    );
    const found = lineTexts(lineFigure(quantity, period, policyOf(policy), gas === '' ? 'co2e' : 'co2'));
    for (const part of stated.split(', ')) t.ok(found.includes(part), `${line}: ${found.join(', ')}`);
  }
});

t.test('a thousand kWh a day gives what the page on factor years says (rule A1)', async (t) => {
  const estate = estateOf([{ key: 'EL', from: '2015-01-01' }]);
  const days = billedDays(estate, [
    { meter: 'EL', period: '2019/20', quantity: 366_000 },
    { meter: 'EL', period: '2020/21', quantity: 365_000 },
  ]);
  const examples = NOTES.periods.lines('thousand-a-day');
  t.equal(examples.length, 8);
  for (const line of examples) {
    const [label = '', within = '', policy = '', stated = ''] = partsOf(
      line,
      /^(\S+)(?: of (\S+))?(?: with (\S+))? = (.+)$/,
    );
    const period = within === '' ? label : within;
    const { rows } = figureOf(estate, days, {
      period,
      interval: within === '' ? 'total' : 'month',
      policy: policyOf(policy),
    });
    const row = rows.find((each) => each.period.label === label);
    const found = `${row?.quantity?.value} kWh, scope2 ${row?.emissionsKgCo2e?.scope2.toFixed(3)}, ${row?.sets.join(' ')}`;
    t.equal(found, stated, line);
  }
});

t.test('periods and buckets are those of the page, or refused with its words (rule A3)', async (t) => {
  const periods = NOTES.periods.lines('periods');
  const buckets = NOTES.periods.lines('buckets');
  t.same([periods.length, buckets.length], [6, 5]);
  for (const line of periods) {
    const [text = '', stated = ''] = partsOf(line, /^(\S+) = (.+)$/);
    const found = textOf(() => {
      const { start, end } = parsePeriod(text);
      return `${start}/${end}, ${lengthDays({ start, end })} days`;
    });
    same(t, found, stated, line);
  }
  for (const line of buckets) {
    const [text = '', interval, stated = ''] = partsOf(line, /^(\S+) by (\S+) = (.+)$/);
    const found = textOf(() =>
      bucketsOf(parsePeriod(text), interval as Interval, '04-01')
        .map(({ label, partial }) => `${label}${partial ? ' (partial)' : ''}`)
        .join(', '),
    );
    same(t, found, stated, line);
  }
});

/** The meters that examples of a site name. */
const SITE_METERS: Record<string, Omit<MeterFields, 'key'>> = {
  import: {},
  generation: { direction: 'generation' },
  export: { direction: 'export' },
  chp: { direction: 'generation', isMadeFromFuel: true },
  'natural-gas': { activity: 'natural-gas' },
  'own heat': { activity: 'district-heat', heatNetwork: 'council' },
  'gas-oil litres': { activity: 'gas-oil', unit: 'litre' },
  'pellet tonnes': { activity: 'wood-pellets', unit: 'tonne' },
  'net pellets': { activity: 'wood-pellets', unit: 'kWh', calorificBasis: 'net' },
  'sub-meter': { activity: 'natural-gas', parentKey: 'natural-gas' },
};

t.test('a site of several meters comes to what the page on lines says (rules B4, B6, B9)', async (t) => {
  const examples = NOTES.lines.lines('site');
  t.equal(examples.length, 9);
  for (const line of examples) {
    const [inputs = '', stated = ''] = partsOf(line, /^(.*) = (.+)$/);
    const named = inputs.split(', ').map((input) => partsOf(input, /^(.*) ([\d.]+)$/));
    const estate = estateOf(named.map(([key = '']) => ({ key, from: '2015-01-01', ...SITE_METERS[key] })));
    const used = named.map(([meter = '', quantity = '']) => ({ meter, period: '2025/26', quantity }));
    const { total } = figureOf(estate, billedDays(estate, used), { period: '2025/26' });
    const found = [
      `scope1 ${total.emissionsKgCo2e?.scope1.toFixed(3)}`,
      `scope2 ${total.emissionsKgCo2e?.scope2.toFixed(3)}`,
      `self-use ${total.selfUseKwh}`,
      `total ${total.quantity?.value} ${total.quantity?.unit}`,
      ...total.notQuantified.map((name) => `${name.replace('electricity.', '')} not quantified`),
    ];
    for (const part of stated.split(', ')) t.ok(found.includes(part), `${line}: ${found.join(', ')}`);
  }
});

t.test('a control or a lease puts a site where its page says (rules D1, D2)', async (t) => {
  const examples = [...NOTES.control.lines('control'), ...NOTES.control.lines('lease')];
  t.equal(examples.length, 14);
  for (const line of examples) {
    const [quantity = '', control = '', period = '', stated = ''] = partsOf(line, /^([^,]*), ([^,]*), (\S+) = (.+)$/);
    const found = placeTexts(lineFigure(quantity, period, undefined, undefined, control));
    for (const part of stated.split(', ')) t.ok(found.includes(part), `${line}: ${found.join(', ')}`);
  }
});

t.test('numbers are rounded as the page on rounding says (rule A5)', async (t) => {
  const examples = NOTES.rounding.lines('rounding');
  t.equal(examples.length, 5);
  for (const line of examples) {
    const [exact = '', unit = '', stated = ''] = partsOf(line, /^(\S+) (kg|kWh) = (\S+)$/);
    const rounded = unit === 'kg' ? roundKg(dec(exact)) : roundQuantity(dec(exact));
    t.ok(Object.is(rounded, Number(stated)), `${line}: ${rounded}`);
  }
});

t.test('a printed total is rounded from the exact one, and may differ from its printed rows', async (t) => {
  for (const line of NOTES.rounding.lines('footing')) {
    const [sites = '', quantity = '', activity = '', period = '', each = '', all = ''] = partsOf(
      line,
      /^(\d+) sites with (\d+) kWh (\S+), (\S+), scope1 = (\S+) each, (\S+) in all$/,
    );
    const keys = Array.from({ length: Number(sites) }, (_, index) => `M${index}`);
    const estate = estateOf(
      keys.map((key) => ({ key, site: key, activity: activity as 'natural-gas', from: '2015-01-01' })),
    );
    const days = billedDays(
      estate,
      keys.map((meter) => ({ meter, period, quantity })),
    );
    const { rows, total } = figureOf(estate, days, { period, groupBy: ['site'] });
    t.same(
      rows.map((row) => row.emissionsKgCo2e?.scope1),
      keys.map(() => Number(each)),
    );
    t.equal(total.emissionsKgCo2e?.scope1, Number(all));
    t.notSame(Number(all), roundKg(dec(each).times(keys.length)), 'the example shows a difference');
  }
});

t.test('a total holds the reported lines alone (rule A9)', async (t) => {
  const examples = NOTES.rounding.lines('reported');
  t.equal(examples.length, 3);
  for (const line of examples) {
    const [quantity = '', period = '', lines = '', stated] = partsOf(
      line,
      /^(\d+) kWh electricity, (\S+), (.*) = (\S+)$/,
    );
    const estate = estateOf([{ key: 'EL', from: '2015-01-01' }], [], { reportedLines: lines.split(' ') });
    const days = billedDays(estate, [{ meter: 'EL', period, quantity }]);
    t.equal(figureOf(estate, days, { period }).total.emissionsKgCo2e?.total.toFixed(3), stated, line);
  }
});
