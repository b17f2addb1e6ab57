import { type Decimal, sum } from '../decimal.ts';
import { addScopes, type ByScope, lessScopes, totalOfScopes } from '../projection/by-scope.ts';

/** What measures do to one year of a target: to what is emitted, and to what is allowed. Kilograms, below 0 is less. */
export type YearEffect = {
  kg: ByScope;
  /** Of what is allowed: a site that is handed over leaves the baseline too (rule D5). */
  allowedKg: Decimal;
};

/** Effects together: of several measures in one year, or of several years. */
export function addEffects(effects: readonly YearEffect[]): YearEffect {
  return { kg: addScopes(effects.map(({ kg }) => kg)), allowedKg: sum(effects.map(({ allowedKg }) => allowedKg)) };
}

/** What one effect is more than another. */
export function lessEffect(after: YearEffect, before: YearEffect): YearEffect {
  return { kg: lessScopes(after.kg, before.kg), allowedKg: after.allowedKg.minus(before.allowedKg) };
}

/** What all scopes of an effect come to. */
export function effectKg({ kg }: YearEffect): Decimal {
  return totalOfScopes(kg);
}

/** What it does to the gap between what is emitted and what is allowed. */
export function effectOnGapKg(effect: YearEffect): Decimal {
  return effectKg(effect).minus(effect.allowedKg);
}
