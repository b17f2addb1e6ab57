import type { Activity, Unit } from '../activities.ts';
import type { Decimal } from '../decimal.ts';
import type { Period } from '../period.ts';
import { type Fault, Refusal } from '../refusal.ts';
import { TREND_YEARS_MIN } from './trend.ts';
import type { LeftYear } from './use-series.ts';

/** Something that a projection carries on, with the years that are complete, oldest first. */
export type Candidate = {
  /** What `hold` calls it: the activity, or the line. */
  name: string;
  activity: Activity | null;
  unit: Unit | 'kg';
  complete: readonly { period: Period; quantity: Decimal }[];
  left: readonly LeftYear[];
};

/** Which years of a candidate count. A held one has its newest complete year alone. */
export type Selected = { candidate: Candidate; isHeld: boolean; years: Candidate['complete'] };

/** The base year, which is complete for everything that has a trend, and what is carried on from it. */
export type Selection = { base: Period; selected: readonly Selected[] };

const labels = (years: readonly { period: Period }[]): string => years.map(({ period }) => period.label).join(', ');

function refuse(faults: readonly Fault[]): never {
  throw new Refusal('not-projectable', `The target cannot be projected: ${faults[0]?.detail}`, faults);
}

function tooFew({ name, complete, left }: Candidate, base: Period | null): Fault {
  const known = complete.length === 0 ? 'none' : labels(complete);
  const until = base === null ? '' : ` up to ${base.label}`;
  const newest = left
    .slice(-TREND_YEARS_MIN)
    .map(({ period, reason }) => `${period.label}: ${reason}`)
    .join('; ');
  const why = newest === '' ? '' : ` (${newest})`;
  const detail = `${name} has too few complete comparable years${until}: ${known}${why}; expected at least ${TREND_YEARS_MIN}, or hold=${name} to hold it at its newest one`;
  return { pointer: `?hold`, code: 'too-few-years', detail };
}

/** The newest year that is complete for all; null where there is none. */
function newestOfAll(candidates: readonly Candidate[]): Period | null {
  const [first, ...others] = candidates;
  const isComplete = ({ complete }: Candidate, { start }: Period): boolean =>
    complete.some(({ period }) => period.start === start);
  const shared = first?.complete.filter(({ period }) => others.every((other) => isComplete(other, period)));
  return shared?.at(-1)?.period ?? null;
}

function baseOf(trended: readonly Candidate[], held: readonly Candidate[]): Period {
  if (trended.length > 0) {
    const base = newestOfAll(trended);
    if (base !== null) return base;
    const few = trended.filter(({ complete }) => complete.length < TREND_YEARS_MIN);
    if (few.length > 0) return refuse(few.map((candidate) => tooFew(candidate, null)));
    const years = trended.map(({ name, complete }) => `${name} in ${labels(complete)}`).join('; ');
    const detail = `no year is complete for everything: ${years}`;
    return refuse([{ pointer: '?hold', code: 'no-common-year', detail }]);
  }
  const newest = held
    .flatMap(({ complete }) => complete.at(-1)?.period ?? [])
    .sort((a, b) => (a.start < b.start ? -1 : 1));
  const [oldest] = newest;
  if (oldest !== undefined) return oldest;
  const detail = 'nothing that the target counts has a complete year';
  return refuse([{ pointer: '?hold', code: 'no-data', detail }]);
}

/**
 * Chooses the years that trends are made of: up to the base year the newest `trendYears` complete ones of each.
 * @throws Refusal `not-projectable` naming everything that has too few, with the reasons.
 */
export function selectYears(candidates: readonly Candidate[], hold: readonly string[], trendYears: number): Selection {
  const isHeld = ({ name }: Candidate): boolean => hold.includes(name);
  const empty = candidates.filter((candidate) => isHeld(candidate) && candidate.complete.length === 0);
  if (empty.length > 0) return refuse(empty.map((candidate) => tooFew(candidate, null)));
  const base = baseOf(
    candidates.filter((candidate) => !isHeld(candidate)),
    candidates.filter(isHeld),
  );
  const selected = candidates.map((candidate): Selected => {
    const until = candidate.complete.filter(({ period }) => period.start <= base.start);
    if (isHeld(candidate)) return { candidate, isHeld: true, years: candidate.complete.slice(-1) };
    return { candidate, isHeld: false, years: until.slice(-trendYears) };
  });
  const few = selected.filter((each) => !each.isHeld && each.years.length < TREND_YEARS_MIN);
  if (few.length > 0) return refuse(few.map(({ candidate }) => tooFew(candidate, base)));
  return { base, selected };
}
