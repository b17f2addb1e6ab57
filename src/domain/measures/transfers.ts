import type { Measure } from './measure.ts';

const isClosedBy = ({ site, from }: Measure, { kind, site: closed, from: on, to }: Measure): boolean =>
  kind === 'closing' && closed === site && on <= from && (to === null || to > from);

/**
 * Those of some measures that hand a site over. A site that another of them has closed by then is not handed over any more:
 * it was saved, and stays in the baseline (rule D5).
 */
export function transfersAmong(measures: readonly Measure[]): Measure[] {
  return measures.filter(
    (measure) => measure.kind === 'handover' && !measures.some((other) => isClosedBy(measure, other)),
  );
}
