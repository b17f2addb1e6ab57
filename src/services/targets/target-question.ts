import type { Decimal } from '../../domain/decimal.ts';
import { exactTotalKg } from '../../domain/figure-answer.ts';
import type { FigureQuestion } from '../../domain/figure-question.ts';
import { marketTotalKg } from '../../domain/market/answered-market.ts';
import type { Period } from '../../domain/period.ts';
import type { RowSums } from '../../domain/row-sums.ts';
import { isAreaTarget, type Target } from '../../domain/targets/target.ts';

/** Scopes in which the estate is read against an area's inventory of direct emissions and purchased energy. */
const AREA_SCOPES = [1, 2] as const;

/** The scopes a target is judged on. */
export function judgedScopes(target: Target): readonly (1 | 2 | 3)[] {
  return isAreaTarget(target) && target.scopes.length === 0 ? AREA_SCOPES : target.scopes;
}

/** What a target counts of a figure: scopes 1 to 3, with the scope 2 of its own basis (rule C2). */
export function judgedKg(target: Target, sums: RowSums): Decimal {
  return (target.basis === 'market' ? marketTotalKg(sums) : null) ?? exactTotalKg(sums);
}

/** The question whose yearly answers a target is judged by: its scopes, lines, gas and factor policy. */
export function targetQuestion(target: Target, period: Period): FigureQuestion {
  return {
    period,
    interval: 'reporting-year',
    groupBy: [],
    sites: [],
    meters: [],
    activities: [],
    scopes: judgedScopes(target),
    lines: target.lines,
    policy: { kind: target.factors },
    gas: target.gas,
    basis: target.basis,
  };
}
