import { datedSpans } from '../dated.ts';
import { Decimal, sum, ZERO } from '../decimal.ts';
import type { EstateSite } from '../estate.ts';
import { splitByRemainder } from '../largest-remainder.ts';
import { type DaySpan, intersect } from '../local-day.ts';
import type { Recalculation } from './recalculation.ts';

/** What the estate's target can be allocated to. */
export const ALLOCATION_GROUPS = ['site', 'portfolio', 'category'] as const;
export type AllocationGroup = (typeof ALLOCATION_GROUPS)[number];

/** A part of a target. A null key holds the sites without a portfolio or category; a line is stated beside the estate. */
export type PartName = { kind: AllocationGroup | 'line'; key: string | null };

/** What a part is made of: a site or a stated line, with what it has in the baseline; null where nothing is known of it. */
export type AllocationMember = { part: string; site: string | null; baseKg: Decimal | null };

const ONE = new Decimal(1);
/** Decimals of kilograms that are printed: grams. */
const KG_PLACES = 3;
/** Decimals of a share. */
const SHARE_PLACES = 6;

/** Names a part so that names sort as parts are listed: by key, then what has none, then stated lines. */
export function partId({ kind, key }: PartName): string {
  return kind === 'line' ? `3 ${key}` : key === null ? '2' : `1 ${key}`;
}

/**
 * The part in which a site counts in every year of a target: where it stood on its last day with a portfolio in the
 * baseline period, or the first one it came into after that. So a site that goes to another portfolio takes neither its
 * allowance nor its emissions along. Of a target on portfolios only those count.
 */
export function partOfSite(
  site: EstateSite | undefined,
  by: AllocationGroup,
  baseline: DaySpan,
  counted: readonly string[],
): string | null {
  if (site === undefined) return null;
  if (by !== 'portfolio') return by === 'site' ? site.key : site.category;
  const spans = datedSpans(site.portfolios).filter(
    ({ value, end }) => end > baseline.start && (counted.length === 0 || counted.includes(value.portfolio)),
  );
  const inBaseline = spans.findLast((span) => intersect(span, baseline) !== null);
  return (inBaseline ?? spans[0])?.value.portfolio ?? null;
}

/** What a member weighs under a baseline: where it is recalculated, one that left nothing, one that joined its base year. */
function weightOf({ site, baseKg }: AllocationMember, { status, sites }: Recalculation): Decimal {
  const own = baseKg ?? ZERO;
  const moved = status === 'recalculated' ? sites.find((other) => other.site === site) : undefined;
  if (moved === undefined) return own;
  if (moved.changes.at(-1)?.direction === 'left') return ZERO;
  return moved.changes[0]?.direction === 'left' ? own : (moved.baseYearKg ?? own);
}

/** What each part weighs under a baseline, in kilograms; `parts` are names of parts in order. */
export function weightsOf(
  parts: readonly string[],
  members: readonly AllocationMember[],
  recalculation: Recalculation,
): Decimal[] {
  const weights = new Map<string, Decimal>();
  for (const member of members)
    weights.set(member.part, (weights.get(member.part) ?? ZERO).plus(weightOf(member, recalculation)));
  return parts.map((part) => weights.get(part) ?? ZERO);
}

/** An amount and the shares of it that parts have. Kilograms to the gram, and shares to six decimals, that add up exactly. */
export type Allocated = { allowedKg: Decimal[]; shares: Decimal[] };

/**
 * Allocates an amount to parts by what they weigh, to the gram: by largest remainder, of equal ones to the first. A part
 * that weighs nothing or less than nothing has no share beside others that do; where none weighs anything, nothing is
 * allocated.
 */
export function allocate(kg: Decimal, weights: readonly Decimal[]): Allocated {
  const above = weights.map((weight) => (weight.gt(0) ? weight : ZERO));
  // Of a baseline that transfers have left with nothing above 0, shares are of what there is.
  const positive = above.some((weight) => weight.gt(0)) ? above : weights;
  const whole = sum(positive);
  if (whole.isZero()) return { allowedKg: weights.map(() => ZERO), shares: weights.map(() => ZERO) };
  return {
    allowedKg: splitKg(
      kg,
      positive.map((weight) => kg.times(weight).div(whole)),
    ),
    shares: splitByRemainder(
      ONE,
      positive.map((weight) => weight.div(whole)),
      SHARE_PLACES,
    ),
  };
}

/** Amounts to the gram that add up to the gram of their sum. */
export function splitKg(whole: Decimal, exact: readonly Decimal[]): Decimal[] {
  return splitByRemainder(whole.toDecimalPlaces(KG_PLACES), exact, KG_PLACES);
}
