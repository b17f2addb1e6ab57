import type { Now } from '../../clock.ts';
import type { AsOf } from '../../domain/as-of.ts';
import { editionFor } from '../../domain/buildings/benchmarks.ts';
import {
  periodFaults,
  type RatedSite,
  type RatingBasis,
  rateSite,
  type SiteRating,
} from '../../domain/buildings/rate-site.ts';
import { energyBySite, energyQuestion, sharedSupplies } from '../../domain/buildings/site-energy.ts';
import type { Period } from '../../domain/period.ts';
import { type Fault, Refusal } from '../../domain/refusal.ts';
import type { Site } from '../../domain/site.ts';
import { answerFigure, type FigureDeps } from '../figures/answer-figure.ts';
import type { Page, PageRequest } from '../page.ts';
import { figuresAt, type Knowledge, knowledgeOf, momentAsked } from '../past/known-at.ts';
import type { PastStore } from '../past/past-store.ts';
import type { SettingsService } from '../settings.ts';
import type { SiteFilter } from '../site-store.ts';
import type { Sites } from '../sites.ts';
import type { Benchmarks } from './benchmarks.ts';

/** What a rating is asked for: twelve months, the table of benchmarks (null: the only one), and the moment. */
export type RatingQuestion = { period: Period; benchmarks: string | null; asOf: string | undefined };

type Echo = { period: Period; asOf: AsOf | null };

/** Indicative operational ratings of buildings (rule J). */
export type OperationalRatings = {
  /** @throws Refusal `unknown-site`, or `not-rateable` with every reason. */
  ofSite(key: string, question: RatingQuestion): Promise<Echo & { rating: RatedSite }>;
  /**
   * A page of the sites, each with its rating or the reasons why it has none.
   * @throws Refusal `not-rateable` for a period that no site can be rated over.
   */
  ofEstate(
    filter: SiteFilter,
    page: PageRequest,
    question: RatingQuestion,
  ): Promise<Echo & { ratings: readonly SiteRating[] } & Pick<Page<Site>, 'next'>>;
};

/** What ratings are made of. */
export type RatingDeps = {
  now: Now;
  figures: FigureDeps;
  past: PastStore;
  sites: Sites;
  settings: SettingsService;
  benchmarks: Benchmarks;
};

function notRateable(reasons: readonly Fault[]): Refusal {
  return new Refusal('not-rateable', reasons.map(({ detail }) => detail).join('; '), reasons);
}

/** Builds the use cases of operational ratings. They rest on the figures that anybody may ask for as consumption. */
export function createOperationalRatings(deps: RatingDeps): OperationalRatings {
  const known = async (asOf: string | undefined): Promise<{ knowledge: Knowledge; figures: FigureDeps }> => {
    const moment = await momentAsked(deps.past, asOf);
    return {
      knowledge: knowledgeOf(moment, deps.now),
      figures: moment === null ? deps.figures : figuresAt(deps.past, moment),
    };
  };

  async function rate(
    sites: readonly Site[],
    { period, benchmarks }: RatingQuestion,
    { knowledge, figures }: { knowledge: Knowledge; figures: FigureDeps },
  ): Promise<SiteRating[]> {
    if (sites.length === 0) return [];
    const [editions, settings, { plan, figure, estate }] = await Promise.all([
      deps.benchmarks.all(knowledge.seq),
      deps.settings.get(knowledge),
      answerFigure(
        figures,
        energyQuestion(
          sites.map(({ key }) => key),
          period,
        ),
      ),
    ]);
    const energy = energyBySite(plan, figure.rows);
    const basis: RatingBasis = {
      period,
      edition: editionFor(editions, benchmarks, period),
      actualShareMin: settings.displayEnergy.rating.actualShareMin,
      shared: sharedSupplies(estate, period),
    };
    return sites.map((site) => rateSite(site, energy.of(site.key), basis));
  }

  const refusePeriod = (period: Period, { day }: Knowledge): void => {
    const faults = periodFaults(period, day);
    if (faults.length > 0) throw notRateable(faults);
  };

  return {
    async ofSite(key, question) {
      const at = await known(question.asOf);
      const site = await deps.sites.get(key, at.knowledge);
      refusePeriod(question.period, at.knowledge);
      const [rating] = await rate([site], question, at);
      if (rating === undefined) throw new Error(`Site '${key}' was found and not rated.`);
      if (rating.rated === null) throw notRateable(rating.reasons);
      return { period: question.period, asOf: at.knowledge.asOf, rating };
    },

    async ofEstate(filter, page, question) {
      const at = await known(question.asOf);
      refusePeriod(question.period, at.knowledge);
      const { items, next } = await deps.sites.list(filter, page, at.knowledge);
      const ratings = await rate(items, question, at);
      return { period: question.period, asOf: at.knowledge.asOf, ratings, next };
    },
  };
}
