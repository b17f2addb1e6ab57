import { reportingYearOf } from '../../domain/buckets.ts';
import type { Coverage } from '../../domain/coverage.ts';
import { Decimal, roundKg, sum, ZERO } from '../../domain/decimal.ts';
import type { FigureRow } from '../../domain/figure-table.ts';
import { groupBy } from '../../domain/group-by.ts';
import type { DaySpan } from '../../domain/local-day.ts';
import type { Period } from '../../domain/period.ts';
import { Refusal } from '../../domain/refusal.ts';
import { rowCoverage } from '../../domain/row-sums.ts';
import {
  type AllocationGroup,
  type AllocationMember,
  allocate,
  type PartName,
  splitKg,
  weightsOf,
} from '../../domain/targets/allocation.ts';
import { differencesBetween, termsOf } from '../../domain/targets/comparability.ts';
import type { Target } from '../../domain/targets/target.ts';
import type { FigureDeps } from '../figures/answer-figure.ts';
import { allocatedYears, type PartBudget, type PartYear, pathYears, type YearFigures } from './allocated-years.ts';
import { membersOf, openParts, type PartTable, sharesPeriodOf } from './allocation-members.ts';
import type { TargetYear } from './judge-years.ts';
import { type PartFigures, partFigure, partFigures } from './part-figures.ts';
import { startReasons } from './path-start.ts';
import { rowsBySite } from './target-figures.ts';
import { type JudgedTarget, type JudgedWork, judgeTarget } from './target-progress.ts';

/** How a target is to be allocated. `sharesOf`: the year by whose data a published baseline is divided. */
export type AllocationAsked = { by: AllocationGroup; sharesOf: string | null };

/** Why a part has no share in any year. */
export const NOT_ALLOCATED = ['not-in-baseline', 'no-data', 'not-positive'] as const;
export type NotAllocated = (typeof NOT_ALLOCATED)[number];

/** One part of a target. Kilograms to the gram; those of all parts add up to the whole. */
export type AllocatedPart = {
  /** Names it; parts are listed in the order of these names. */
  id: string;
  name: PartName;
  /** Of a site. */
  title: string | null;
  /** Null where nothing is known of it in the baseline. */
  baselineKg: Decimal | null;
  baselineCoverage: Coverage | null;
  share: Decimal;
  notAllocated: NotAllocated | null;
  /** Sites of which nothing is known in the baseline. */
  sitesWithoutBaseline: readonly string[];
  years: readonly PartYear[];
  budget: PartBudget;
};

/** A target allocated to its parts. `sharesPeriod`: the year by whose data it is divided; `path`: the days of budgets. */
export type Allocation = JudgedTarget & {
  by: AllocationGroup;
  sharesPeriod: Period;
  path: DaySpan;
  budget: PartBudget;
  parts: AllocatedPart[];
};

/** A published figure that counts something else than the target says nothing of its parts (rule H5). */
function refuseForeign({ judged: { target, estate, start } }: JudgedWork): void {
  const differences = differencesBetween(start.terms, termsOf(target, estate.settings, start.period));
  if (differences.length === 0) return;
  const detail = `'${target.key}' cannot be allocated: ${differences.join('; ')}. Expected a baseline of what the target counts`;
  throw new Refusal('not-comparable', detail, [{ pointer: '/baseline', code: 'not-comparable', detail }]);
}

/** Rows of the years of a target by site, by the first day of the year. */
async function yearlyRows({ deps, judged, found }: JudgedWork): Promise<ReadonlyMap<string, FigureRow[]>> {
  const { target, estate, today } = judged;
  const running = reportingYearOf(today, estate.settings.reportingYearStart);
  const periods = found.years.flatMap(({ period }) => (period.start <= running.start ? [period] : []));
  const [first, last] = [periods[0], periods.at(-1)];
  if (first === undefined || last === undefined) return new Map();
  const rows = await rowsBySite(deps, target, { start: first.start, end: last.end }, 'reporting-year');
  return groupBy(rows, ({ bucket }) => bucket.start);
}

/** What the parts emitted in every year of a target: as reported, and as judged (rule D5). */
async function figuresOfYears(work: JudgedWork, parts: PartTable): Promise<YearFigures[]> {
  const { target, baseYear, today } = work.judged;
  const rows = await yearlyRows(work);
  const years: YearFigures[] = [];
  for (const year of work.found.years) {
    const { period, recalculation, covered } = year;
    const of = (some: readonly FigureRow[]): PartFigures => partFigures(target, some, parts, covered);
    const isMoved = recalculation.status === 'recalculated' && period.start < today;
    const moved = isMoved ? await baseYear.comparableBySite(period) : null;
    const reported = of(rows.get(period.start) ?? []);
    years.push({ year, reported, judged: moved === null ? reported : of(moved) });
  }
  return years;
}

