import type { AsOf } from '../as-of.ts';
import type { Json } from '../canonical-json.ts';
import { Decimal, sum } from '../decimal.ts';
import type { ExplainedLine } from '../explanation.ts';
import type { FactorSet } from '../factor-set.ts';
import { groupBy } from '../group-by.ts';
import type { LineEvidence } from '../line-evidence.ts';
import type { DaySpan } from '../local-day.ts';
import { scopeTotals, statedKg } from '../receipt-content.ts';

/** What of a site a statement needs beside its figures. `areaM2` is the floor area on the period's last day. */
export type SiteFacts = { name: string; isNamed: boolean; areaM2: Decimal | null };

/** The name that stands for all sites that may not be named in public. */
export const UNNAMED_SITES = 'sites not named';

type Lines = readonly ExplainedLine[];

const publicSite = (site: string, facts: ReadonlyMap<string, SiteFacts>): string =>
  facts.get(site)?.isNamed === false ? UNNAMED_SITES : site;

/** Figures by site; sites that may not be named stand together in one row. */
export function siteRows(lines: Lines, facts: ReadonlyMap<string, SiteFacts>): Json[] {
  const groups = groupBy(lines, ({ site }) => publicSite(site, facts));
  return [...groups]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([site, own]) => ({
      site,
      name: facts.get(site)?.name ?? site,
      ...scopeTotals(own),
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

/** Each quantity once: lines of the same days of a meter share one. */
function quantities(lines: Lines): ExplainedLine[] {
  return [...new Map(lines.map((line) => [line.name, line])).values()];
}

/** What was used, by activity and unit, and of it what was measured and what was estimated. */
export function quantityRows(lines: Lines, evidence: ReadonlyMap<string, LineEvidence>): Json[] {
  const groups = groupBy(quantities(lines), ({ activity, meteredUnit }) => `${activity} ${meteredUnit}`);
  return [...groups]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, own]) => {
      const [first] = own;
      if (first === undefined) return [];
      const total = sum(own.map(({ metered }) => metered));
      const estimated = sum(
        own.map(({ name, metered }) => {
          const parts = evidence.get(name)?.parts ?? [];
          const part = sum(parts.map(({ estimatedQuantity }) => estimatedQuantity));
          // What a tenant's part takes out of a meter carries the sign of the deduction.
          return metered.isNegative() ? part.negated() : part;
        }),
      );
      return [
        {
          activity: first.activity,
          unit: first.meteredUnit,
          quantity: total.toString(),
          measured: total.minus(estimated).toString(),
          estimated: estimated.toString(),
        },
      ];
    });
}

/** Emissions per square metre of gross internal area, of the sites whose area is known. */
export function intensityOf(lines: Lines, facts: ReadonlyMap<string, SiteFacts>): Json {
  const counted = lines.filter(({ kg, scope }) => kg !== null && scope !== 'outside');
  const bySite = groupBy(counted, ({ site }) => site);
  let area = new Decimal(0);
  let kg = new Decimal(0);
  let without = 0;
  for (const [site, own] of bySite) {
    const known = facts.get(site)?.areaM2 ?? null;
    if (known === null) without += 1;
    else {
      area = area.plus(known);
      kg = kg.plus(sum(own.flatMap((line) => line.kg ?? [])));
    }
  }
  const perM2 = area.isZero() ? null : kg.div(area);
  return {
    floorAreaM2: area.toString(),
    ...statedKg(kg),
    exactKgCo2ePerM2: perM2?.toString() ?? null,
    kgCo2ePerM2: perM2?.toFixed(3) ?? null,
    sitesWithoutFloorArea: without,
  };
}

/** The editions that the factors were taken from, with the global warming potentials they stand on. */
export function editionRows(lines: Lines, sets: readonly FactorSet[]): Json[] {
  const used = new Set(lines.flatMap(({ sources }) => sources.map(({ set, version }) => `${set}@${version}`)));
  return sets
    .filter(({ id, version }) => used.has(`${id}@${version}`))
    .map(({ id, version, title, publisher, publishedOn, gwp, source, digest }) => ({
      ...{ set: id, version, title, publisher, publishedOn, gwp, source, digest },
    }));
}

/** What a statement was made from, as it states it. */
export type StatedKnowledge = Pick<AsOf, 'seq' | 'recordedAt'> & { instant: string };

/** The words that explain a policy to a reader (rule A1). */
export function policyWording(policy: string, period: DaySpan): string {
  if (policy === 'calendar-year')
    return 'monthly use multiplied by the factors of its calendar year; the publisher describes the majority and the blended approach for April–March reporters';
  if (policy === 'blended')
    return 'the factors of the calendar years in each reporting year, weighted by its days in them';
  return `the factors of the calendar year that holds the greatest portion of each reporting year (${period.start} to ${period.end}, end exclusive)`;
}
