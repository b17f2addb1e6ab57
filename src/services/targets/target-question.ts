import type { Decimal } from '../../domain/decimal.ts';
import { exactTotalKg } from '../../domain/figure-answer.ts';
import type { FigureQuestion } from '../../domain/figure-question.ts';
import { marketTotalKg } from '../../domain/market/answered-market.ts';
import type { Period } from '../../domain/period.ts';
import type { RowSums } from '../../domain/row-sums.ts';
import { judgedScopes, partOf, type Target } from '../../domain/targets/target.ts';

/** What a target counts of a figure: scopes 1 to 3, with the scope 2 of its own basis (rule C2). */
export function judgedKg(target: Target, sums: RowSums): Decimal {
  return (target.basis === 'market' ? marketTotalKg(sums) : null) ?? exactTotalKg(sums);
}

/** The question whose yearly answers a target is judged by: its part of the estate, scopes, lines, gas and factor policy. */
export function targetQuestion(target: Target, period: Period): FigureQuestion {
  return {
    period,
    interval: 'reporting-year',
    groupBy: [],
    ...partOf(target.boundary.part),
    meters: [],
    scopes: judgedScopes(target),
    lines: target.lines,
    policy: { kind: target.factors },
    gas: target.gas,
    basis: target.basis,
  };
}
