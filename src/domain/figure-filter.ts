import type { Activity } from './activities.ts';
import { datedSpans, inForce } from './dated.ts';
import type { Estate, EstateMeter, EstateSite } from './estate.ts';
import type { FigureQuestion } from './figure-question.ts';
import { intersect } from './local-day.ts';
import type { Segment } from './segments.ts';

/** A part of the estate, by what its sites and meters are. Empty lists take all; a part is what all of them take. */
export type EstatePart = {
  sites: readonly string[];
  categories: readonly string[];
  portfolios: readonly string[];
  activities: readonly Activity[];
};

const takes = <Value>(list: readonly Value[] | undefined, value: Value | null): boolean =>
  list === undefined || list.length === 0 || (value !== null && list.includes(value));

/** Whether a question takes a site at some time, its portfolios left aside. */
function takesSite(question: FigureQuestion, site: string, estate: Estate): boolean {
  return takes(question.sites, site) && takes(question.categories, estate.sites.get(site)?.category ?? null);
}

/** Whether a part of the estate takes a site, on some day. */
export function takesSometime({ sites, categories, portfolios }: EstatePart, site: EstateSite): boolean {
  return (
    takes(sites, site.key) &&
    takes(categories, site.category) &&
    (portfolios.length === 0 || site.portfolios.some(({ portfolio }) => takes(portfolios, portfolio)))
  );
}

/** Whether the filters of a question name a meter, on some day. */
export function isAsked(meter: EstateMeter, question: FigureQuestion, estate: Estate): boolean {
  if (!takes(question.meters, meter.key) || !takes(question.activities, meter.activity)) return false;
  return meter.placements.some(({ site }) => takesSite(question, site, estate));
}

type Numbered = { meter: EstateMeter; number: number };

const metersBySite = new WeakMap<Estate, Map<string, Numbered[]>>();

function metersOfSites(estate: Estate): Map<string, Numbered[]> {
  const found = metersBySite.get(estate);
  if (found !== undefined) return found;
  const made = new Map<string, Numbered[]>();
  estate.meters.forEach((meter, number) => {
    for (const site of new Set(meter.placements.map((placement) => placement.site))) {
      const own = made.get(site) ?? [];
      own.push({ meter, number });
      made.set(site, own);
    }
  });
  metersBySite.set(estate, made);
  return made;
}

/** The meters that the filters of a question name on some day, in the order of the estate. Those of sites are looked up. */
export function askedMeters(question: FigureQuestion, estate: Estate): EstateMeter[] {
  const { sites } = question;
  if (sites.length === 0) return estate.meters.filter((meter) => isAsked(meter, question, estate));
  const bySite = metersOfSites(estate);
  const numbered = new Map(sites.flatMap((site) => bySite.get(site) ?? []).map(({ meter, number }) => [number, meter]));
  const inOrder = [...numbered].sort(([a], [b]) => a - b).map(([, meter]) => meter);
  return inOrder.filter((meter) => isAsked(meter, question, estate));
}

/** The portfolio a site is in on a day; null for none (rule D4). */
export function portfolioOn(site: EstateSite, day: string): string | null {
  return inForce(site.portfolios, day)?.portfolio ?? null;
}

/** Cuts a segment where its site goes to another portfolio, for a question that asks for portfolios (rule D4). */
function byPortfolio(segment: Segment, { groupBy, portfolios: asked }: FigureQuestion): Segment[] {
  const { portfolios } = segment.site;
  const isFiltered = asked !== undefined && asked.length > 0;
  if (portfolios.length === 0 || !(isFiltered || groupBy.includes('portfolio'))) return [segment];
  const changes = datedSpans([{ from: null }, ...portfolios.filter(({ from }) => from !== null)]);
  return changes.flatMap((span) => {
    const days = intersect(segment, span);
    return days === null ? [] : [{ ...segment, ...days }];
  });
}

/** What a question takes of a segment of a meter that it names: nothing, all of it, or its days in a portfolio. */
export function askedOf(segment: Segment, question: FigureQuestion, estate: Estate): Segment[] {
  if (!takesSite(question, segment.site.key, estate)) return [];
  return byPortfolio(segment, question).filter(({ site, start }) =>
    takes(question.portfolios, portfolioOn(site, start)),
  );
}
