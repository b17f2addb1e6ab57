import { isAreaTarget, judgedScopes } from '../../../domain/targets/target.ts';
import type { KnownProgress } from '../../../services/targets/targets.ts';

/** What a reader of a target's progress should know. */
export function noticesOf({ target, startPeriod, recalculation, baselineReview }: KnownProgress): string[] {
  const notices: string[] = [];
  if (target.status === 'adopted' && target.baseline.kind === 'computed' && baselineReview === null)
    notices.push(
      'The baseline of this adopted target is not frozen: it moves with late data, corrections and new versions of factors. Freeze it with baseline.frozenAt.',
    );
  if (isAreaTarget(target)) {
    notices.push(
      `Pro-rata: the pathway of ${target.boundary.name} applied to the council's own buildings. It does not measure the progress of ${target.boundary.name}, of whose emissions the council's estate is a small part.`,
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
  if (target.milestones.some((milestone) => milestone.netZero === true))
    notices.push(
      'A net-zero milestone states no gross amount, so the path ends at the last milestone that does. Offsets and exports are in no figure.',
    );
  return notices;
}
