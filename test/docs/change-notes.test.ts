import t from 'tap';
import type { Activity, Line } from '../../src/domain/activities.ts';
import { alignPeriods } from '../../src/domain/change/align-periods.ts';
import { type AnsweredChange, answeredChange } from '../../src/domain/change/change-answer.ts';
import { totalChange } from '../../src/domain/change/change-rows.ts';
import type { FactorSet } from '../../src/domain/factor-set.ts';
import { type DaySpan, intersect } from '../../src/domain/local-day.ts';
import { parsePeriod } from '../../src/domain/period.ts';
import type { HeatFactor } from '../../src/domain/supply/heat-network.ts';
import type { Instrument } from '../../src/domain/supply/instrument.ts';
import type { ResidualMix } from '../../src/domain/supply/residual-mix.ts';
import { type ExplainedChange, explainChange } from '../../src/services/change/explain-change.ts';
import type { WeatherOfChange } from '../../src/services/change/weather-of-change.ts';
import { FACTOR_SETS } from '../support/factor-sets.ts';
import { instrumentOf, residualOf } from '../support/market-values.ts';
import { memoryDeps } from '../support/memory-deps.ts';
import { dec, estateOf } from '../support/memory-estate.ts';
import { questionOf } from '../support/memory-figure.ts';
import { evenDays, type Used } from '../support/memory-usage.ts';
import { noFits } from '../support/no-fits.ts';
import { partsOf, readNote } from '../support/note.ts';

const note = readNote('change');

type Told = {
  activity: Activity;
  line: Line;
  used: [Omit<Used, 'meter'>, Omit<Used, 'meter'>];
  periods: [string, string];
};

/** The total of a change as it would be answered. */
function answered({ question, first, second, splits }: ExplainedChange): AnsweredChange {
  const figures = { first: first.figure, second: second.figure, published: null };
  const { sums, ends } = totalChange(figures, question.figure, splits).lead;
  return answeredChange(sums, ends);
}

/** What a change of one meter comes to: its parts that are not 0, and the change. */
async function told(
  { activity, line, used, periods: [before, after] }: Told,
  weatherOf: WeatherOfChange = noFits,
  sets: readonly FactorSet[] = FACTOR_SETS,
) {
  const estate = estateOf([{ key: 'M', activity, from: '2000-01-01' }]);
  const days = evenDays(
    estate,
    used.map((total) => ({ meter: 'M', ...total })),
  );
  const figures = memoryDeps(estate, days, '2030-01-01', sets);
  const figure = questionOf({ period: after, lines: [line], scopes: [1, 2, 3] });
  const question = { figure, comparedWith: parsePeriod(before), anyLengths: false };
  return answered(await explainChange({ figures, published: null, weatherOf }, question));
}

function textOf({ parts, changeKgCo2e }: Awaited<ReturnType<typeof told>>): string {
  const named = Object.entries(parts).flatMap(([name, kg]) => (kg ? [`${name} ${kg.toFixed(3)}`] : []));
  return [...named, `change ${changeKgCo2e.toFixed(3)}`].join(', ');
}

t.test('the worked examples come to what the page says (rule G1)', async (t) => {
  const lines = note.lines('change');
  t.equal(lines.length, 5);
  const pattern =
    /^([\w-]+): (-?\d+) kWh in (\S+), (-?\d+) kWh in (\S+), ([\w-]+)(?:, (\d+) kWh a degree day, (\d+) then (\d+))? = (.+)$/;
  for (const example of lines) {
    const [activity, first = '', before = '', second = '', after = '', line, slope, from, to, stated] = partsOf(
      example,
      pattern,
    );
    const used: Told['used'] = [
      { period: before, quantity: first },
      { period: after, quantity: second },
    ];
    const shift = slope === '' ? null : dec(slope ?? 0).times(dec(to ?? 0).minus(from ?? 0));
    const asked = { activity: activity as Activity, line: line as Line, used, periods: [before, after] } as const;
    const change = await told({ ...asked, periods: [before, after] }, () => async (parts) => parts.map(() => shift));
    t.equal(textOf(change), stated, example);
  }
});

