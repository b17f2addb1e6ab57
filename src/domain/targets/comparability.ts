import { LINES, type Line } from '../activities.ts';
import { approachesIn, type Consolidation, type ConsolidationApproach, leasesWithoutType } from '../consolidation.ts';
import type { Estate, FigureSettings } from '../estate.ts';
import type { EstatePart } from '../figure-filter.ts';
import type { DaySpan } from '../local-day.ts';
import { tenanciesWithoutLeaseType } from '../tenancy.ts';
import { judgedScopes, partOf, type Target, type TargetPart } from './target.ts';

/** What a figure is about: two figures can be set against each other where all of it is the same (rules H5, H6). */
export type FigureTerms = {
  scopes: readonly number[];
  lines: readonly Line[];
  gas: Target['gas'];
  basis: Target['basis'];
  part: EstatePart;
  approaches: readonly ConsolidationApproach[];
  /** What it counts beside metered energy and water, such as a fleet. */
  otherSources: readonly string[];
};

/** Lines that a total of scopes 1 to 3 can hold. */
const TOTALLED = LINES.filter((line) => line !== 'outside-of-scopes');

function countedLines(lines: readonly Line[], reported: readonly string[]): readonly Line[] {
  if (lines.length > 0) return TOTALLED.filter((line) => lines.includes(line));
  return reported.includes('all') ? TOTALLED : TOTALLED.filter((line) => reported.includes(line));
}

/** The consolidation approach that a target's figures are made by: its own for all days, or that of the settings by date. */
export function consolidationOf({ boundary }: Target, settings: Pick<FigureSettings, 'consolidation'>): Consolidation {
  const own = boundary.consolidationApproach;
  return own === undefined ? settings.consolidation : [{ from: null, approach: own }];
}

/** What the figures of a target are about in a span of days. */
export function termsOf(target: Target, settings: FigureSettings, span: DaySpan): FigureTerms {
  const approaches = approachesIn(consolidationOf(target, settings), span).map(({ approach }) => approach);
  return {
    scopes: judgedScopes(target),
    lines: countedLines(target.lines, settings.reportedLines),
    gas: target.gas,
    basis: target.basis,
    part: partOf(target.boundary.part),
    approaches: [...new Set(approaches)],
    otherSources: target.otherEmissions,
  };
}

/** What a published baseline is about: as it is stated, and where it is silent as the target is. */
export function publishedTerms(target: Target, settings: FigureSettings, span: DaySpan): FigureTerms {
  const own = termsOf(target, settings, span);
  const { scopes, lines, gas, basis, boundary, otherSources } = target.baseline;
  const approach = boundary?.consolidationApproach;
  return {
    scopes: scopes ?? own.scopes,
    lines: lines === undefined ? own.lines : countedLines(lines, ['all']),
    gas: gas ?? own.gas,
    // A figure that states no basis is location-based, as reports are (rule C2).
    basis: basis ?? 'location',
    part: boundary === undefined ? own.part : partOf(boundary.part),
    approaches: approach === undefined ? own.approaches : [approach],
    otherSources: otherSources ?? own.otherSources,
  };
}

/** Words in a sentence: a, b and c. */
function listed(words: readonly (string | number)[]): string {
  if (words.length < 2) return words.join('');
  return `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

const NOUNS = { sites: 'site', categories: 'category', portfolios: 'portfolio', activities: 'activity' } as const;

function partName(part: EstatePart): string {
  const names = (Object.keys(NOUNS) as (keyof TargetPart)[]).flatMap((name) => {
    const values = part[name];
    return values.length === 0 ? [] : [`${NOUNS[name]} ${[...values].sort().join(' or ')}`];
  });
  return names.length === 0 ? 'the whole estate' : listed(names);
}

type Describe = (terms: FigureTerms) => string;

/** What two figures may differ in, each with the words for either. */
const ASPECTS: readonly [what: string, describe: Describe][] = [
  ['scopes differ', ({ scopes }) => `scope${scopes.length === 1 ? '' : 's'} ${listed([...scopes].sort())}`],
  ['lines differ', ({ lines }) => (lines.length === TOTALLED.length ? 'all lines' : `the lines ${listed(lines)}`)],
  ['gas differs', ({ gas }) => (gas === 'co2' ? 'CO2 alone' : 'CO2e')],
  ['scope 2 basis differs', ({ basis }) => `the ${basis} basis`],
  ['boundary differs', ({ part }) => partName(part)],
  [
    'consolidation approach differs',
    ({ approaches }) => listed([...approaches].sort().map((name) => name.replace('-', ' '))),
  ],
  [
    'sources differ',
    ({ otherSources }) =>
      `metered energy and water ${otherSources.length === 0 ? 'alone' : `with ${listed([...otherSources].sort())}`}`,
  ],
];

/** Why two figures do not describe the same thing, each reason naming both; empty where they do (rules H5, H6). */
export function differencesBetween(baseline: FigureTerms, actual: FigureTerms): string[] {
  return ASPECTS.flatMap(([what, describe]) => {
    const [of, against] = [describe(baseline), describe(actual)];
    return of === against ? [] : [`the ${what}: the baseline is of ${of}, the actual figures are of ${against}`];
  });
}

const NAMED = 5;

/**
 * Why the figures of a target with an approach of its own cannot be made: leases whose kind is not stated, by which alone
 * financial control decides (rule D2); null where they can.
 */
export function untypedLeases(target: Target, estate: Estate): string | null {
  if (target.boundary.consolidationApproach === undefined) return null;
  const consolidation = consolidationOf(target, estate.settings);
  const sites = [...estate.sites.values()].filter(
    ({ controls }) => leasesWithoutType(controls, consolidation).length > 0,
  );
  const meters = estate.meters.filter(
    ({ tenancies }) => tenanciesWithoutLeaseType(tenancies, consolidation).length > 0,
  );
  const names = [...sites.map(({ key }) => `site ${key}`), ...meters.map(({ key }) => `meter ${key}`)];
  if (names.length === 0) return null;
  const more = names.length > NAMED ? ` and ${names.length - NAMED} more` : '';
  return `financial control needs the leaseType of every lease: it is not stated of ${names.slice(0, NAMED).join(', ')}${more}`;
}
