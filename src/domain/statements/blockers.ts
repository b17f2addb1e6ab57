import type { Line } from '../activities.ts';
import type { Coverage } from '../coverage.ts';
import type { FigureSettings } from '../estate.ts';
import type { DaySpan, LocalDay } from '../local-day.ts';
import { type Blocker, type BlockerCode, isOverridable, type Override } from './statement.ts';

/** What decides whether a statement may be published. */
export type PublishingFacts = {
  period: DaySpan;
  today: LocalDay;
  settings: Pick<FigureSettings, 'missingShareMax' | 'estimatedShareMax'>;
  coverage: Coverage | null;
  provisional: readonly string[];
  incomplete: boolean;
  included: ReadonlySet<Line>;
  excluded: ReadonlySet<Line>;
  /** Bills and dial readings that contradict the intervals, one text each. */
  conflicts: readonly string[];
};

const isWtt = (line: Line): boolean => line.startsWith('wtt');
const percent = (share: number): string => `${Math.round(share * 10_000) / 100} %`;

function coverageFault({ coverage, settings }: PublishingFacts): string | null {
  if (coverage === null) return 'no data is known for the period';
  const { missing, estimated } = coverage;
  const faults = [
    ...(settings.missingShareMax.lt(missing)
      ? [`${percent(missing)} is missing, of ${percent(settings.missingShareMax.toNumber())} allowed`]
      : []),
    ...(settings.estimatedShareMax.lt(estimated)
      ? [`${percent(estimated)} is estimated, of ${percent(settings.estimatedShareMax.toNumber())} allowed`]
      : []),
  ];
  return faults.length === 0 ? null : faults.join('; ');
}

function wttFault({ included, excluded }: PublishingFacts): string | null {
  const [left] = [...excluded].filter((line) => isWtt(line) && !included.has(line));
  const [kept] = [...included].filter(isWtt);
  return left === undefined || kept === undefined ? null : `${kept} is reported and ${left} is not`;
}

/** What stands against publishing a statement, in the order of the catalogue. */
export function blockersOf(facts: PublishingFacts): Blocker[] {
  const { provisional, conflicts, incomplete, period, today } = facts;
  const faults: Record<BlockerCode, string | null> = {
    'provisional-factors': provisional.length === 0 ? null : provisional.join(', '),
    'coverage-under-floor': coverageFault(facts),
    'open-bill-conflicts': conflicts.length === 0 ? null : `${conflicts.length} open, the first: ${conflicts[0]}`,
    'incomplete-scopes': incomplete ? 'a line of scope 1 or 2 has no factor' : null,
    'mixed-wtt': wttFault(facts),
    'not-over': period.end > today ? `the period ends on ${period.end}, today is ${today}` : null,
  };
  return Object.entries(faults).flatMap(([name, detail]) => {
    const code = name as BlockerCode;
    return detail === null ? [] : [{ code, detail, overridable: isOverridable(code) }];
  });
}

/** The blockers that no override answers. */
export function standingBlockers(blockers: readonly Blocker[], overrides: readonly Override[]): Blocker[] {
  return blockers.filter(({ code, overridable }) => !overridable || !overrides.some(({ blocker }) => blocker === code));
}
