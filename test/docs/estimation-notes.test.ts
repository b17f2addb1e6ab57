import t from 'tap';
import { dayTypesAt } from '../../src/domain/closures.ts';
import { Decimal } from '../../src/domain/decimal.ts';
import { estimateGaps } from '../../src/domain/estimation/estimate-gaps.ts';
import { ESTIMATION_SETTINGS } from '../../src/domain/estimation/estimation-settings.ts';
import type { HeatingModel } from '../../src/domain/estimation/heating-model.ts';
import { METHOD_NAMES } from '../../src/domain/estimation/methods.ts';
import { estimateSums } from '../../src/domain/estimation/own-estimate.ts';
import { STANDARD_CORRECTION } from '../../src/domain/gas/gas-factors.ts';
import { factorsByDay, type KeptFactors, kwhPerUnit } from '../../src/domain/gas/kept-factors.ts';
import { dayTypeOf } from '../../src/domain/like-days.ts';
import { addDays, daysBetween, type LocalDay } from '../../src/domain/local-day.ts';
import { DEFAULT_SETTINGS } from '../../src/domain/reference/default-settings.ts';
import { estateOf } from '../support/memory-estate.ts';
import { checkedDay, type Values } from '../support/memory-series.ts';
import { partsOf, readNote } from '../support/note.ts';

const NOTE = readNote('estimation');
const ASKED = { start: '2025-06-01', end: '2025-07-01' };

/** Estimates June 2025 from what is known of days between two. */
function estimated(valuesOf: (day: LocalDay) => Values, start = '2025-06-01') {
  const days = Array.from({ length: daysBetween(start, ASKED.end) }, (_, place) => addDays(start, place));
  const stored = days.flatMap((day) => checkedDay(day, valuesOf(day)));
  const service = [{ start, end: ASKED.end }];
  return estimateGaps(
    {
      firstDay: start,
      stored,
      totals: [],
      service,
      asked: ASKED,
      isOverdue: false,
      factors: new Map(),
      dayTypeOf,
      heatingModelOf: () => null,
    },
    DEFAULT_SETTINGS.estimation,
  );
}

t.test('the limits on the page are those that ship, and every method is on it (rule E11)', async (t) => {
  const rows = [...NOTE.text.matchAll(/^\| `(\w+\.\w+)` \| ([\d.]+) \|/gm)].map(([, name, value]) => [
    name,
    Number(value),
  ]);
  const shipped = Object.entries(ESTIMATION_SETTINGS).flatMap(([group, specs]) =>
    Object.entries(specs).map(([name, { value }]) => [`${group}.${name}`, value]),
  );
  t.same(rows, shipped);
  for (const method of METHOD_NAMES) t.match(NOTE.text, `\`${method}\``);
});

t.test('lines', async (t) => {
  const lines = NOTE.lines('linear');
  t.equal(lines.length, 3);
  for (const line of lines) {
    const [known = '', result] = partsOf(line, /^(.+) = (.+)$/);
    const values = known.split(', ').map((text) => (text === 'missing' ? null : Number(text)));
    const rest = new Array<number>(48 - values.length).fill(values.at(-1) ?? 0);
    const [day] = estimated((each) => (each === '2025-06-17' ? [...values, ...rest] : 1)).days;
    const isLine = day?.parts.every(({ method }) => method === 'linear');
    t.equal(isLine ? day?.values.filter((value) => value !== null).join(' ') : 'not by a line', result, line);
  }
});

t.test('like days', async (t) => {
  const lines = NOTE.lines('like-days');
  t.equal(lines.length, 3);
  for (const line of lines) {
    const [known = '', result] = partsOf(line, /^(.+) = (.+)$/);
    const values = new Map(known.split(', ').map((text) => partsOf(text, /^(\S+): (\d+)$/) as [string, string]));
    const { days, left } = estimated((day) => {
      const value = values.get(day);
      if (value !== undefined) return Number(value);
      // A day without intervals is neither open nor measured.
      return day === '2025-06-17' ? null : new Array<null>(0);
    });
    const found = days.find(({ day }) => day === '2025-06-17');
    const reason = left.find(({ start, end }) => start <= '2025-06-17' && '2025-06-17' < end)?.reason;
    t.equal(found === undefined ? reason : String(found.values[0]), result, line);
  }
});

t.test('degree days', async (t) => {
  const lines = NOTE.lines('degree-days');
  t.equal(lines.length, 3);
  for (const line of lines) {
    const [base = '', slope = '', known = '', result] = partsOf(line, /^base (-?\d+), slope (\d+): (.+) = (.+)$/);
    const degreeDays = new Map(
      known
        .split(', ')
        .filter((text) => !text.endsWith('missing'))
        .map((text) => partsOf(text, /^(\S+) at ([\d.]+) DD$/) as [string, string]),
    );
    const asked = { start: '2025-02-01', end: '2025-03-01' };
    // The gap is too long for like days, and there is no year before.
    const isGap = (day: LocalDay): boolean => day >= '2025-02-10' && day < '2025-02-20';
    const february = Array.from({ length: 28 }, (_, place) => addDays(asked.start, place));
    const model: HeatingModel = {
      fitPeriod: { start: '2023-04-01', end: '2024-04-01' },
      ...{ region: 'midland', baseTemperatureC: new Decimal('15.5') },
      ...{ basePerDay: new Decimal(base), slopePerDegreeDay: new Decimal(slope) },
      degreeDaysOf: (day) => {
        const value = degreeDays.get(day) ?? (day > '2025-02-12' ? '5' : null);
        return value === null ? null : { value: new Decimal(value), source: 'test' };
      },
    };
    const { days } = estimateGaps(
      {
        ...{ firstDay: asked.start, totals: [], service: [asked], asked, isOverdue: false },
        stored: february.flatMap((day) => (isGap(day) ? [] : checkedDay(day, 1))),
        ...{ factors: new Map(), dayTypeOf, heatingModelOf: () => model },
      },
      DEFAULT_SETTINGS.estimation,
    );
    const amounts = days.slice(0, 3).map((day) => Number(estimateSums(day).quantityMicro) / 1e6);
    t.equal(amounts.length === 0 ? 'not by degree days' : amounts.join(' '), result, line);
  }
});

