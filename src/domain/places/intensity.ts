import { type Decimal, sum, ZERO } from '../decimal.ts';
import { groupBy } from '../group-by.ts';

/** What a site used and emitted over a period, exact, with what it is divided by. */
export type SiteFigure = {
  site: string;
  category: string | null;
  /** Mean over the days of the period; null where it is not known for all of them. */
  floorAreaM2: number | null;
  /** Final energy at gross calorific value; null where none is known. Water is no energy. */
  energyKwh: Decimal | null;
  /** Scopes 1 to 3 of the lines that were asked for; null where nothing is known. */
  kgCo2e: Decimal | null;
  /** Share of what was expected that is missing; null where nothing was expected. */
  missing: number | null;
  /** Whether a scope 1 or 2 line has no factor. */
  incomplete: boolean;
  /** Whether the site was in service, and in the boundary, on all days. */
  wholePeriod: boolean;
};

/** Why a site is not ranked among its category. */
export const NOT_RANKED = [
  'no-category',
  'no-floor-area',
  'no-data',
  'missing-data',
  'not-quantified',
  'part-of-period',
] as const;
export type NotRanked = (typeof NOT_RANKED)[number];

/** A place among the ranked sites of a category; 1 is the most intensive. Equal sites share a place. */
export type Rank = { place: number; of: number };

export type SiteIntensity = SiteFigure & {
  kWhPerM2: Decimal | null;
  kgCo2ePerM2: Decimal | null;
  energyRank: Rank | null;
  carbonRank: Rank | null;
  notRanked: NotRanked | null;
};

/** The ranked sites of a category together. */
export type CategoryIntensity = {
  category: string;
  ranked: number;
  /** Of all ranked sites: the sum of their energy or carbon over the sum of their floor areas. */
  kWhPerM2: Decimal;
  kgCo2ePerM2: Decimal;
  medianKWhPerM2: Decimal;
  medianKgCo2ePerM2: Decimal;
};

type Ranked = { figure: SiteFigure; area: number; kWh: Decimal; kg: Decimal };

function whyNot(figure: SiteFigure, missingShareMax: Decimal): NotRanked | null {
  if (figure.category === null) return 'no-category';
  if (figure.floorAreaM2 === null) return 'no-floor-area';
  if (figure.energyKwh === null || figure.kgCo2e === null) return 'no-data';
  if (!figure.wholePeriod) return 'part-of-period';
  if (figure.missing === null || missingShareMax.lt(figure.missing)) return 'missing-data';
  return figure.incomplete ? 'not-quantified' : null;
}

/** The place of each of some values, the greatest first; equal values share a place. */
function placesOf(values: readonly Decimal[]): Rank[] {
  return values.map((value) => ({ place: 1 + values.filter((other) => other.gt(value)).length, of: values.length }));
}

function medianOf(values: readonly Decimal[]): Decimal {
  const ordered = [...values].sort((a, b) => a.cmp(b));
  const middle = ordered.length / 2;
  const upper = ordered[Math.floor(middle)] ?? ZERO;
  const lower = ordered[Math.ceil(middle) - 1] ?? ZERO;
  return upper.plus(lower).div(2);
}

const per = (value: Decimal | null, area: number | null): Decimal | null =>
  value === null || area === null ? null : value.div(area);

/**
 * Energy and carbon per square metre, and each site's place among the sites of its category in the estate (rule K). Only
 * sites are ranked that can be compared: whole period, floor area known, missing data within the limit, every scope 1 and
 * 2 line quantified. The others are given with the reason.
 */
export function intensities(
  figures: readonly SiteFigure[],
  missingShareMax: Decimal,
): { sites: SiteIntensity[]; categories: CategoryIntensity[] } {
  const ranked = figures.flatMap((figure): Ranked[] => {
    const { floorAreaM2: area, energyKwh: kWh, kgCo2e: kg } = figure;
    const can = whyNot(figure, missingShareMax) === null && area !== null && kWh !== null && kg !== null;
    return can ? [{ figure, area, kWh, kg }] : [];
  });
  const ranks = new Map<SiteFigure, { energyRank: Rank; carbonRank: Rank }>();
  const categories: CategoryIntensity[] = [];
  for (const [category, own] of groupBy(ranked, ({ figure }) => figure.category ?? '')) {
    const kWhPerM2 = own.map(({ kWh, area }) => kWh.div(area));
    const kgPerM2 = own.map(({ kg, area }) => kg.div(area));
    const [energy, carbon] = [placesOf(kWhPerM2), placesOf(kgPerM2)];
    own.forEach(({ figure }, index) => {
      const [energyRank, carbonRank] = [energy[index], carbon[index]];
      if (energyRank !== undefined && carbonRank !== undefined) ranks.set(figure, { energyRank, carbonRank });
    });
    const area = own.reduce((total, site) => total + site.area, 0);
    categories.push({
      category,
      ranked: own.length,
      kWhPerM2: sum(own.map(({ kWh }) => kWh)).div(area),
      kgCo2ePerM2: sum(own.map(({ kg }) => kg)).div(area),
      medianKWhPerM2: medianOf(kWhPerM2),
      medianKgCo2ePerM2: medianOf(kgPerM2),
    });
  }
  const sites = figures.map((figure) => ({
    ...figure,
    kWhPerM2: per(figure.energyKwh, figure.floorAreaM2),
    kgCo2ePerM2: per(figure.kgCo2e, figure.floorAreaM2),
    energyRank: ranks.get(figure)?.energyRank ?? null,
    carbonRank: ranks.get(figure)?.carbonRank ?? null,
    notRanked: whyNot(figure, missingShareMax),
  }));
  return { sites, categories: categories.sort((a, b) => (a.category < b.category ? -1 : 1)) };
}
