import { roundKg, sum } from '../../domain/decimal.ts';
import type { Estate } from '../../domain/estate.ts';
import type { FigureRow } from '../../domain/figure-table.ts';
import type { Period } from '../../domain/period.ts';
import { Refusal } from '../../domain/refusal.ts';
import {
  type AllocationGroup,
  type AllocationMember,
  type PartName,
  partId,
  partOfSite,
} from '../../domain/targets/allocation.ts';
import type { CoveredLines } from '../../domain/targets/covered-lines.ts';
import { partOf, type Target } from '../../domain/targets/target.ts';
import { judgedIn, targetYear } from '../../domain/targets/target-years.ts';
import type { Judged } from './judge-years.ts';
import { knownKg } from './target-figures.ts';

/** The parts of a target as they are met. */
export type PartTable = {
  /** The name of the part that a site counts in. */
  partOf(site: string): string;
  lineOf(line: string): string;
  names: ReadonlyMap<string, PartName>;
  /** Sites with the name of their part. */
  sites: ReadonlyMap<string, string>;
};

/** A table without parts. A site that is no longer recorded is a part of its own, and in no portfolio or category. */
export function openParts(estate: Estate, target: Target, by: AllocationGroup, baseline: Period): PartTable {
  const counted = partOf(target.boundary.part).portfolios;
  const names = new Map<string, PartName>();
  const sites = new Map<string, string>();
  const named = (name: PartName): string => {
    const id = partId(name);
    names.set(id, name);
    return id;
  };
  return {
    names,
    sites,
    partOf(site) {
      const key = by === 'site' ? site : partOfSite(estate.sites.get(site), by, baseline, counted);
      const part = sites.get(site) ?? named({ kind: by, key });
      sites.set(site, part);
      return part;
    },
    lineOf: (line) => named({ kind: 'line', key: line }),
  };
}

function refusal(
  code: 'baseline-outside-data' | 'invalid-request',
  detail: string,
  pointer: '?sharesOf' | '/baseline' = '?sharesOf',
): Refusal {
  return new Refusal(code, detail, [{ pointer, code, detail }]);
}

/**
 * The year by whose data a baseline is divided: its own, or for a published figure one that is asked for.
 * @throws Refusal `invalid-request` for a computed baseline, or a year that is not over; `invalid-period` for what is no year.
 */
export function sharesPeriodOf({ target, estate, start, today }: Judged, sharesOf: string | null): Period {
  if (sharesOf === null) return start.period;
  if (target.baseline.emissionsKgCo2e === undefined)
    throw refusal(
      'invalid-request',
      `the baseline of '${target.key}' is computed, and divided as its own data says: expected no sharesOf`,
    );
  const asked = judgedIn(targetYear(sharesOf, '?sharesOf'), target, estate.settings.reportingYearStart);
  if (asked.end <= today) return asked;
  throw refusal('invalid-request', `${asked.label} is not over: expected a year that is`);
}

/** Divides a published baseline by what is known of a year; a computed one stands as it is. */
function scaled({ target, start }: Judged, members: AllocationMember[], period: Period): AllocationMember[] {
  if (start.kg.lte(0))
    throw refusal(
      'baseline-outside-data',
      `the baseline of '${target.key}' is ${roundKg(start.kg)} kg, of which no part can have a share: expected a baseline above 0`,
      '/baseline',
    );
  const isPublished = target.baseline.emissionsKgCo2e !== undefined;
  const whole = sum(members.flatMap(({ baseKg }) => baseKg ?? []));
  if (isPublished && whole.gt(0))
    return members.map((member) => ({ ...member, baseKg: member.baseKg?.times(start.kg).div(whole) ?? null }));
  if (!isPublished) return members;
  throw refusal(
    'baseline-outside-data',
    `the baseline of '${target.key}' is a published figure, and ${period.label} has no data to divide it by: expected meter data for ${period.start}/${period.end}, or in sharesOf a year with data, by whose shares it is then divided`,
  );
}

/**
 * Sites and stated lines with what they have in a baseline, by the data of a year.
 * @throws Refusal `baseline-outside-data` where the year has nothing to divide a baseline by, naming the ways out.
 */
export function membersOf(
  judged: Judged,
  parts: PartTable,
  rows: readonly FigureRow[],
  covered: CoveredLines,
  period: Period,
): AllocationMember[] {
  const known = new Map(rows.map(({ dims, sums }) => [dims.site ?? '', knownKg(judged.target, sums)]));
  const sites = [...parts.sites].map(([site, part]) => ({ part, site, baseKg: known.get(site) ?? null }));
  const lines = covered.lines.map(({ stated, kg }) => ({ part: parts.lineOf(stated.line), site: null, baseKg: kg }));
  return scaled(judged, [...sites, ...lines], period);
}
