import { unionOf } from '../../domain/day-spans.ts';
import { exactTotalKg } from '../../domain/figure-answer.ts';
import type { FigureQuestion } from '../../domain/figure-question.ts';
import { groupBy } from '../../domain/group-by.ts';
import { lengthDays } from '../../domain/local-day.ts';
import { type CategoryIntensity, intensities, type SiteIntensity } from '../../domain/places/intensity.ts';
import { meanFloorAreaM2 } from '../../domain/places/place-cells.ts';
import { rowCoverage } from '../../domain/row-sums.ts';
import { type AnsweredFigure, answerFigure, type FigureDeps } from '../figures/answer-figure.ts';
import type { ClockReading } from '../past/past-store.ts';
import type { PlacesReader } from './area-tables-port.ts';

/** Energy and carbon per square metre of every site, with the figure they were taken from. */
export type AnsweredIntensity = {
  answer: AnsweredFigure;
  sites: SiteIntensity[];
  categories: CategoryIntensity[];
};

/** Sites whose meters in the totals cover every elapsed day of the period. */
function servedThroughout({ plan: { window, segments } }: AnsweredFigure): ReadonlySet<string> {
  if (window === null) return new Set();
  const used = segments.filter(({ segment }) => segment.flow === 'use').map(({ segment }) => segment);
  const served = [...groupBy(used, ({ site }) => site.key)].filter(
    ([, own]) => unionOf(own).reduce((days, span) => days + lengthDays(span), 0) === lengthDays(window),
  );
  return new Set(served.map(([site]) => site));
}

/**
 * Energy and carbon per square metre by site, and each site's place among its category (rule K).
 * @throws Refusal as a question about emissions does.
 */
export async function siteIntensity(
  deps: FigureDeps,
  places: PlacesReader,
  at: ClockReading | null,
  question: Omit<FigureQuestion, 'groupBy' | 'interval'>,
): Promise<AnsweredIntensity> {
  const [answer, floorAreas] = await Promise.all([
    answerFigure(deps, { ...question, interval: 'total', groupBy: ['site'] }),
    places.floorAreas(at),
  ]);
  const { plan, figure, estate } = answer;
  const whole = servedThroughout(answer);
  const figures = figure.rows
    .filter(({ flow }) => flow === 'use')
    .map(({ dims, sums }) => {
      const site = dims.site ?? '';
      return {
        site,
        category: estate.sites.get(site)?.category ?? null,
        floorAreaM2: plan.window === null ? null : meanFloorAreaM2(floorAreas.get(site) ?? [], plan.window),
        energyKwh: sums.energyKwh,
        kgCo2e: sums.quantities.size === 0 ? null : exactTotalKg(sums),
        missing: rowCoverage(sums)?.missing ?? null,
        incomplete: sums.marks.incomplete,
        wholePeriod: whole.has(site),
      };
    });
  return { answer, ...intensities(figures, estate.settings.missingShareMax) };
}
