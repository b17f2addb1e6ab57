import { type TSchema, Type } from 'typebox';
import { LIMITS } from '../../limits.ts';
import { AsOfSchema } from './as-of.ts';
import { ref } from './ref.ts';

/** The query parameters of every list. */
export const PAGE_QUERY = {
  cursor: Type.Optional(
    Type.String({
      description: '`nextCursor` of the page before. Only valid with the same filters.',
      minLength: 1,
      maxLength: LIMITS.cursorLengthMax,
      pattern: '^[A-Za-z0-9_-]+$',
      'x-expects': 'the nextCursor of the page before, as it was given',
    }),
  ),
  limit: Type.Optional(
    Type.Integer({
      description: `Most entries to give; a page may be shorter. Default ${LIMITS.pageSizeDefault}.`,
      minimum: 1,
      maximum: LIMITS.pageSizeMax,
      'x-unit': 'entries',
    }),
  ),
};

/** One page of a list, as a named component. */
export function pageSchema<Item extends TSchema & { $id?: string }>(
  item: Item,
  id: string,
  description: string,
  example: object,
) {
  return Type.Object(
    {
      asOf: Type.Optional(ref(AsOfSchema)),
      data: Type.Array(ref(item), { description: 'The entries of this page, in the order of the list.' }),
      page: Type.Object(
        {
          nextCursor: Type.Optional(
            Type.String({ description: 'Where the next page begins. Absent at the end of the list.' }),
          ),
        },
        { additionalProperties: false, description: 'Where this page stands in the list.' },
      ),
    },
    { $id: id, additionalProperties: false, description, examples: [{ data: [example], page: {} }] },
  );
}

/** The CSV side of an answer that is also given as JSON. */
export function jsonOrCsv<Body extends TSchema>(body: Body, description: string) {
  return {
    description,
    content: {
      'application/json': { schema: body },
      'text/csv': {
        schema: Type.String({ description: 'The same rows as CSV (RFC 4180, UTF-8), with a header row.' }),
      },
    },
  };
}
