import type { Json } from '../canonical-json.ts';
import { CHECKS, type Finding, SEVERITIES, type Severity } from '../checks/finding.ts';
import { datedSpans } from '../dated.ts';
import { sum } from '../decimal.ts';
import type { EstateMeter, EstateSite } from '../estate.ts';
import type { ExplainedLine } from '../explanation.ts';
import type { FactorSet } from '../factor-set.ts';
import type { FigureRow } from '../figure-table.ts';
import { groupBy } from '../group-by.ts';
import type { LineEvidence } from '../line-evidence.ts';
import { type DaySpan, intersect } from '../local-day.ts';
import { publicSite, type SiteFacts } from './content.ts';

/** Findings that ask for a decision; the others are late data or good to know. */
const UNRESOLVED: readonly Severity[] = ['suspect', 'conflict', 'unreconciled'];

/** Findings that stand: how many of each kind, and of each check. What somebody has put right is found no more. */
export function unresolvedFindings(findings: readonly Finding[]): Json {
  const open = findings.filter(({ check }) => UNRESOLVED.includes(CHECKS[check]));
  const count = (severity: Severity): number => open.filter(({ check }) => CHECKS[check] === severity).length;
  const checks = [...groupBy(open, ({ check }) => check)].map(([check, own]) => {
    return { check, kind: CHECKS[check], findings: own.length };
  });
  const inOrder = checks.sort((a, b) => SEVERITIES.indexOf(a.kind) - SEVERITIES.indexOf(b.kind));
  return {
    suspects: count('suspect'),
    conflicts: count('conflict'),
    unreconciled: count('unreconciled'),
    checks: inOrder,
  };
}

/** Each quantity once: lines of the same days of a meter share one. */
function quantities(lines: readonly ExplainedLine[]): ExplainedLine[] {
  return [...new Map(lines.map((line) => [line.name, line])).values()];
}

/**
 * What was used, by activity and unit, and of it what was measured and what was estimated; `apportioned` is among both: the
 * part of bills and dial readings that go on outside the period (rule F4).
 */
export function quantityRows(lines: readonly ExplainedLine[], evidence: ReadonlyMap<string, LineEvidence>): Json[] {
  const groups = groupBy(quantities(lines), ({ activity, meteredUnit }) => `${activity} ${meteredUnit}`);
  return [...groups]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, own]) => {
      const [first] = own;
      if (first === undefined) return [];
      const total = sum(own.map(({ metered }) => metered));
      const estimated = sum(
        own.map(({ name, metered, tenantShare }) => {
          const parts = evidence.get(name)?.parts ?? [];
          const part = sum(parts.map(({ estimatedQuantity }) => estimatedQuantity)).times(tenantShare ?? 1);
          // Of a share by floor area nothing was measured; what it leaves of the meter is as good as its readings.
          if (tenantShare !== undefined && !metered.isNegative()) return metered;
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
          apportioned: sum(own.map(({ apportioned }) => apportioned)).toString(),
        },
      ];
    });
}

function whyOutside(site: EstateSite | undefined, period: DaySpan): string[] {
  return datedSpans(site?.controls ?? []).flatMap(({ start, end, value }) => {
    const days = intersect({ start, end }, period);
    return value.control !== 'outside' || days === null ? [] : [`${value.reason} (${days.start} to ${days.end})`];
  });
}

/**
 * What was metered at sites that are not reported, with why (control `outside`, rule D1): what the boundary excludes, by
 * site, activity and unit. Rows are by site and meter.
 */
export function outsideRows(
  rows: readonly FigureRow[],
  estate: { sites: ReadonlyMap<string, EstateSite>; meters: readonly EstateMeter[] },
  facts: ReadonlyMap<string, SiteFacts>,
  period: DaySpan,
): Json[] {
  const activityOf = new Map(estate.meters.map(({ key, activity }) => [key, activity]));
  const metered = rows
    .filter(({ flow }) => flow === 'outside-boundary')
    .flatMap(({ dims, sums }) =>
      [...sums.quantities].map(([unit, quantity]) => {
        const activity = activityOf.get(dims.meter ?? '') ?? '';
        return { key: dims.site ?? '', site: publicSite(dims.site ?? '', facts), activity, unit, quantity };
      }),
    );
  const groups = groupBy(metered, ({ site, activity, unit }) => JSON.stringify([site, activity, unit]));
  return [...groups]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, own]) => {
      const [first] = own;
      if (first === undefined) return [];
      const { site, activity, unit } = first;
      const reasons = [...new Set(own.flatMap(({ key }) => whyOutside(estate.sites.get(key), period)))];
      const name = facts.get(site)?.name ?? site;
      return [{ site, name, activity, unit, quantity: sum(own.map(({ quantity }) => quantity)).toString(), reasons }];
    });
}

/** On which global warming potentials the editions stand, in words (rule H4). */
export function gwpWording(editions: readonly Pick<FactorSet, 'gwp'>[]): string {
  const named = [...new Set(editions.map(({ gwp }) => gwp))].sort();
  if (named.length < 2) return named[0] ?? 'none';
  return `${named.join(' and ')}, each edition on its own: the publisher does not re-base earlier editions, and neither is done here`;
}
