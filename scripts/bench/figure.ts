import { spreadOf } from './spread.ts';

/** What a figure is held to. */
export type Bar = { atMost: number } | { atLeast: number };

export type Unit = 'ms' | 'x' | 'B' | 'MB' | '/s' | '';

/** One line of the table: the median of what was measured, how far the repetitions spread, and whether it is good enough. */
export type Figure = {
  what: string;
  median: number;
  least: number;
  most: number;
  /** Repetitions, or single answers where all of them count. */
  count: number;
  unit: Unit;
  bar: Bar | null;
  verdict: 'met' | 'missed' | null;
  remark: string;
};

type More = { bar?: Bar; remark?: string };

/** Whether a value keeps to a bar; a value that is not a number keeps to none. */
export function verdictOf(value: number, bar: Bar): 'met' | 'missed' {
  const isKept = 'atMost' in bar ? value <= bar.atMost : value >= bar.atLeast;
  return isKept ? 'met' : 'missed';
}

/** A figure of repeated measurements. */
export function figureOf(
  what: string,
  samples: readonly number[],
  unit: Unit,
  { bar, remark = '' }: More = {},
): Figure {
  const spread = spreadOf(samples);
  const verdict = bar === undefined ? null : verdictOf(spread.median, bar);
  return { what, ...spread, unit, bar: bar ?? null, verdict, remark };
}

/**
 * How many times one measurement is another, repetition by repetition: what else the machine did falls on both of a pair.
 * @throws Error where they were not repeated equally often.
 */
export function ratioOf(what: string, above: readonly number[], below: readonly number[], more: More = {}): Figure {
  if (above.length !== below.length) throw new Error(`${what}: ${above.length} measurements against ${below.length}`);
  const ratios = above.map((value, index) => value / (below[index] ?? Number.NaN));
  return figureOf(what, ratios, 'x', more);
}
