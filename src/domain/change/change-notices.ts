import type { Coverage } from '../coverage.ts';
import type { FigureSettings } from '../estate.ts';
import type { Period } from '../period.ts';
import type { Alignment } from './align-periods.ts';
import type { AnsweredChange } from './change-answer.ts';
import type { SplitChange } from './split-change.ts';

const percent = (share: number): string => `${(share * 100).toFixed(2)} %`;

/** Says that a period is less complete than a verdict would ask for (rule H6). */
export function coverageNotice(period: Period, coverage: Coverage | null, settings: FigureSettings): string[] {
  if (coverage === null) return [`Of ${period.label} no data is expected: nothing was in service.`];
  const { missing, estimated } = coverage;
  if (settings.missingShareMax.lt(missing))
    return [
      `low-coverage: ${percent(missing)} of ${period.label} is missing. missingData takes it as the mean of what is known, and whatever differs from that is inside use.`,
    ];
  if (settings.estimatedShareMax.lt(estimated))
    return [`low-coverage: ${percent(estimated)} of ${period.label} is estimated, and use with it.`];
  return [];
}

const days = (count: number): string => (count === 1 ? '1 day' : `${count} days`);

/** What a reader of a change should know beside what the two figures say of themselves. */
export function changeNotices(
  change: AnsweredChange,
  { unweighted, departures }: SplitChange,
  { unpaired }: Alignment,
  labels: readonly [string, string],
): string[] {
  const notices: string[] = [];
  unpaired.forEach((count, leg) => {
    if (count > 0)
      notices.push(
        `${days(count)} of ${labels[leg]} face none of ${labels[1 - leg]}: what was used on them is inside use.`,
      );
  });
  if (unweighted > 0)
    notices.push(
      `unweighted: in ${unweighted} parts one period holds nothing and nothing tells how much it should hold; the other period's use stands for it, and missingData takes the difference.`,
    );
  const unstated = departures.filter(({ reason }) => reason === 'unstated');
  if (unstated.length > 0)
    notices.push(
      `unstated-reason: ${unstated.map(({ site, on }) => `${site} on ${on}`).join(', ')} changed without a stated reason; a change of control counts as boundary, any other as openedClosed.`,
    );
  const first = departures.filter(({ reason }) => reason === 'first-value');
  if (first.length > 0)
    notices.push(
      `first-value: ${first.map(({ site, on }) => `${site} on ${on}`).join(', ')} has a meter without a first day, which counts as opened with its first value; if it was there before, that is missing data.`,
    );
  if (change.roundingKgCo2e !== undefined)
    notices.push(`Rounding left ${change.roundingKgCo2e.toFixed(3)} kg, which is in use, so that the parts add up.`);
  return notices;
}
