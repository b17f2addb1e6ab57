import t from 'tap';
import { type Decimal, roundGbp, roundKg } from '../../src/domain/decimal.ts';
import { gbpPerTonne, MEASURE_ORDERS } from '../../src/domain/scenario/rank-measures.ts';
import type { ScenarioSide } from '../../src/domain/scenario/scenario-side.ts';
import { type RankedMeasure, setSummary } from '../../src/domain/scenario/set-summary.ts';
import { effectKg, type YearEffect } from '../../src/domain/scenario/year-effect.ts';
import { projectTarget } from '../../src/services/projection/project-target.ts';
import { scenarioOf } from '../../src/services/scenario/scenario-of.ts';
import { changeOf, measureOf } from '../support/measures.ts';
import { memoryDeps } from '../support/memory-deps.ts';
import { estateOf } from '../support/memory-estate.ts';
import { targetOf } from '../support/memory-target.ts';
import { evenDays } from '../support/memory-usage.ts';
import { partsOf, readNote } from '../support/note.ts';

const NOTE = readNote('scenario');
const from = '2015-01-01';
const ESTATE = estateOf([
  { key: 'G', activity: 'natural-gas', from },
  { key: 'E', activity: 'electricity', from },
]);
const used = (meter: string, quantities: number[]) =>
  quantities.map((quantity, index) => ({ meter, period: `${2023 + index}/${24 + index}`, quantity }));
const DEPS = memoryDeps(
  ESTATE,
  evenDays(ESTATE, [...used('G', [1_100_000, 1_000_000, 900_000]), ...used('E', [300_000, 330_000, 300_000])]),
);
const ROOF = measureOf('roof', { from: '2027-04-01', changes: [changeOf({ percent: -20 })], costGbp: 60_000 });
const PUMP = measureOf('pump', {
  ...{ from: '2028-04-01', costGbp: 400_000 },
  changes: [
    changeOf({ percent: -100 }),
    changeOf({ activity: 'electricity', replaces: { activity: 'natural-gas', efficiency: 0.84, performance: 2.8 } }),
  ],
});
const asked = { normalisation: null, trendYears: 5, hold: [], pathway: null, measures: [PUMP, ROOF] };
const projected = (reductionPercent: number) =>
  projectTarget(
    DEPS,
    targetOf({
      baseline: { period: '2023/24', kind: 'computed' },
      milestones: [{ period: '2030/31', reductionPercent }],
    }),
    null,
    asked,
  );

const kgText = (amount: Decimal): string => roundKg(amount).toFixed(3);

t.test('measures are ranked, and add up, as the page says', async (t) => {
  const boxes = NOTE.boxes('scenario');
  t.same(
    boxes.map(({ words }) => words),
    MEASURE_ORDERS,
  );
  const projection = await projected(50);
  for (const { words, lines } of boxes) {
    const order = MEASURE_ORDERS.find((name) => name === words);
    if (order === undefined) throw new Error(words);
    const { ranked, effect } = scenarioOf(projection, () => true, order);
    const priced = ({ measure }: RankedMeasure, of: YearEffect): string => {
      const price = gbpPerTonne(measure, of);
      return `${kgText(effectKg(of))}, ${typeof price === 'string' ? price : roundGbp(price)} a tonne`;
    };
    const { ownKg, gbpPerTonne: price } = setSummary(ranked);
    const overlap = kgText(effectKg(effect).minus(ownKg));
    t.same(
      [
        ...ranked.map(
          (each) => `${each.measure.key} = own ${priced(each, each.own)}; adds ${priced(each, each.marginal)}`,
        ),
        `together = ${kgText(effectKg(effect))}, overlap ${overlap}, ${price === null ? '' : roundGbp(price)} a tonne`,
      ],
      lines,
    );
  }
});

t.test('the budget is left, and runs out, as the page says', async (t) => {
  const examples = NOTE.lines('budget');
  t.equal(examples.length, 3);
  const sideText = ({ years, runsOutOn }: ScenarioSide): string => {
    const left = years.at(-1)?.leftKg;
    return `${left == null ? '' : kgText(left)}, ${runsOutOn ?? 'never'}`;
  };
  for (const line of examples) {
    const [percent, stated] = partsOf(line, /^(\d+) % = (.+)$/);
    const scenario = scenarioOf(await projected(Number(percent)), () => true, 'tonnes');
    t.equal(`without ${sideText(scenario.without)}; with ${sideText(scenario.with)}`, stated, line);
  }
});