t.test('missing data is told apart from use, both ways', async (t) => {
  const [box] = note.boxes('missing');
  const factor = dec(box?.words ?? 0);
  const [newest] = FACTOR_SETS;
  const [grid] = newest === undefined ? [] : [newest.factors.get('electricity.grid.generation')];
  if (newest === undefined || grid === undefined) throw new Error('no factor set to start from');
  const key = 'electricity.grid.generation';
  const sets = [{ ...newest, year: 2020, factors: new Map([[key, { ...grid, kgCo2e: factor }]]) }];
  const pattern = /^(\d+) kWh over (\d+) of 100 days, then (\d+) kWh over (\d+) of 100 = (.+)$/;
  t.equal(box?.lines.length, 2);
  for (const example of box?.lines ?? []) {
    const [first = '', known, second = '', complete, stated] = partsOf(example, pattern);
    const ends = (days: string | undefined) => (days === '90' ? '08-30' : '09-09');
    const used: Told['used'] = [
      { period: `2024-06-01/2024-${ends(known)}`, quantity: first },
      { period: `2025-06-01/2025-${ends(complete)}`, quantity: second },
    ];
    const periods: Told['periods'] = ['2024-06-01/2024-09-09', '2025-06-01/2025-09-09'];
    const change = await told({ activity: 'electricity', line: 'generation', used, periods }, noFits, sets);
    t.equal(textOf(change), stated, example);
  }
});

t.test('days face each other as the page says', async (t) => {
  const lines = note.lines('aligned');
  t.equal(lines.length, 5);
  for (const example of lines) {
    const [day = '', before = '', faced = '', after = ''] = partsOf(
      example,
      /^(\S+) in (\S+) faces (?:(\d\S+)|nothing) in (\S+)$/,
    );
    const periods: [DaySpan, DaySpan] = [parsePeriod(before), parsePeriod(after)];
    const alignment = alignPeriods(...periods, false);
    const position = alignment?.first.positionOf(day) ?? -1;
    const other = { start: alignment?.second.dayAt(position) ?? '', end: alignment?.second.dayAt(position + 1) ?? '' };
    t.equal(intersect(other, periods[1])?.start ?? '', faced, example);
  }
});

t.test('factors differ for the reasons that the page says (rule B7)', async (t) => {
  const [box] = note.boxes('kinds');
  const quantity = Number.parseInt(box?.words ?? '', 10);
  t.equal(box?.lines.length, 4);
  for (const example of box?.lines ?? []) {
    const [activity, line, before = '', after = '', stated] = partsOf(
      example,
      /^([\w-]+) ([\w-]+), (\S+) to (\S+) = (.+)$/,
    );
    const used: Told['used'] = [
      { period: before, quantity },
      { period: after, quantity },
    ];
    const asked = { activity: activity as Activity, line: line as Line, used, periods: [before, after] } as const;
    const { factorByKind, parts } = await told({ ...asked, periods: [before, after] });
    const kinds = factorByKind.map(({ kind, kgCo2e }) => `${kind} ${kgCo2e.toFixed(3)}`).join(', ');
    t.equal(kinds || 'nothing', stated, example);
    t.equal(parts.use, 0);
  }
});

t.test('a network’s own factor has a kind of its own', async (t) => {
  const [box] = note.boxes('own-heat');
  const [quantity = '', before = '', after = ''] = partsOf(box?.words ?? '', /^(\d+) kWh in (\S+) and in (\S+)$/);
  const factor = (value: string | undefined, year: number): HeatFactor[] =>
    value === 'national' || value === undefined
      ? []
      : [
          {
            value: Number(value),
            at: 'delivered',
            upstreamIncluded: false,
            gases: 'co2e',
            evidence: { description: 'A statement' },
            validFrom: `${year}-04-01`,
            validTo: `${year + 1}-04-01`,
          },
        ];
  t.equal(box?.lines.length, 3);
  for (const example of box?.lines ?? []) {
    const [first, second, stated] = partsOf(example, /^(\S+) then (\S+) = (.+)$/);
    const factors = [...factor(first, 2024), ...factor(second, 2025)];
    const network = { key: 'net', name: 'Net', operatedBy: 'third-party' as const, factors };
    const meter = { key: 'M', activity: 'district-heat' as const, heatNetwork: 'net', from: '2000-01-01' };
    const estate = estateOf([meter], [], {}, { heatNetworks: new Map([['net', network]]) });
    const days = evenDays(estate, [
      { meter: 'M', period: before, quantity },
      { meter: 'M', period: after, quantity },
    ]);
    const figure = questionOf({ period: after, lines: ['heat'], scopes: [1, 2, 3] });
    const question = { figure, comparedWith: parsePeriod(before), anyLengths: false };
    const deps = { figures: memoryDeps(estate, days, '2030-01-01'), published: null, weatherOf: noFits };
    const { factorByKind, parts } = answered(await explainChange(deps, question));
    const kinds = factorByKind.map(({ kind, kgCo2e }) => `${kind} ${kgCo2e.toFixed(3)}`).join(', ');
    t.equal(kinds === '' ? 'nothing' : kinds, stated, example);
    t.equal(parts.use, 0);
  }
});

