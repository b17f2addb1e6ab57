import { type Decimal, ZERO } from '../decimal.ts';
import type { LineDims } from '../figure-lines.ts';
import type { MeterDims } from '../figure-plan.ts';
import { type FigureQuestion, type Group, isLineGroup, type MeterGroup } from '../figure-question.ts';
import { addFactor, type ChangeSums, noChange } from './change-sums.ts';
import { type ChangeLeg, coveredOf } from './counted.ts';
import { type Departure, departureOf } from './departure.ts';
import { breaksBetween, type KnownBreak } from './known-breaks.ts';
import type { Measured } from './measure-leg.ts';
import type { ChangePart, PartLeg } from './pair-legs.ts';
import type { LineRate, LineRates, PartRates, RatedDays } from './part-rates.ts';

/**
 * What the weather did to a part, in the meter's unit: slope × difference of degree days. Null: its use goes with the
 * weather, and there is no accepted fit. Undefined: its use does not go with it, or cannot.
 */
export type WeatherOfPart = Decimal | null | undefined;

/** One of the two periods, measured. */
export type MeasuredLeg = ChangeLeg & { measured: readonly (Measured | null)[] };

/** Everything a split is made of. */
export type SplitInput = {
  question: Pick<FigureQuestion, 'groupBy'>;
  parts: readonly ChangePart[];
  first: MeasuredLeg;
  second: MeasuredLeg;
  weather: readonly WeatherOfPart[];
  rates: PartRates;
};

/** A row of a split: what it is grouped by, and its parts. */
export type ChangeRow = { dims: MeterDims & LineDims; sums: ChangeSums };

/** What one site's coming or going on a day came to. */
export type DepartureSum = Departure & { site: string; kg: Decimal };

/** A change split into its parts, exact. */
export type SplitChange = {
  total: ChangeSums;
  rows: ReadonlyMap<string, ChangeRow>;
  departures: DepartureSum[];
  /** Parts of which one period holds nothing and nothing tells how much it should hold. */
  unweighted: number;
  /** Breaks of the published series that lie between the two periods, by year. */
  breaks: readonly KnownBreak[];
};

/** The name of a row: what it is grouped by, in the order of the question. */
export function rowName(dims: MeterDims & LineDims, groupBy: readonly Group[]): string {
  return JSON.stringify(groupBy.map((group) => dims[group] ?? null));
}

/** Quantities that share their factors in both periods, added up before these are applied: the split is linear in them. */
type Compared = {
  dims: MeterDims;
  rated: [RatedDays, RatedDays];
  quantity: [Decimal, Decimal];
  expected: [Decimal, Decimal];
  weather: Decimal;
  fitted: Set<string>;
  unfitted: Set<string>;
};

/** Quantities that count in one of the periods alone; negative in the first. */
type Departed = {
  dims: MeterDims;
  rated: RatedDays;
  quantity: Decimal;
  departure: Departure;
  site: string;
};

type Pools = { compared: Map<string, Compared>; departed: Map<string, Departed>; unweighted: number };

const ratedDays = ({ plan }: ChangeLeg, { counted: { stream }, cell }: PartLeg): RatedDays => {
  return { basis: stream.basis, years: plan.cells[cell]?.years ?? [], covered: coveredOf(stream) };
};

/** The expected quantities of a part; where nothing tells one of them, the other stands for it. */
function expectedOf(first: Measured, second: Measured): [Decimal, Decimal] {
  const before = first.expected ?? second.expected ?? ZERO;
  return [before, second.expected ?? before];
}

function poolParts({ question, parts, first, second, weather, rates }: SplitInput): Pools {
  const groups = question.groupBy.filter((group): group is MeterGroup => !isLineGroup(group));
  const pools: Pools = { compared: new Map(), departed: new Map(), unweighted: 0 };
  const dimsOf = ({ counted: { stream } }: PartLeg): MeterDims => {
    // Self-use belongs to the site, not to one of the two meters it is reckoned from.
    const dims = stream.selfUse === 0 ? stream.dims : { ...stream.dims, meter: null };
    return Object.fromEntries(groups.map((group) => [group, dims[group] ?? null]));
  };

  const compare = (number: number, before: PartLeg, after: PartLeg, from: Measured, to: Measured): void => {
    const dims = dimsOf(after);
    const rated: Compared['rated'] = [ratedDays(first, before), ratedDays(second, after)];
    const key = JSON.stringify([...Object.values(dims), ...rated.map(rates.nameOf)]);
    const nothing = { quantity: [ZERO, ZERO], expected: [ZERO, ZERO] } satisfies Partial<Compared>;
    const pool = pools.compared.get(key) ?? {
      dims,
      rated,
      ...nothing,
      weather: ZERO,
      fitted: new Set(),
      unfitted: new Set(),
    };
    pools.compared.set(key, pool);
    const isKnown = from.expected !== null && to.expected !== null;
    if (!isKnown) pools.unweighted += 1;
    const expected = expectedOf(from, to);
    pool.quantity = [pool.quantity[0].plus(from.quantity), pool.quantity[1].plus(to.quantity)];
    pool.expected = [pool.expected[0].plus(expected[0]), pool.expected[1].plus(expected[1])];
    const shift = isKnown ? weather[number] : null;
    const { key: meter } = after.counted.segment.meter;
    if (shift === null) pool.unfitted.add(meter);
    if (shift == null) return;
    pool.fitted.add(meter);
    pool.weather = pool.weather.plus(shift);
  };

  const depart = (leg: ChangeLeg, part: PartLeg, quantity: Decimal, towards: 'earlier' | 'later'): void => {
    const dims = dimsOf(part);
    const departure = departureOf(part.counted, leg.estate, part.days.start, towards);
    const site = part.counted.segment.site.key;
    const rated = ratedDays(leg, part);
    const key = JSON.stringify([...Object.values(dims), rates.nameOf(rated), site, departure]);
    const pool = pools.departed.get(key) ?? { dims, rated, quantity: ZERO, departure, site };
    pool.quantity = pool.quantity.plus(quantity);
    pools.departed.set(key, pool);
  };

  const forward = (first.plan.window?.start ?? '') <= (second.plan.window?.start ?? '');
  parts.forEach((part, number) => {
    const from = first.measured[number];
    const to = second.measured[number];
    if (part.first !== null && part.second !== null && from != null && to != null)
      compare(number, part.first, part.second, from, to);
    else if (part.first !== null && from != null)
      depart(first, part.first, from.quantity.negated(), forward ? 'later' : 'earlier');
    else if (part.second !== null && to != null)
      depart(second, part.second, to.quantity, forward ? 'earlier' : 'later');
  });
  return pools;
}