/** Why a part has no share; null where it has one in some year. */
function reasonOf(own: readonly AllocationMember[], isInBaseline: boolean, years: readonly PartYear[]) {
  if (years.some(({ share, allowedKg }) => !share.isZero() || !allowedKg.isZero())) return null;
  if (own.some(({ baseKg }) => baseKg !== null)) return 'not-positive' as const;
  return isInBaseline ? ('no-data' as const) : ('not-in-baseline' as const);
}

/** The budget of the whole, as its years are printed. */
function wholeBudget(path: readonly TargetYear[]): PartBudget {
  const printed = (kg: Decimal | null): Decimal => new Decimal(roundKg(kg ?? ZERO));
  const over = path.filter(({ isOver }) => isOver);
  const isKnown = over.every(({ countedKg }) => countedKg !== null);
  const atLeastKg = sum(over.map(({ knownKg }) => printed(knownKg)));
  return {
    allowedKg: sum(path.map(({ allowedKg }) => printed(allowedKg))),
    usedKg: isKnown ? atLeastKg : null,
    atLeastKg,
  };
}

/** The baseline of each part to the gram, where something is known of it. */
function baselinesOf(
  startKg: Decimal,
  ids: readonly string[],
  members: readonly AllocationMember[],
  original: Judgement,
) {
  const known = ids.filter((id) => members.some(({ part, baseKg }) => part === id && baseKg !== null));
  const split = splitKg(startKg, weightsOf(known, members, original));
  return new Map(known.map((id, index) => [id, split[index] ?? ZERO]));
}

type Judgement = TargetYear['recalculation'];

/**
 * Allocates a target to sites, portfolios or categories by share of its baseline. Parts add up to the whole to the gram, in
 * every year; what is allowed follows from the baseline alone, so that no later emission changes it.
 * @throws Refusal as `judgedTarget` does; `not-comparable` for a published baseline of something else than the target;
 * `baseline-outside-data` for one of a year without data, naming the ways out; `invalid-request` for a year that cannot be
 * divided by.
 */
export async function allocateTarget(
  now: FigureDeps,
  target: Target,
  then: FigureDeps | null,
  { by, sharesOf }: AllocationAsked,
): Promise<Allocation> {
  const work = await judgeTarget(now, target, then, false);
  refuseForeign(work);
  const { judged, found, frozen } = work;
  const { estate, start, baseYear } = judged;
  const sharesPeriod = sharesPeriodOf(judged, sharesOf);
  const parts = openParts(estate, target, by, sharesPeriod);
  const covered = start.covered ?? judged.coveredIn(sharesPeriod);
  const baseRows = await rowsBySite(frozen, target, sharesPeriod);
  const base = partFigures(target, baseRows, parts, covered);
  const years = await figuresOfYears(work, parts);
  for (const { site } of found.recalculation.sites) parts.partOf(site);
  const members = membersOf(judged, parts, baseRows, covered, sharesPeriod);
  const ids = [...parts.names.keys()].sort();
  const reasons = ids.map((id): [string, string[]] => {
    const figure = partFigure(base, id);
    return [id, startReasons(rowCoverage(figure), figure.missing, sharesPeriod, estate)];
  });
  const original = baseYear.until(start.period.start);
  const { shares } = allocate(start.kg, weightsOf(ids, members, original));
  const baselines = baselinesOf(new Decimal(roundKg(start.kg)), ids, members, original);
  const path = pathYears(found.years, start.year, judged.trajectory.lastYear);
  const isLine = (id: string): boolean => parts.names.get(id)?.kind === 'line';
  const told = allocatedYears(
    {
      ...{ target, settings: estate.settings, parts: ids, members, startReasons: new Map(reasons) },
      ...{ startYear: start.year, lastYear: judged.trajectory.lastYear, years },
    },
    isLine,
  );
  const byPart = groupBy(members, ({ part }) => part);
  return {
    ...found,
    ...{ by, sharesPeriod, budget: wholeBudget(path) },
    path: { start: start.period.end, end: path.at(-1)?.period.end ?? start.period.end },
    parts: ids.flatMap((id, index): AllocatedPart[] => {
      const [name, own] = [parts.names.get(id), told[index]];
      if (name === undefined || own === undefined) return [];
      const membersHere = byPart.get(id) ?? [];
      const unknown = membersHere.flatMap(({ site, baseKg }) => (baseKg === null && site !== null ? [site] : []));
      return [
        {
          ...{
            id,
            name,
            title: by === 'site' ? (estate.sites.get(name.key ?? '')?.name ?? null) : null,
            ...own,
            share: shares[index] ?? ZERO,
          },
          baselineKg: baselines.get(id) ?? null,
          baselineCoverage: rowCoverage(partFigure(base, id)),
          notAllocated: reasonOf(membersHere, base.has(id), own.years),
          sitesWithoutBaseline: unknown.sort(),
        },
      ];
    }),
  };
}
