import { Type } from 'typebox';
import { BOUNDARY_REASONS } from '../../domain/control.ts';
import { LIMITS } from '../../limits.ts';

/** Text that people read: no control characters, no halves of characters, no blank at either end. */
const TEXT = '^[^\\s\\p{Cc}\\p{Cs}]([^\\p{Cc}\\p{Cs}]*[^\\s\\p{Cc}\\p{Cs}])?$';

/** One line of text. */
export function text(description: string, maxLength: number = LIMITS.labelLengthMax) {
  return Type.String({
    description,
    minLength: 1,
    maxLength,
    pattern: TEXT,
    'x-expects': `1 to ${maxLength} characters of plain text, with no blank at either end`,
  });
}

/** A key of the council's own, as it stands in an address. */
export function key(description: string) {
  return Type.String({
    description,
    minLength: 1,
    maxLength: LIMITS.keyLengthMax,
    pattern: '^[A-Za-z0-9][A-Za-z0-9._:~-]*$',
    'x-expects': `a key of 1 to ${LIMITS.keyLengthMax} letters, digits and . _ : ~ - that begins with a letter or digit`,
  });
}

/** A day of Europe/London. */
export function localDay(description: string) {
  return Type.String({
    description,
    format: 'date',
    pattern: '^(199\\d|2[01]\\d\\d)-\\d\\d-\\d\\d$',
    'x-expects': 'a day written YYYY-MM-DD, from 1990 to 2199',
  });
}

/** An instant with its offset. Ajv's own `date-time` also takes a blank for the T and a sixtieth second. */
export function instant(description: string) {
  return Type.String({
    description,
    format: 'date-time',
    pattern: '^(199\\d|2[01]\\d\\d)-\\d\\d-\\d\\dT\\d\\d:\\d\\d:[0-5]\\d(\\.\\d{1,6})?(Z|[+-]\\d\\d:\\d\\d)$',
    'x-expects': 'an instant with its offset, such as 2025-10-27T00:30:00+00:00',
  });
}

/** One of a list of words. */
export function oneOf<const Word extends string>(words: readonly Word[], description: string) {
  return Type.Unsafe<Word>({ type: 'string', enum: [...words], description });
}

/** A share of a whole. */
export function share(description: string) {
  return Type.Number({ description, minimum: 0, maximum: 1, 'x-unit': 'share of one' });
}

/** A share of a whole that is not nothing. */
export function someShare(description: string) {
  return Type.Number({ description, exclusiveMinimum: 0, maximum: 1, 'x-unit': 'share of one' });
}

/** A floor area. */
export function squareMetres(description: string) {
  return Type.Number({ description, exclusiveMinimum: 0, maximum: 10_000_000, multipleOf: 0.01, 'x-unit': 'm2' });
}

/** A day something entered or left, with its reason. */
export function serviceEdge(description: string, day: string) {
  return Type.Object(
    {
      on: localDay(day),
      reason: oneOf(
        Object.keys(BOUNDARY_REASONS) as (keyof typeof BOUNDARY_REASONS)[],
        'Why. Transfers (acquired, sold, let and the like) move the baseline of a target; building, opening, closing and demolishing do not.',
      ),
    },
    { description, additionalProperties: false },
  );
}
