import { type Activity, NET_BASIS_ACTIVITIES, type Unit } from '../../domain/activities.ts';
import { Decimal, sum, ZERO } from '../../domain/decimal.ts';
import type { EmissionsBasis } from '../../domain/emissions.ts';
import type { Stream } from '../../domain/figure-plan.ts';
import { groupBy } from '../../domain/group-by.ts';
import { useKey } from '../../domain/measures/site-use.ts';
import type { Period } from '../../domain/period.ts';
import type { SeriesPart } from '../../domain/projection/use-series.ts';
import type { Target } from '../../domain/targets/target.ts';
import { type AnsweredFigure, answerFigure } from '../figures/answer-figure.ts';
import { targetQuestion } from '../targets/target-question.ts';
import type { UseHistory } from './use-history.ts';

/** What a site used of an activity in a base year: by what decides emissions, and by calendar month, January first. */
export type SiteActivity = {
  activity: Activity;
  unit: Unit;
  parts: readonly SeriesPart[];
  byMonth: readonly Decimal[];
};

/** What sites used in a base year, by key of the site; those of which the target counts nothing are not in it. */
export type SiteBases = ReadonlyMap<string, ReadonlyMap<string, SiteActivity>>;

const MONTHS = 12;

type Cell = { stream: Stream; month: number; quantity: Decimal };

function cellsOf({ plan, usage }: AnsweredFigure): Cell[] {
  return usage.cells.flatMap(({ stream: number, cell, quantity }) => {
    const stream = plan.streams[number];
    const start = plan.cells[cell]?.start;
    if (stream?.flow !== 'use' || start === undefined) return [];
    return [{ stream, month: Number(start.slice(5, 7)) - 1, quantity }];
  });
}

function activityOf(cells: readonly Cell[], { activity, unit }: EmissionsBasis): SiteActivity {
  const parts = new Map<EmissionsBasis, Decimal>();
  const byMonth = Array.from({ length: MONTHS }, () => ZERO);
  for (const { stream, month, quantity } of cells) {
    parts.set(stream.basis, (parts.get(stream.basis) ?? ZERO).plus(quantity));
    byMonth[month] = (byMonth[month] ?? ZERO).plus(quantity);
  }
  return { activity, unit, parts: [...parts].map(([basis, quantity]) => ({ basis, quantity })), byMonth };
}

/** Reads what some sites used in a base year, month by month, as a target counts it. */
export async function readSiteBases(
  { deps, estate }: UseHistory,
  target: Target,
  base: Period,
  sites: readonly string[],
): Promise<SiteBases> {
  const question = targetQuestion(target, base);
  const asked = sites.filter(
    (site) => estate.sites.has(site) && (question.sites.length === 0 || question.sites.includes(site)),
  );
  if (asked.length === 0) return new Map();
  const grouped = { interval: 'month' as const, groupBy: ['site', 'activity'] as const, sites: asked };
  const cells = cellsOf(await answerFigure(deps, { ...question, ...grouped }));
  const bySite = groupBy(cells, ({ stream }) => stream.dims.site ?? '');
  return new Map(
    [...bySite].map(([site, own]) => {
      const byKey = groupBy(own, ({ stream: { basis } }) => useKey(basis.activity, basis.unit));
      const activities = [...byKey].map(
        ([key, some]) => [key, activityOf(some, (some[0] as Cell).stream.basis)] as const,
      );
      return [site, new Map(activities)];
    }),
  );
}

/** What all of a site's activities used in its base year, to find what most of it is reported as. */
const sizeOf = ({ parts }: SiteActivity): Decimal => sum(parts.map(({ quantity }) => quantity.abs()));

/**
 * What decides the emissions of an activity that a site has not used so far: it is reported as the rest of the site is, at
 * published factors, wood and other bioenergy at net calorific value (rules B2, D1).
 */
export function newBasis(
  site: ReadonlyMap<string, SiteActivity>,
  activity: Activity,
  unit: Unit,
): EmissionsBasis | null {
  const [largest] = [...site.values()].sort((a, b) => sizeOf(b).comparedTo(sizeOf(a)));
  const like = largest?.parts[0]?.basis;
  if (like === undefined) return null;
  const { control, scope3Category, returnToSewer } = like;
  return {
    ...{ activity, unit, control, scope3Category },
    calorificBasis: NET_BASIS_ACTIVITIES.includes(activity) ? 'net' : null,
    heatNetwork: activity === 'district-heat' ? 'district' : null,
    returnToSewer: returnToSewer ?? new Decimal(0),
    heatEfficiency: null,
    heatSupply: null,
  };
}
