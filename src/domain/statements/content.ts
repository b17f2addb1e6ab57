import type { Json } from '../canonical-json.ts';
import { sum } from '../decimal.ts';
import type { ExplainedLine } from '../explanation.ts';
import type { FactorSet } from '../factor-set.ts';
import { groupBy } from '../group-by.ts';
import type { DaySpan } from '../local-day.ts';
import { statedKg, statedTotals } from '../receipt-content.ts';
import type { AreasOfSite } from './intensity.ts';

/** What of a site a statement needs beside its figures. */
export type SiteFacts = { name: string; isNamed: boolean; areas: AreasOfSite };

/** The name that stands for all sites that may not be named in public. */
export const UNNAMED_SITES = 'sites not named';

type Lines = readonly ExplainedLine[];

/** A site as it may be named in public. */
export function publicSite(site: string, facts: ReadonlyMap<string, SiteFacts>): string {
  return facts.get(site)?.isNamed === false ? UNNAMED_SITES : site;
}

/** Figures by site, on both bases; sites that may not be named stand together in one row. */
export function siteRows(lines: Lines, facts: ReadonlyMap<string, SiteFacts>): Json[] {
  const groups = groupBy(lines, ({ site }) => publicSite(site, facts));
  return [...groups]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([site, own]) => ({
      site,
      name: facts.get(site)?.name ?? site,
      ...statedTotals(own, true),
    }));
}

/** Figures by factor line, with where each is reported. */
export function lineRows(lines: Lines): Json[] {
  const groups = groupBy(lines, ({ activity, line, scope, scope3Category, upstream }) =>
    JSON.stringify([activity, line, scope, scope3Category, upstream]),
  );
  return [...groups]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, own]) => {
      const [first] = own;
      if (first === undefined) return [];
      const { activity, line, scope, scope3Category, upstream } = first;
      const known = own.flatMap(({ kg }) => (kg === null ? [] : [kg]));
      const kg = known.length === 0 ? { exactKgCo2e: null, kgCo2e: null } : statedKg(sum(known));
      return [{ activity, line, scope: String(scope), scope3Category, upstream, ...kg }];
    });
}

/** The editions that the factors of some lines were taken from. */
export function editionsOf(lines: Lines, sets: readonly FactorSet[]): FactorSet[] {
  const used = new Set(lines.flatMap(({ sources }) => sources.map(({ set, version }) => `${set}@${version}`)));
  return sets.filter(({ id, version }) => used.has(`${id}@${version}`));
}

/** An edition as it is stated, with the global warming potentials it stands on. */
export function editionRow({ id, version, title, publisher, publishedOn, gwp, source, digest }: FactorSet): Json {
  return { ...{ set: id, version, title, publisher, publishedOn, gwp, source, digest } };
}

/** The words that explain a policy to a reader (rule A1). */
export function policyWording(policy: string, period: DaySpan): string {
  if (policy === 'calendar-year')
    return 'monthly use multiplied by the factors of its calendar year; the publisher describes the majority and the blended approach for April–March reporters';
  if (policy === 'blended')
    return 'the factors of the calendar years in each reporting year, weighted by its days in them';
  return `the factors of the calendar year that holds the greatest portion of each reporting year (${period.start} to ${period.end}, end exclusive)`;
}
