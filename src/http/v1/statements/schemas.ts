import { type Static, type TSchema, Type } from 'typebox';
import { LINES } from '../../../domain/activities.ts';
import { BLOCKER_CODES, STATEMENT_STATUSES } from '../../../domain/statements/statement.ts';
import { LIMITS } from '../../../limits.ts';
import { key, localDay, oneOf, text } from '../../schemas/atoms.ts';
import { pageSchema } from '../../schemas/page-schemas.ts';
import { period } from '../figures/query.ts';

const closed = { additionalProperties: false } as const;
const note = (description: string) => text(description, LIMITS.noteLengthMax);
const decimal = (description: string) =>
  Type.String({
    description: `${description} A decimal as text.`,
    pattern: '^-?\\d{1,15}(\\.\\d{1,9})?$',
    'x-expects': 'a decimal such as 1250.5',
  });
const nullable = (schema: TSchema, description: string) => Type.Union([schema, Type.Null()], { description });
const listOf = <Item extends TSchema>(item: Item, description: string) =>
  Type.Array(item, { description, maxItems: LIMITS.datedEntriesMax });
const id = (description: string) =>
  Type.String({ description, pattern: '^[1-9]\\d{0,17}$', 'x-expects': 'the number of a statement' });

const INPUT = {
  title: text('Title.', LIMITS.nameLengthMax),
  period,
  policy: oneOf(
    ['reporting-year', 'calendar-year', 'blended'],
    'How a day finds its factors. A statement has no default.',
  ),
  reportedLines: Type.Array(oneOf(['all', ...LINES], 'A factor line, or all of them.'), {
    description: 'The lines that make the total. Well-to-tank lines are reported for all activities or for none.',
    minItems: 1,
    maxItems: LINES.length + 1,
    uniqueItems: true,
  }),
  sites: Type.Optional(listOf(key('Key of a site.'), 'Sites it is about; the whole estate where it is left out.')),
  boundary: note('The boundary in words.'),
  exclusions: Type.Optional(
    listOf(
      Type.Object(
        {
          what: note('What is left out.'),
          reason: note('Why.'),
          estimatedKgCo2e: nullable(
            decimal('How much it is thought to be.'),
            'Estimated size; null where it is not known.',
          ),
        },
        { ...closed, description: 'Something that is left out.' },
      ),
      'What is left out, why, and how much it is thought to be.',
    ),
  ),
  target: Type.Optional(
    nullable(key('Key of a target.'), 'The target, with its baseline, that the figures are set against.'),
  ),
  comparatives: Type.Optional(
    listOf(id('Number of an earlier statement.'), 'Earlier statements whose figures stand beside these.'),
  ),
  recalculationPolicy: note('When the base year is recalculated.'),
  recalculations: Type.Optional(
    listOf(
      Type.Object(
        {
          on: localDay('When.'),
          description: note('What was recalculated, and why.'),
          kgCo2e: nullable(decimal('Its effect.'), 'Effect; null where there was none.'),
        },
        { ...closed, description: 'A recalculation.' },
      ),
      'Recalculations of the base year.',
    ),
  ),
  methodChanges: Type.Optional(
    listOf(
      Type.Object(
        { description: note('What changed.'), reason: note('Why.') },
        { ...closed, description: 'A change of method.' },
      ),
      'Changes of method since the last statement.',
    ),
  ),
  assurance: Type.Object(
    {
      level: oneOf(['none', 'limited', 'reasonable'], 'Level of assurance.'),
      by: Type.Optional(nullable(text('Who gave it.', LIMITS.nameLengthMax), 'Who gave it.')),
      standard: Type.Optional(nullable(text('To which standard.', LIMITS.nameLengthMax), 'To which standard.')),
    },
    { ...closed, description: 'Whether somebody else has assured the figures.' },
  ),
  contact: note('Whom to ask.'),
};

const INPUT_EXAMPLE = {
  title: 'Greenhouse gas statement 2024/25',
  period: '2024/25',
  policy: 'reporting-year',
  reportedLines: ['all'],
  boundary: 'All metered buildings that the council runs.',
  recalculationPolicy: 'The base year is recalculated when structural changes reach 5 % of it.',
  assurance: { level: 'none' },
  contact: 'energy@council.example',
} as const;

/** A draft of a statement. */
export const StatementInputSchema = Type.Object(
  { ...INPUT, supersedes: Type.Optional(id('The published statement that this one will take the place of.')) },
  {
    $id: 'StatementInput',
    ...closed,
    description: 'What the author of a statement states; the figures follow from the data.',
    examples: [INPUT_EXAMPLE],
  },
);

