import t from 'tap';
import { Decimal } from '../../../src/domain/decimal.ts';
import { addDays, lengthDays } from '../../../src/domain/local-day.ts';
import { parsePeriod } from '../../../src/domain/period.ts';
import { testApp } from '../../support/app.ts';
import { ask, writeEstate, writeReadings } from '../../support/estate.ts';
import { partsOf, readNote } from '../../support/note.ts';
import { correctFactorSet } from '../../support/statements.ts';
import { FINANCIAL_YEAR, monthlyBills, postMonths } from '../../support/weather.ts';

const service = await testApp(t);
const note = readNote('change');

type Answer = { total: { parts: Record<string, number | null>; changeKgCo2e: number } };
/** The parts of a change that are not 0, and the change, as the page writes them. */
async function told(query: string): Promise<string> {
  const { parts, changeKgCo2e } = (await ask<Answer>(service, `/v1/emissions/change?${query}`)).total;
  const named = Object.entries(parts).flatMap(([name, kg]) => (kg ? [`${name} ${kg.toFixed(3)}`] : []));
  return [...named, `change ${changeKgCo2e.toFixed(3)}`].join(', ');
}

/** Months of a financial year in the shares of the standard year that add up to a whole number of degree days. */
function monthsOf(total: number): number[] {
  const standard = FINANCIAL_YEAR.reduce((sum, value) => sum + value, 0);
  const months = FINANCIAL_YEAR.map((value) => Math.floor((value * total) / standard));
  const rest = total - months.reduce((sum, value) => sum + value, 0);
  return months.map((value, index) => (index === 0 ? value + rest : value));
}

/** Bills of a year by month: `slope` for each degree day, and the rest of the quantity even by days, to six decimals. */
function billsOf(year: string, quantity: number, slope: number, degreeDays: readonly number[]): number[] {
  const days = lengthDays(parsePeriod(year));
  const weather = degreeDays.reduce((sum, value) => sum + value * slope, 0);
  let given = new Decimal(0);
  let passed = 0;
  return degreeDays.map((value, index) => {
    passed += [30, 31, 30, 31, 31, 30, 31, 30, 31, 31, days - 337, 31][index] ?? 0;
    const until = new Decimal(quantity - weather).times(passed).div(days).toDecimalPlaces(6);
    const bill = until.minus(given).plus(value * slope);
    given = until;
    return bill.toNumber();
  });
}

t.test('the worked examples of the page, asked of the service (rule G1)', async (t) => {
  const examples = note.lines('change');
  t.equal(examples.length, 5);
  for (const [index, example] of examples.entries()) {
    const [activity = '', first, before = '', second, after = '', line = '', slope, from, to, stated = ''] = partsOf(
      example,
      /^([\w-]+): (-?\d+) kWh in (\S+), (-?\d+) kWh in (\S+), ([\w-]+)(?:, (\d+) kWh a degree day, (\d+) then (\d+))? = (.+)$/,
    );
    const meter = `M${index}`;
    await writeEstate(service, [{ meter, activity, kind: 'interval', site: `S${index}` }]);
    if (slope === undefined || slope === '') {
      for (const [year, total] of [
        [before, Number(first)],
        [after, Number(second)],
      ] as const) {
        const { start, end } = parsePeriod(year);
        const days = lengthDays({ start, end });
        // The last day takes what six decimals leave.
        const each = new Decimal(total).div(days).toDecimalPlaces(6);
        const readings = Array.from({ length: days }, (_, day) => {
          const value = day < days - 1 ? each : new Decimal(total).minus(each.times(days - 1));
          return { meter, day: addDays(start, day), resolutionMinutes: 1440, values: [value.toNumber()] };
        });
        await writeReadings(service, readings);
      }
    } else {
      await service.send('PUT', `/v1/sites/S${index}`, { body: { name: meter, weatherRegion: 'midland' } });
      const cold = monthsOf(Number(from));
      await postMonths(service, `${before.slice(0, 4)}-04`, cold);
      await postMonths(service, `${after.slice(0, 4)}-04`, monthsOf(Number(to)));
      await writeReadings(service, [
        ...monthlyBills(meter, `${before.slice(0, 4)}-04`, billsOf(before, Number(first), Number(slope), cold)),
        { meter, period: after, quantity: Number(second) },
      ]);
    }
    t.equal(await told(`period=${after}&comparedWith=${before}&lines=${line}&meter=${meter}`), stated, example);
  }
});

t.test('missing data is told apart from use, both ways', async (t) => {
  const [box] = note.boxes('missing');
  await correctFactorSet(service, 'uk-2024', '1.1', 'electricity.grid.generation', Number(box?.words));
  const examples = note.lines('missing');
  t.equal(examples.length, 2);
  const pattern = /^(\d+) kWh over (\d+) of 100 days, then (\d+) kWh over (\d+) of 100 = (.+)$/;
  for (const [index, example] of examples.entries()) {
    const [first, known, second, knownLater, stated] = partsOf(example, pattern);
    const meter = `G${index}`;
    await writeEstate(service, [
      { meter, site: meter, from: { on: '2024-06-01', reason: 'opened' }, to: { on: '2025-09-09', reason: 'closed' } },
    ]);
    const daysOf = (start: string, total: string | undefined, count: string | undefined) =>
      Array.from({ length: Number(count) }, (_, day) => ({
        ...{ meter, day: addDays(start, day), resolutionMinutes: 1440 },
        values: [
          new Decimal(total ?? 0)
            .div(count ?? 1)
            .toDecimalPlaces(6)
            .toNumber(),
        ],
      }));
    await writeReadings(service, [...daysOf('2024-06-01', first, known), ...daysOf('2025-06-01', second, knownLater)]);
    const periods = 'period=2025-06-01/2025-09-09&comparedWith=2024-06-01/2024-09-09';
    t.equal(await told(`${periods}&lines=generation&meter=${meter}&factors=2024`), stated, example);
  }
});
