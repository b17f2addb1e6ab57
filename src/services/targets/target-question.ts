import type { FigureQuestion } from '../../domain/figure-question.ts';
import type { Period } from '../../domain/period.ts';
import { isAreaTarget, type Target } from '../../domain/target.ts';

/** Scopes in which the estate is read against an area's inventory of direct emissions and purchased energy. */
const AREA_SCOPES = [1, 2] as const;

/** The scopes a target is judged on. */
export function judgedScopes(target: Target): readonly (1 | 2 | 3)[] {
  return isAreaTarget(target) && target.scopes.length === 0 ? AREA_SCOPES : target.scopes;
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
  };
}
