import { siteWarnings } from '../../../domain/check-site.ts';
import { inForce } from '../../../domain/dated.ts';
import { normalisePostcode } from '../../../domain/identifiers/postcode.ts';
import { normaliseUprn } from '../../../domain/identifiers/uprn.ts';
import type { LocalDay } from '../../../domain/local-day.ts';
import { Refusal } from '../../../domain/refusal.ts';
import type { ControlPeriod, FloorArea, PortfolioPeriod, Site } from '../../../domain/site.ts';
import type { SiteFilter } from '../../../services/site-store.ts';
import type { CsvColumn } from '../../csv.ts';
import { withoutNulls } from '../../without-nulls.ts';
import type { SiteInput, SiteOutput, SiteQuery } from './schemas.ts';

const SINCE_EVER_OPERATED: ControlPeriod = {
  from: null,
  control: 'operated',
  scope3Category: null,
  reason: null,
  leaseType: null,
};

function refuse(pointer: string, code: string, detail: string): never {
  throw new Refusal('invalid-request', detail, [{ pointer, code, detail }]);
}

function postcodeOf(text: string | undefined): string | null {
  if (text === undefined) return null;
  const postcode = normalisePostcode(text);
  return (
    postcode ?? refuse('/postcode', 'wrong-format', `postcode is '${text}': expected a UK postcode, such as CV1 5RR`)
  );
}

function uprnOf(text: string | undefined): string | null {
  if (text === undefined) return null;
  return (
    normaliseUprn(text) ?? refuse('/uprn', 'wrong-format', `uprn is '${text}': expected 1 to 12 digits, not all zero`)
  );
}

/** The periods as stored: the first always reaches back, so that what holds before a first date is written down. */
function controlOf(input: SiteInput['control']): ControlPeriod[] {
  const periods = (input ?? []).map(({ from, control, scope3Category, reason, leaseType }) => ({
    from: from ?? null,
    control,
    scope3Category: scope3Category ?? null,
    reason: reason ?? null,
    leaseType: leaseType ?? null,
  }));
  return periods[0] === undefined || periods[0].from !== null ? [SINCE_EVER_OPERATED, ...periods] : periods;
}

function floorAreasOf({ floorAreaM2, floorAreas }: SiteInput): FloorArea[] {
  if (floorAreaM2 !== undefined && floorAreas !== undefined)
    refuse('/floorAreaM2', 'ambiguous', 'floorAreaM2 and floorAreas are both given: expected one of them');
  if (floorAreaM2 !== undefined) return [{ from: null, areaM2: floorAreaM2 }];
  return (floorAreas ?? []).map(({ from, areaM2 }) => ({ from: from ?? null, areaM2 }));
}

function portfoliosOf({ portfolio, portfolios }: SiteInput): PortfolioPeriod[] {
  if (portfolio !== undefined && portfolios !== undefined)
    refuse('/portfolio', 'ambiguous', 'portfolio and portfolios are both given: expected one of them');
  if (portfolio !== undefined) return [{ from: null, portfolio }];
  return (portfolios ?? []).map((period) => ({ from: period.from ?? null, portfolio: period.portfolio }));
}

/** A site from its request. */
export function fromSiteInput(key: string, input: SiteInput): Site {
  return {
    key,
    name: input.name,
    uprn: uprnOf(input.uprn),
    postcode: postcodeOf(input.postcode),
    ward: input.ward ?? null,
    weatherRegion: input.weatherRegion ?? null,
    lsoa: input.lsoa ?? null,
    category: input.category ?? null,
    portfolios: portfoliosOf(input),
    disclosure: input.disclosure ?? 'public',
    opened: input.opened ?? null,
    closed: input.closed ?? null,
    control: controlOf(input.control),
    floorAreas: floorAreasOf(input),
    benchmarkUses: (input.benchmarkUses ?? []).map(({ from, uses }) => ({ from: from ?? null, uses })),
    visitedByPublic: input.visitedByPublic ?? null,
  };
}

/** A site for its answer; `today` decides which floor area and portfolio hold. */
export function toSiteOutput(site: Site, today: LocalDay): SiteOutput {
  const floorAreaM2 = inForce(site.floorAreas, today)?.areaM2 ?? null;
  const portfolio = inForce(site.portfolios, today)?.portfolio ?? null;
  const { benchmarkUses, ...plain } = site;
  const uses = benchmarkUses.map(({ from, uses }) => ({ ...withoutNulls({ from }), uses: [...uses] }));
  return {
    ...withoutNulls({ ...plain, floorAreaM2, portfolio }),
    ...(uses.length > 0 && { benchmarkUses: uses }),
    portfolios: site.portfolios.map(withoutNulls),
    control: site.control.map(withoutNulls),
    floorAreas: site.floorAreas.map(withoutNulls),
    warnings: siteWarnings(site),
  };
}

/** The filter of a list from its query. */
export function fromSiteQuery({ category, portfolio, ward, q }: SiteQuery): SiteFilter {
  return { category: category ?? null, portfolio: portfolio ?? null, ward: ward ?? null, q: q ?? null };
}

/** The columns of a list as CSV. What has several values over time is given as it holds today. */
export const SITE_COLUMNS: readonly CsvColumn<SiteOutput>[] = [
  { header: 'key', value: (site) => site.key },
  { header: 'name', value: (site) => site.name },
  { header: 'uprn', value: (site) => site.uprn },
  { header: 'postcode', value: (site) => site.postcode },
  { header: 'ward', value: (site) => site.ward },
  { header: 'lsoa', value: (site) => site.lsoa },
  { header: 'weatherRegion', value: (site) => site.weatherRegion },
  { header: 'category', value: (site) => site.category },
  { header: 'portfolio', value: (site) => site.portfolio },
  { header: 'floorAreaM2', value: (site) => site.floorAreaM2 },
  { header: 'openedOn', value: (site) => site.opened?.on },
  { header: 'closedOn', value: (site) => site.closed?.on },
  { header: 'disclosure', value: (site) => site.disclosure },
  { header: 'visitedByPublic', value: (site) => site.visitedByPublic },
];
