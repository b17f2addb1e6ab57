import t from 'tap';
import type { Activity } from '../../src/domain/activities.ts';
import { Decimal } from '../../src/domain/decimal.ts';
import { inOrder, yearWithMeasures } from '../../src/domain/measures/apply-measures.ts';
import type { Measure, QuantityChange } from '../../src/domain/measures/measure.ts';
import { useKey, type YearUse } from '../../src/domain/measures/site-use.ts';
import { parsePeriod } from '../../src/domain/period.ts';
import { changeOf, measureOf } from '../support/measures.ts';
import { partsOf, readNote } from '../support/note.ts';

const CHANGE = /^(\S+) (?:(-\d+) %|(-\d+) a year|for (\S+) × (\S+) \/ (\S+))$/;

function changeIn(words: string): QuantityChange {
  const [activity, percent, perYear, replaced, efficiency, performance] = partsOf(words, CHANGE);
  const fields = { activity: activity as Activity, percent: null };
  if (percent !== '') return changeOf({ ...fields, percent: Number(percent) });
  if (perYear !== '') return changeOf({ ...fields, perYear: Number(perYear) });
  const ratios = { efficiency: Number(efficiency), performance: Number(performance) };
  return changeOf({ ...fields, replaces: { activity: replaced as Activity, ...ratios } });
}

function measureIn(words: string): Measure {
  const [key = '', from = '', to = '', what = ''] = partsOf(words, /^(\w) (\S+)(?: to (\S+))? (.+)$/);
  const days = { from, to: to === '' ? null : to };
  if (what === 'closing') return measureOf(key, { ...days, kind: 'closing', changes: [] });
  return measureOf(key, { ...days, changes: what.split(', ').map(changeIn) });
}

function useOf(words: string): YearUse {
  return new Map(
    words.split(', ').map((part) => {
      const [quantity = '', activity = '', months = ''] = partsOf(part, /^(\d+) kWh (\S+)(?: by month ([\d ]+))?$/);
      const byMonth = months === '' ? [] : months.split(' ').map((month) => new Decimal(month));
      return [useKey(activity as Activity, 'kWh'), { quantity: new Decimal(quantity), byMonth }];
    }),
  );
}

t.test('measures change what the page says, and take nothing twice', async (t) => {
  const boxes = readNote('measures').boxes('measures');
  t.equal(boxes.flatMap(({ lines }) => lines).length, 13);
  for (const { words, lines } of boxes) {
    for (const line of lines) {
      const [period = '', all = '', stated = ''] = partsOf(line, /^(\S+): (.+) = (.+)$/);
      const ordered = inOrder(all.split('; ').map(measureIn));
      const steps = yearWithMeasures(parsePeriod(period), useOf(words), ordered, (_key, quantity) => quantity);
      for (const part of stated.split(', ')) {
        const [activity = '', ...quantities] = part.split(' ');
        const found = steps.map((step) => step.get(useKey(activity as Activity, 'kWh'))?.toString());
        t.same(found, quantities, line);
      }
    }
  }
});
