import { hasStatus, isAreaTarget, judgedScopes, type Target } from '../../../domain/targets/target.ts';
import type { KnownProgress } from '../../../services/targets/targets.ts';

/** What every answer of a target of an area says; of the council's share only what is stated (rule H3). */
export function proRataNotice({ boundary: { kind, estateSharePercent } }: Target): string {
  const share =
    estateSharePercent === undefined
      ? ''
      : `, and the council's estate is about ${estateSharePercent} % of the city's emissions`;
  return `Pro-rata: the ${kind}'s pathway applied to the council's buildings. It is not a measure of the ${kind}'s progress${share}.`;
}

/** What a reader of a target's progress should know. */
export function noticesOf({ target, startPeriod, recalculation, baselineReview }: KnownProgress): string[] {
  const notices: string[] = [];
  if (target.status === 'adopted' && target.baseline.kind === 'computed' && baselineReview === null)
    notices.push(
      'The baseline of this adopted target is not frozen: it moves with late data, corrections and new versions of factors. Freeze it with baseline.frozenAt.',
    );
  if (isAreaTarget(target)) {
    notices.push(proRataNotice(target));
    if (!hasStatus(target))
      notices.push(
        'A target of an area that is kept for reference has no status of its own: annual and budget say how the buildings stand against the pathway.',
      );
    notices.push(`The estate is read against it on scopes ${judgedScopes(target).join(' and ')}.`);
  }
  if (target.yearBasis === 'calendar')
    notices.push(
      `Calendar years of the target are judged in the reporting year that holds most of their days, such as ${startPeriod.label}.`,
    );
  if (recalculation.status === 'recalculated')
    notices.push(
      'The baseline is recalculated for transfers of sites; verdicts set comparable emissions, in which a transferred site counts for the whole year or not at all, against it. New editions of factors never recalculate it.',
    );
  if (recalculation.status !== 'none' && target.milestones.some(({ emissionsKgCo2e }) => emissionsKgCo2e !== undefined))
    notices.push('Milestones stated as amounts keep their share of the baseline when it is recalculated.');
  const netZero = target.milestones.filter((milestone) => milestone.netZero === true);
  if (netZero.some(({ residualKg, residualPercent }) => residualKg === undefined && residualPercent === undefined))
    notices.push(
      'A net-zero milestone that states no residual says nothing of the gross amount, and is no point of the path. Offsets and exports are in no figure.',
    );
  return notices;
}