/** A draft that is written again; what it supersedes stays. */
export const StatementRevisionSchema = Type.Object(INPUT, {
  $id: 'StatementRevision',
  ...closed,
  description: 'A draft, whole, in place of the one that is kept.',
  examples: [INPUT_EXAMPLE],
});

export const StatementPublicationSchema = Type.Object(
  {
    approver: text('Who approves it.', LIMITS.nameLengthMax),
    role: text('In which role.', LIMITS.nameLengthMax),
    approvedOn: localDay('When it was approved.'),
    overrides: Type.Optional(
      Type.Array(
        Type.Object(
          {
            blocker: oneOf(BLOCKER_CODES, 'What stood against publishing.'),
            reason: note('Why it is published all the same. It is printed.'),
          },
          { ...closed, description: 'An override.' },
        ),
        { description: 'Reasons for publishing in spite of what stands against it.', maxItems: BLOCKER_CODES.length },
      ),
    ),
  },
  {
    $id: 'StatementPublication',
    ...closed,
    description: 'Approval of a statement.',
    examples: [{ approver: 'A. Example', role: 'Director of Finance', approvedOn: '2025-07-01' }],
  },
);

export const StatementWithdrawalSchema = Type.Object(
  { reason: note('Why it is withdrawn.') },
  {
    $id: 'StatementWithdrawal',
    ...closed,
    description: 'Withdrawal of a statement.',
    examples: [{ reason: 'A site was counted twice.' }],
  },
);

const HEAD = {
  id: id('Number of the statement.'),
  version: Type.Integer({
    description: 'Version, counted along what supersedes what.',
    minimum: 1,
    'x-unit': 'versions',
  }),
  status: oneOf(STATEMENT_STATUSES, 'draft, published, superseded by a later version, or withdrawn.'),
  supersedes: nullable(id('Number of a statement.'), 'The statement it takes the place of.'),
  title: Type.String({ description: 'Title.' }),
  period: Type.String({ description: 'Period.' }),
  digest: nullable(
    Type.String({ description: 'SHA-256.' }),
    'SHA-256 over the canonical text of the content (RFC 8785); null for a draft.',
  ),
  publishedAt: nullable(Type.String({ description: 'Instant.', format: 'date-time' }), 'When it was published.'),
  endedAt: nullable(
    Type.String({ description: 'Instant.', format: 'date-time' }),
    'When it was superseded or withdrawn.',
  ),
  endReason: nullable(Type.String({ description: 'Reason.' }), 'Why it was withdrawn.'),
};

export const HEAD_EXAMPLE = {
  id: '1',
  version: 1,
  status: 'draft',
  supersedes: null,
  title: 'Greenhouse gas statement 2024/25',
  period: '2024/25',
  digest: null,
  publishedAt: null,
  endedAt: null,
  endReason: null,
};

/** A statement in a list. */
export const StatementHeadSchema = Type.Object(HEAD, {
  $id: 'StatementHead',
  ...closed,
  description: 'A statement without its content.',
  examples: [HEAD_EXAMPLE],
});

/** A statement. */
export const StatementSchema = Type.Object(
  {
    ...HEAD,
    content: Type.Object(
      {},
      {
        additionalProperties: true,
        description:
          'All that it states. Once published it never changes; of a draft it is what would be published now. Decimals are texts.',
      },
    ),
    blockers: Type.Array(
      Type.Object(
        {
          code: oneOf(BLOCKER_CODES, 'What it is.'),
          detail: Type.String({ description: 'What was found.' }),
          overridable: Type.Boolean({ description: 'Whether it may be published with a reason that is printed.' }),
        },
        { ...closed, description: 'Something that stands against publishing.' },
      ),
      { description: 'What stands against publishing a draft; empty once it is published.' },
    ),
  },
  {
    $id: 'Statement',
    ...closed,
    description: 'A statement with its content.',
    examples: [{ ...HEAD_EXAMPLE, content: { kind: 'council-carbon-statement-1' }, blockers: [] }],
  },
);

export const StatementPageSchema = pageSchema(
  StatementHeadSchema,
  'StatementPage',
  'One page of the statements.',
  HEAD_EXAMPLE,
);

export const statementSchemas = [
  StatementInputSchema,
  StatementRevisionSchema,
  StatementPublicationSchema,
  StatementWithdrawalSchema,
  StatementHeadSchema,
  StatementSchema,
  StatementPageSchema,
];

export type StatementRevision = Static<typeof StatementRevisionSchema>;
export type StatementHead = Static<typeof StatementHeadSchema>;
export type StatementAnswer = Static<typeof StatementSchema>;
