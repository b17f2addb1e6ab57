import { type Spread, spreadOf } from './spread.ts';

/** What is set against what. */
export const PANELS = {
  sites: { title: 'Answer time by sites', x: 'sites, three meters each', y: 'ms' },
  years: { title: 'Answer time by years of history', x: 'reporting years stored', y: 'ms' },
  clients: { title: 'Answer time by clients, one site', x: 'clients at once', y: 'ms' },
  throughput: { title: 'Answers a second by clients, one site', x: 'clients at once', y: 'answers a second' },
} as const;

export type PanelName = keyof typeof PANELS;

export type CurvePoint = Spread & { x: number };

/** How one thing grows with another. */
export type Curve = { panel: PanelName; name: string; points: CurvePoint[] };

/** One point, of repeated measurements. */
export function pointOf(x: number, samples: readonly number[]): CurvePoint {
  return { x, ...spreadOf(samples) };
}

/** Whole numbers up to the most, each about so many times the one before. */
export function stepsTo(most: number, factor: number): number[] {
  const steps: number[] = [];
  for (let step = most; step >= 1; step /= factor) steps.unshift(Math.round(step));
  return [...new Set(steps)].slice(-5);
}
