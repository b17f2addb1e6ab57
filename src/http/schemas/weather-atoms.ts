import { Type } from 'typebox';
import { DEGREE_DAY_KINDS, DEGREE_DAY_LIMITS, REGION_PATTERN } from '../../domain/weather/degree-days.ts';
import { oneOf } from './atoms.ts';

/** A region of degree days, as their publisher names or numbers it. */
export function weatherRegion(description: string) {
  return Type.String({
    description,
    pattern: REGION_PATTERN,
    'x-expects': 'a region as the publisher of the degree days names or numbers it, such as midland or 6',
  });
}

/** Which degree days: below or above the base. */
export function degreeDayKind(description: string) {
  return oneOf(DEGREE_DAY_KINDS, description);
}

/** The base temperature of degree days. */
export function baseTemperature(description: string) {
  return Type.Number({
    description,
    minimum: DEGREE_DAY_LIMITS.baseFrom,
    maximum: DEGREE_DAY_LIMITS.baseTo,
    'x-unit': '°C',
  });
}