/** What an example says of one of the two years. */
type Side = {
  used: { meter: string; quantity: string }[];
  instruments: Instrument[];
  residual: ResidualMix[];
  sold: boolean;
};

function readSide(words: string, year: string): Side {
  const { start: from, end: to } = parsePeriod(year);
  const side: Side = { used: [], instruments: [], residual: [], sold: false };
  const common = { from, to, certificateYear: year, meters: ['IMPORT'] };
  for (const word of words.split(', ')) {
    const [name = '', value = ''] = partsOf(word, /^([a-z-]+)(?: ([\d.]+))?$/);
    if (name === 'import') side.used.push({ meter: 'IMPORT', quantity: value });
    else if (name === 'self-use') side.used.push({ meter: 'PV', quantity: value }, { meter: 'EXPORT', quantity: '0' });
    else if (name === 'certificates')
      side.instruments.push(instrumentOf('rego', { ...common, key: `rego-${year}`, kWh: Number(value) }));
    else if (name === 'product')
      side.instruments.push(instrumentOf('supplier-product', { ...common, key: `p-${year}`, factor: Number(value) }));
    else if (name === 'residual') side.residual.push(residualOf(Number(value), { from, to, key: `r-${year}` }));
    else side.sold = name === 'sold';
  }
  return side;
}

t.test('what is bought is told apart from the grid on the market basis (rules C1, C3, C4)', async (t) => {
  const [box] = note.boxes('contract');
  const years = partsOf(box?.words ?? '', /^(\S+); (\S+)$/);
  const [before = '', after = ''] = years;
  t.equal(box?.lines.length, 5);
  for (const example of box?.lines ?? []) {
    const [first = '', second = '', stated] = partsOf(example, /^(.+); (.+) = (.+)$/);
    const sides = [readSide(first, before), readSide(second, after)];
    const since = { from: '2000-01-01' };
    const certificates = sides.map(({ sold }, index) => {
      return {
        from: index === 0 ? null : parsePeriod(after).start,
        status: sold ? ('sold' as const) : ('kept' as const),
      };
    });
    const estate = estateOf(
      [
        { key: 'IMPORT', ...since },
        ...(first.startsWith('self-use')
          ? [
              { key: 'PV', direction: 'generation' as const, certificates, ...since },
              { key: 'EXPORT', direction: 'export' as const, ...since },
            ]
          : []),
      ],
      [],
      {},
      {
        instruments: sides.flatMap(({ instruments }) => instruments),
        residualMixes: sides.flatMap(({ residual }) => residual),
      },
    );
    const days = evenDays(
      estate,
      sides.flatMap(({ used }, index) => used.map((total) => ({ ...total, period: years[index] ?? '' }))),
    );
    const lines: Line[] = ['generation', 'own-generation'];
    const figure = questionOf({ period: after, lines, scopes: [1, 2, 3], basis: 'market' });
    const question = { figure, comparedWith: parsePeriod(before), anyLengths: false };
    const deps = { figures: memoryDeps(estate, days, '2030-01-01'), published: null, weatherOf: noFits };
    const { factorByKind, parts, changeKgCo2e } = answered(await explainChange(deps, question));
    const { factor: _byKind, ...others } = parts;
    const found = [
      ...factorByKind.map(({ kind, kgCo2e }) => `${kind} ${kgCo2e.toFixed(3)}`),
      ...Object.entries(others).flatMap(([name, kg]) => (kg ? [`${name} ${kg.toFixed(3)}`] : [])),
      `change ${changeKgCo2e.toFixed(3)}`,
    ];
    t.equal(found.join(', '), stated, example);
  }
});
