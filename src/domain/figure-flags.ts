/** What a reader should know of a figure, in words that programs can go by. */
export const FIGURE_FLAGS = [
  'heat-loss-included',
  'heat-upstream-included',
  'heat-upstream-proxy',
  'heat-factor-expired',
  'co2-only-factor',
  'grid-average-no-residual-mix',
  'certificates-sold',
  'certificates-mixed',
  'estimated-from-heat',
  'estimated-by-floor-area',
] as const;
export type FigureFlag = (typeof FIGURE_FLAGS)[number];