/** Where the parts of a line are added: its row and the total. */
type Targets = (dims: MeterDims, rate: LineRate) => readonly ChangeSums[];

function addCompared(pool: Compared, rates: PartRates, targetsOf: Targets, breaks: Set<KnownBreak>): void {
  const { rated, quantity, expected, weather } = pool;
  const [before, after] = rated.map(rates.of) as [LineRates, LineRates];
  const middle = expected[0].plus(expected[1]).div(2);
  for (const [line, rate] of new Map([...before, ...after])) {
    const [from, to] = [before.get(line)?.kg ?? ZERO, after.get(line)?.kg ?? ZERO];
    const targets = targetsOf(pool.dims, rate);
    const steps = rates.step(line, ...rated);
    if (steps === null) {
      const kg = quantity[1].times(to).minus(quantity[0].times(from));
      if (!kg.isZero()) for (const sums of targets) addFactor(sums, 'lineAvailability', kg);
      continue;
    }
    const mean = from.plus(to).div(2);
    const missing = [expected[0].minus(quantity[0]).times(from), expected[1].minus(quantity[1]).times(to)] as const;
    const byWeather = weather.times(mean);
    const byUse = expected[1].minus(expected[0]).minus(weather).times(mean);
    if (steps.some(({ kind }) => kind === 'methodChange'))
      for (const known of breaksBetween(rate.factorKey, rated[0].years, rated[1].years)) breaks.add(known);
    for (const sums of targets) {
      sums.missingData = sums.missingData.plus(missing[0]).minus(missing[1]);
      for (const step of steps) addFactor(sums, step.kind, step.rate.times(middle));
      sums.weather = sums.weather.plus(byWeather);
      sums.use = sums.use.plus(byUse);
      for (const meter of pool.fitted) sums.fitted.add(meter);
      for (const meter of pool.unfitted) sums.unfitted.add(meter);
    }
  }
}

/**
 * Splits the change between two periods into its parts (rule G1): what counts in one of them alone, the difference that is
 * only data, the factors, the weather, and what is left. Midpoint arithmetic, which needs no logarithm: it holds for zero
 * and negative quantities, is the same forwards and backwards, and adds up without a remainder.
 */
export function splitChange(input: SplitInput): SplitChange {
  const { groupBy } = input.question;
  const { rates } = input;
  const total = noChange();
  const rows = new Map<string, ChangeRow>();
  const targetsOf: Targets = (dims, rate) => {
    const all = { ...dims, ...rate.dims };
    const name = rowName(all, groupBy);
    const row = rows.get(name) ?? { dims: all, sums: noChange() };
    rows.set(name, row);
    return [row.sums, total];
  };
  const pools = poolParts(input);
  const breaks = new Set<KnownBreak>();
  for (const pool of pools.compared.values()) addCompared(pool, rates, targetsOf, breaks);
  const departures = new Map<string, DepartureSum>();
  for (const { dims, rated, quantity, departure, site } of pools.departed.values()) {
    const name = JSON.stringify([site, departure]);
    const entry = departures.get(name) ?? { ...departure, site, kg: ZERO };
    departures.set(name, entry);
    for (const rate of rates.of(rated).values()) {
      const kg = quantity.times(rate.kg);
      for (const sums of targetsOf(dims, rate)) sums[departure.part] = sums[departure.part].plus(kg);
      entry.kg = entry.kg.plus(kg);
    }
  }
  return {
    total,
    rows,
    departures: [...departures.values()],
    unweighted: pools.unweighted,
    breaks: [...breaks].sort((a, b) => a.year - b.year),
  };
}
