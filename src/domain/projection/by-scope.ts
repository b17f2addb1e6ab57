import { Decimal, sum, ZERO } from '../decimal.ts';

const SCOPES = [1, 2, 3] as const;

/** Kilograms of scopes 1 to 3. */
export type ByScope = Readonly<Record<(typeof SCOPES)[number], Decimal>>;

/** Kilograms by scope, each worked out for itself. */
export function byScope(of: (scope: (typeof SCOPES)[number]) => Decimal): ByScope {
  return { 1: of(1), 2: of(2), 3: of(3) };
}

export const NO_EMISSIONS: ByScope = byScope(() => ZERO);

/** Sums of several, by scope. */
export function addScopes(all: readonly ByScope[]): ByScope {
  return byScope((scope) => sum(all.map((each) => each[scope])));
}

/** What one is more than another, by scope. */
export function lessScopes(after: ByScope, before: ByScope): ByScope {
  return byScope((scope) => after[scope].minus(before[scope]));
}

/** So many times as much, by scope. */
export function timesScopes(each: ByScope, factor: Decimal): ByScope {
  return byScope((scope) => each[scope].times(factor));
}

/** All scopes together. */
export function totalOfScopes(kg: ByScope): Decimal {
  return SCOPES.reduce((total, scope) => total.plus(kg[scope]), new Decimal(0));
}
