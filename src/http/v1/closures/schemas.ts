import { type Static, Type } from 'typebox';
import { LIMITS } from '../../../limits.ts';
import { AsOfSchema } from '../../schemas/as-of.ts';
import { key, localDay, text } from '../../schemas/atoms.ts';
import { pageSchema } from '../../schemas/page-schemas.ts';
import { ref } from '../../schemas/ref.ts';

const closed = { additionalProperties: false } as const;

const listed = <Item extends ReturnType<typeof text>>(item: Item, description: string) =>
  Type.Optional(Type.Array(item, { description, minItems: 1, maxItems: LIMITS.filterValuesMax, uniqueItems: true }));

const FIELDS = {
  name: text('What is closed, and why.', LIMITS.nameLengthMax),
  firstDay: localDay('First day of the closure.'),
  lastDay: localDay('Last day of the closure, which is part of it.'),
  sites: listed(key('Key of a site.'), 'The sites, by key.'),
  categories: listed(text('A category of sites, such as school.'), 'All sites of these categories.'),
  portfolios: listed(text('A portfolio, such as schools.'), 'All sites that are in these portfolios on the day.'),
};

const EXAMPLE = {
  name: 'Schools: summer holidays 2025',
  firstDay: '2025-07-23',
  lastDay: '2025-08-31',
  categories: ['school'],
};

/** A closure as it is written. */
export const ClosureInputSchema = Type.Object(FIELDS, {
  $id: 'ClosureInput',
  ...closed,
  description:
    'Days on which sites are closed: at least one of `sites`, `categories` and `portfolios`. Replaces the whole closure.',
  examples: [EXAMPLE],
});

/** A closure as it is read. */
export const ClosureSchema = Type.Object(
  { asOf: Type.Optional(ref(AsOfSchema)), key: key("The council's own name of the closure."), ...FIELDS },
  {
    $id: 'Closure',
    ...closed,
    description: 'Days on which sites are closed.',
    examples: [{ key: 'schools-summer-2025', ...EXAMPLE }],
  },
);

export const ClosurePageSchema = pageSchema(ClosureSchema, 'ClosurePage', 'One page of the closures, by key.', {
  key: 'schools-summer-2025',
  ...EXAMPLE,
});

export const closureSchemas = [ClosureInputSchema, ClosureSchema, ClosurePageSchema];

export type ClosureInput = Static<typeof ClosureInputSchema>;
export type ClosureOutput = Static<typeof ClosureSchema>;
