import t from 'tap';
import { type Decimal, roundKg } from '../../src/domain/decimal.ts';
import { composeFootprint } from '../../src/domain/footprint/footprint.ts';
import { isWholeFigure, refuseCut, statedIn, statedKg } from '../../src/domain/footprint/stated-figure.ts';
import { parsePeriod } from '../../src/domain/period.ts';
import { Refusal } from '../../src/domain/refusal.ts';
import { targetProgress } from '../../src/services/targets/target-progress.ts';
import { memoryDeps } from '../support/memory-deps.ts';
import { estateOf } from '../support/memory-estate.ts';
import { figureOf } from '../support/memory-figure.ts';
import { targetOf } from '../support/memory-target.ts';
import { billedDays, evenDays } from '../support/memory-usage.ts';
import { partsOf, readNote } from '../support/note.ts';
import { statedOf } from '../support/stated-emissions.ts';

const NOTE = readNote('footprint');
const TODAY = '2026-11-22';

t.test('figures of a line are added as they are, and never cut (rule H8)', async (t) => {
  const examples = NOTE.lines('stated');
  t.equal(examples.length, 7);
  for (const line of examples) {
    const [words = '', asked = '', stated] = partsOf(line, /^fleet (.+) in (\S+) = (.+)$/);
    const all = words.split(', ').map((part) => {
      const [period = '', kg = ''] = part.split(' ');
      return statedOf('fleet', period, { kgCo2e: Number(kg) });
    });
    const figure = statedIn('fleet', all, parsePeriod(asked), TODAY);
    const kg = statedKg(figure, 'co2e');
    const known = kg === null ? 'nothing' : roundKg(kg).toFixed(3);
    const share = isWholeFigure(figure) ? 'whole' : `${figure.statedDays} of ${figure.days} days`;
    if (stated === 'refused') t.throws(() => refuseCut([figure]), Refusal, line);
    else {
      t.doesNotThrow(() => refuseCut([figure]), line);
      t.equal(`${known}, ${share}`, stated, line);
    }
  }
});

t.test('a council total is the estate and what is stated, by scope (rule H8)', async (t) => {
  const examples = NOTE.lines('footprint');
  t.equal(examples.length, 3);
  for (const line of examples) {
    const [quantity = '', activity = '', asked = '', others = '', stated] = partsOf(
      line,
      /^estate (\d+) kWh (\S+) (\S+); (.+) = (.+)$/,
    );
    const estate = estateOf([{ key: 'M', activity: activity as 'natural-gas', from: '2015-01-01' }]);
    const days = billedDays(estate, [{ meter: 'M', period: asked, quantity: Number(quantity) }]);
    const { figure, plan } = figureOf(estate, days, { period: asked });
    const lines = others.split('; ').map((words) => {
      const [name = '', scope, kg] = partsOf(words, /^(\w+) (?:scope (\d) (\S+)|missing)$/);
      const entry = { scope: Number(scope) as 1 | 3, kgCo2e: Number(kg), scope3Category: scope === '3' ? 6 : null };
      return { name, all: scope === '' ? [] : [statedOf(name, asked, entry)] };
    });
    const found = composeFootprint(
      figure,
      plan.buckets,
      (bucket) => lines.map(({ name, all }) => statedIn(name, all, bucket, TODAY)),
      { gas: 'co2e', scopes: [], asksMarket: false },
    ).total;
    const { scope1, scope2, scope3 } = found.sums.emissions;
    const amounts = { scope1, scope2, scope3, total: scope1.plus(scope2).plus(scope3) };
    const texts = Object.entries(amounts).map(([name, kg]) => `${name} ${roundKg(kg).toFixed(3)}`);
    t.equal([...texts, ...found.missing.map((name) => `without ${name}`)].join(', '), stated, line);
  }
});

t.test('a target that covers stated lines is judged on all of it, or not at all (rule H8)', async (t) => {
  const examples = NOTE.lines('covered');
  t.equal(examples.length, 5);
  const estate = estateOf([{ key: 'M', activity: 'natural-gas', from: '2015-01-01' }]);
  const days = evenDays(estate, [
    { meter: 'M', period: '2019/20', quantity: 1_000_000 },
    { meter: 'M', period: '2020/21', quantity: 900_000 },
  ]);
  const target = targetOf({ scopes: [1], otherEmissions: ['fleet'] });
  const kgText = (kg: Decimal | null | undefined) => (kg == null ? 'nothing' : roundKg(kg).toFixed(3));
  for (const line of examples) {
    const [first = '', second = '', stated] = partsOf(line, /^fleet (\S+) and (\S+) = (.+)$/);
    const all = [
      ['2019/20', first],
      ['2020/21', second],
    ].flatMap(([period = '', kg]) => (kg === 'nothing' ? [] : statedOf('fleet', period, { kgCo2e: Number(kg) })));
    const deps = { ...memoryDeps(estate, days), otherEmissions: async () => all };
    const { startKg, years } = await targetProgress(deps, target, null);
    const year = years.find(({ year: number }) => number === 2020);
    const amounts = `start ${kgText(startKg)}, allowed ${kgText(year?.allowedKg)}, actual ${kgText(year?.actualKg)}`;
    t.equal(`${amounts}, ${year?.verdict?.status}`, stated, line);
  }
});
