import { Type } from 'typebox';
import { LIMITS } from '../../limits.ts';
import { oneOf } from './atoms.ts';

/** A factor of energy that somebody states. */
export function kgPerKwh(description: string) {
  return Type.Number({ description, minimum: 0, maximum: 10, 'x-unit': 'kg per kWh' });
}

export const gasBasis = (description: string) => oneOf(['co2e', 'co2'], description);

/** A sentence or two. */
export function note(description: string) {
  return Type.String({
    description,
    minLength: 1,
    maxLength: LIMITS.noteLengthMax,
    'x-expects': `1 to ${LIMITS.noteLengthMax} characters`,
  });
}

/** Members of what a statement rests on. */
export const EVIDENCE = {
  description: note('What the evidence is: a letter, a report, a disclosure, with its date.'),
  url: Type.Optional(
    Type.String({ description: 'Where it can be read.', format: 'uri', maxLength: 2_000, 'x-expects': 'an address' }),
  ),
};