t.test('closures', async (t) => {
  const lines = NOTE.lines('closure');
  t.equal(lines.length, 3);
  for (const line of lines) {
    const [firstDay = '', lastDay = '', known = '', result] = partsOf(line, /^closed (\S+) to (\S+): (.+) = (.+)$/);
    const values = new Map(
      known.split(', ').map((text) => partsOf(text, /^(\S+): (\d+|missing)$/) as [string, string]),
    );
    const estate = estateOf([{ key: 'M', site: 'SCHOOL' }], [{ key: 'SCHOOL', category: 'school' }]);
    const [meter] = estate.meters;
    if (meter === undefined) throw new Error('an estate of one meter has one');
    const closure = {
      key: 'c',
      name: 'Holidays',
      firstDay,
      lastDay,
      sites: [],
      categories: ['school'],
      portfolios: [],
    };
    const days = [...values].flatMap(([day, value]) => (value === 'missing' ? [] : checkedDay(day, Number(value))));
    const asked = { start: '2025-07-01', end: '2025-08-01' };
    const { days: estimates, left } = estimateGaps(
      {
        ...{ firstDay: '2025-07-21', stored: days, totals: [], isOverdue: true, factors: new Map() },
        ...{ service: [{ start: '2025-07-21', end: '2025-07-26' }], asked },
        dayTypeOf: dayTypesAt(meter, estate, [closure]),
        heatingModelOf: () => null,
      },
      DEFAULT_SETTINGS.estimation,
    );
    const found = estimates.find(({ day }) => day === '2025-07-24');
    t.equal(found === undefined ? left[0]?.reason : String(found.values[0]), result, line);
  }
});

t.test('gas that is read in a unit of volume', async (t) => {
  const [line = ''] = NOTE.lines('volume');
  const parts = partsOf(
    line,
    /^(\d+) m3 at CV (\d+), missing, (\d+) m3 at CV (\d+) = ([\d.]+) kWh, CV (\d+) to (\d+)$/,
  ).map(Number);
  const [before = 0, cvBefore = 0, after = 0, cvAfter = 0, result, lowest, highest] = parts;
  const kept = (day: LocalDay, calorificValue: number): KeptFactors => ({
    ...{ start: day, end: addDays(day, 1), evidence: 'interval', calorificSource: 'zone' },
    ...{ unitFactor: new Decimal(1), correctionFactor: STANDARD_CORRECTION },
    calorificValue: new Decimal(calorificValue),
  });
  const factors = factorsByDay([kept('2025-06-16', cvBefore), kept('2025-06-18', cvAfter)]);
  const volumes: Record<LocalDay, number> = { '2025-06-16': before, '2025-06-18': after };
  const stored = Object.entries(volumes).flatMap(([day, volume]) => {
    const own = factors.get(day);
    const perUnit = own === undefined ? 1 : kwhPerUnit(own);
    return checkedDay(day, volume / 48).map((row) => ({ ...row, perUnit }));
  });
  const service = [{ start: '2025-06-16', end: '2025-06-19' }];
  const meter = {
    firstDay: '2025-06-16',
    stored,
    totals: [],
    service,
    asked: ASKED,
    isOverdue: false,
    factors,
    dayTypeOf,
    heatingModelOf: () => null,
  };
  const [day] = estimateGaps(meter, DEFAULT_SETTINGS.estimation).days;
  const sum = day === undefined ? 0n : estimateSums(day).quantityMicro;
  t.equal(Math.round(Number(sum) / 1e3) / 1e3, Math.round((result ?? 0) * 1e3) / 1e3, 'to the value of an interval');
  t.match(day?.parts[0]?.inputs, { calorificValueLowest: lowest, calorificValueHighest: highest });
});

t.test('the year before', async (t) => {
  const lines = NOTE.lines('year-before');
  t.equal(lines.length, 1);
  for (const line of lines) {
    const [now, then, june, result] = partsOf(
      line,
      /^28 days before at ([\d.]+), a year earlier at ([\d.]+), last June at ([\d.]+) = ([\d.]+)$/,
    ).map(Number);
    const gap = (day: LocalDay) => day >= '2025-06-10' && day < '2025-06-20';
    const usedOn = (day: LocalDay) => (day >= '2025-01-01' ? now : day < '2024-06-11' ? then : june) ?? null;
    const { days } = estimated((day) => (gap(day) ? null : usedOn(day)), '2024-01-01');
    t.same([days.length, days[0]?.values[0]], [10, result], line);
  }
});
