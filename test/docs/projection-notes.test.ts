import t from 'tap';
import { Decimal, roundKg, roundQuantity } from '../../src/domain/decimal.ts';
import { gapTo } from '../../src/domain/projection/projected-year.ts';
import { carryOn, fitTrend } from '../../src/domain/projection/trend.ts';
import { projectTarget } from '../../src/services/projection/project-target.ts';
import { memoryDeps } from '../support/memory-deps.ts';
import { estateOf } from '../support/memory-estate.ts';
import { targetOf } from '../support/memory-target.ts';
import { evenDays } from '../support/memory-usage.ts';
import { partsOf, readNote } from '../support/note.ts';
import { pathwayOf } from '../support/pathways.ts';

const NOTE = readNote('projection');

t.test('trends and their ranges are those of the page', async (t) => {
  const examples = NOTE.lines('trend');
  t.equal(examples.length, 6);
  for (const line of examples) {
    const [words = '', year = '', stated] = partsOf(line, /^(.+) in (\d{4}) = (.+)$/);
    const points = words.split(', ').map((part) => {
      const [of = '', quantity = ''] = part.split(' ');
      return { year: Number(of), quantity: new Decimal(quantity) };
    });
    const trend = fitTrend(points);
    const found = trend === null ? null : carryOn(trend, Number(year));
    const text = (quantity: Decimal): string => roundQuantity(quantity).toFixed(6);
    const said = found === null ? 'too few' : `${text(found.expected)}, ${text(found.low)} to ${text(found.high)}`;
    t.equal(said, stated, line);
  }
});

t.test('a year to come is what the page says', async (t) => {
  const examples = NOTE.lines('projection');
  t.equal(examples.length, 5);
  const from = '2015-01-01';
  const estate = estateOf([
    { key: 'G', activity: 'natural-gas', from },
    { key: 'E', activity: 'electricity', from },
  ]);
  const used = (meter: string, quantities: number[]) =>
    quantities.map((quantity, index) => ({ meter, period: `${2023 + index}/${24 + index}`, quantity }));
  const deps = memoryDeps(
    estate,
    evenDays(estate, [...used('G', [1_100_000, 1_000_000, 900_000]), ...used('E', [300_000, 330_000, 300_000])]),
  );
  const target = targetOf({
    baseline: { period: '2023/24', kind: 'computed' },
    milestones: [{ period: '2030/31', reductionPercent: 50 }],
  });
  const asked = { normalisation: null, trendYears: 5, hold: [], measures: [] };
  const pathway = pathwayOf('p', { 2026: 0.2, 2027: 0.12, 2028: 0.1 });
  const kg = (amount: Decimal): string => roundKg(amount).toFixed(3);
  for (const line of examples) {
    const [period, factors, stated] = partsOf(line, /^(\S+) (held|pathway) = (.+)$/);
    const found = await projectTarget(deps, target, null, { ...asked, pathway: factors === 'held' ? null : pathway });
    const year = found.years.find(({ projected }) => projected.period.label === period);
    if (year === undefined) throw new Error(line);
    const { expected, low, high } = year.projected.kg;
    const gap = gapTo(year.projected.kg, year.allowedKg).expected;
    t.equal(
      `expected ${kg(expected)}, ${kg(low)} to ${kg(high)}, allowed ${kg(year.allowedKg)}, gap ${kg(gap)}`,
      stated,
      line,
    );
  }
});
