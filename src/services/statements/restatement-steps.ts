import type { Estate } from '../../domain/estate.ts';
import type { OtherEmission } from '../../domain/footprint/other-emission.ts';
import { withBoundaryOf, withExtentsOf, withSupplyOf } from '../../domain/statements/restatement.ts';
import type { FigureDeps } from '../figures/answer-figure.ts';
import { figuresAt, type Moment } from '../past/known-at.ts';
import type { PastStore } from '../past/past-store.ts';

/**
 * States of knowledge between what was known then and what is known now, each with one more kind of change in it, in the
 * order of the causes: late data, corrected data, factor versions with what was bought, boundary, method.
 */
export async function stepsBetween(past: PastStore, then: Moment, now: Moment): Promise<FigureDeps[]> {
  const [estateThen, estateNow, setsThen, setsNow] = await Promise.all([
    past.estateAt(then.reading),
    past.estateAt(now.reading),
    past.factorSetsAt(then.reading.seq),
    past.factorSetsAt(now.reading.seq),
  ]);
  const usageNow = past.usageAt(now.reading.seq);
  const [statedThen, statedNow] = await Promise.all([
    past.otherEmissionsAt(then.reading.seq)(),
    past.otherEmissionsAt(now.reading.seq)(),
  ]);
  const isNew = ({ key }: OtherEmission): boolean => !statedThen.some((before) => before.key === key);
  const late = async () => [...statedThen, ...statedNow.filter(isNew)];
  const step = (estate: Estate, sets: typeof setsNow, usage: FigureDeps['usage'], at = now): FigureDeps => ({
    ...figuresAt(past, at),
    currentEstate: async () => estate,
    activeFactorSets: async () => sets,
    usage,
  });
  const extended = withExtentsOf(estateThen, estateNow);
  const boundary = withBoundaryOf(estateThen, estateNow);
  return [
    step(estateThen, setsThen, past.usageAt(then.reading.seq), then),
    { ...step(extended, setsThen, past.usageWithLate(then.reading.seq, now.reading.seq)), otherEmissions: late },
    step(extended, setsThen, usageNow),
    step(withSupplyOf(extended, estateNow), setsNow, usageNow),
    step(boundary, setsNow, usageNow),
    step(estateNow, setsNow, usageNow),
  ];
}
