import { type Static, Type } from 'typebox';
import { CHANGE_KINDS } from '../../../domain/change-log/change-kinds.ts';
import { SUBJECTS } from '../../../domain/change-log/touched.ts';
import { LIMITS } from '../../../limits.ts';
import { key, oneOf } from '../../schemas/atoms.ts';
import { PAGE_QUERY } from '../../schemas/page-schemas.ts';
import { ref } from '../../schemas/ref.ts';
import { TargetYearChangeSchema } from '../factors/impact-schemas.ts';
import { list } from '../figures/query.ts';

const closed = { additionalProperties: false } as const;
const word = (description: string) => Type.String({ description });
const wordOrNull = (description: string) => Type.Union([Type.String(), Type.Null()], { description });
const kgOrNull = (description: string) =>
  Type.Unsafe<number | null>({
    type: ['number', 'null'],
    description: `${description} Null: not quantified, or nothing known.`,
    'x-unit': 'kgCO2e',
  });

const KG_CHANGE = {
  kgBefore: kgOrNull('The old figure: scopes 1 to 3 of the estate, location-based.'),
  kgAfter: kgOrNull('The new figure.'),
  kgDifference: kgOrNull('The amount due to the set.'),
};

const EXAMPLE = {
  seq: '1042',
  recordedAt: '2026-06-12T09:31:00.120450Z',
  kind: 'upload',
  by: 'key:4',
  keyName: 'estates team',
  upload: '17',
  touched: [{ subject: 'meter', count: 2, keys: ['1200023305967', '1200023305976'] }],
  days: { start: '2026-05-01', end: '2026-06-01' },
};

const FactorChangeSchema = Type.Object(
  {
    set: word('The set.'),
    fromVersion: wordOrNull('The version in use before; null where none was.'),
    toVersion: wordOrNull('The version in use after; null where the set was withdrawn.'),
    policy: word('The policy by which days found their factors.'),
    ...KG_CHANGE,
    years: Type.Array(
      Type.Object(
        {
          year: word('The reporting year.'),
          start: word('Its first day.'),
          end: word('The first day after it.'),
          ...KG_CHANGE,
        },
        { ...closed, description: 'One reporting year.' },
      ),
      { description: 'The reporting years that changed; they add up to the whole.' },
    ),
    targets: Type.Array(
      Type.Object(
        {
          target: word('Key of the target.'),
          years: Type.Array(ref(TargetYearChangeSchema), { description: 'The years that changed.' }),
        },
        { ...closed, description: 'One target.' },
      ),
      { description: 'The targets that changed.' },
    ),
  },
  {
    $id: 'RecordedFactorChange',
    ...closed,
    description: 'What an activation of factors changed, as it was computed before it was made.',
    examples: [
      {
        set: 'uk-2026',
        fromVersion: null,
        toVersion: '1.2',
        policy: 'reporting-year',
        kgBefore: 177000,
        kgAfter: 130960,
        kgDifference: -46040,
        years: [
          {
            year: '2026/27',
            start: '2026-04-01',
            end: '2027-04-01',
            kgBefore: 177000,
            kgAfter: 130960,
            kgDifference: -46040,
          },
        ],
        targets: [],
      },
    ],
  },
);

const RecordedChangeSchema = Type.Object(
  {
    seq: word('Its place in the order in which changes became visible. Answers tell the newest that they know.'),
    recordedAt: Type.String({ description: 'When it was recorded, in UTC to the microsecond.', format: 'date-time' }),
    kind: oneOf(CHANGE_KINDS, 'What was changed, or what it followed from.'),
    by: word('The key that changed it, by its number; system for the service itself.'),
    keyName: Type.Optional(word('What the key is called.')),
    upload: Type.Optional(word('The upload that made it, or that was taken back by it.')),
    touched: Type.Array(
      Type.Object(
        {
          subject: oneOf(SUBJECTS, 'What the keys are of.'),
          count: Type.Integer({ description: 'How many were touched.', 'x-unit': 'keys' }),
          keys: Type.Array(Type.String({ description: 'A key.' }), {
            description: `The first ${LIMITS.touchedKeysMax} of them, in their order.`,
          }),
        },
        { ...closed, description: 'What was touched of one kind.' },
      ),
      { description: 'What the change touched. Empty: nothing in particular, as with the settings.' },
    ),
    days: Type.Optional(
      Type.Object(
        { start: word('The first of them.'), end: word('The first day after them.') },
        {
          ...closed,
          description: 'From the first to the last of the days that it is about. Absent: none in particular.',
        },
      ),
    ),
    factorChange: Type.Optional(ref(FactorChangeSchema)),
  },
  { $id: 'RecordedChange', ...closed, description: 'One change of what the service knows.', examples: [EXAMPLE] },
);

export const ChangePageSchema = Type.Object(
  {
    data: Type.Array(ref(RecordedChangeSchema), { description: 'The changes of this page, oldest first.' }),
    page: Type.Object(
      {
        nextCursor: Type.Optional(
          Type.String({ description: 'Where the next page begins. Absent at the present end of the log.' }),
        ),
        resumeCursor: Type.String({
          description:
            'Where to go on later, given as `cursor` with the same filters: right after the last change of this page.',
        }),
      },
      { ...closed, description: 'Where this page stands in the log.' },
    ),
  },
  {
    $id: 'ChangePage',
    ...closed,
    description: 'One page of the log of changes.',
    examples: [{ data: [EXAMPLE], page: { resumeCursor: 'WyJmMHhBcXUzTHhLQm8iLCIxMDQyIl0' } }],
  },
);

export const CHANGES_QUERY = Type.Object(
  {
    ...PAGE_QUERY,
    limit: Type.Optional(
      Type.Integer({
        description: `Most changes to give. Default ${LIMITS.pageSizeDefault}.`,
        minimum: 1,
        maximum: LIMITS.changesPageMax,
        'x-unit': 'changes',
      }),
    ),
    since: Type.Optional(
      Type.String({
        description:
          'Begins with what was recorded after this instant, or from the begin of this local day on. Without it and without a cursor the log begins with the first change.',
        minLength: 10,
        maxLength: 40,
        examples: ['2026-06-01', '2026-06-01T17:00:00Z'],
      }),
    ),
    kind: Type.Optional(list(`Kinds of changes: ${CHANGE_KINDS.join(', ')}.`)),
    site: Type.Optional(key('Changes that touched this site or a meter that is or ever was there. Not beside meter.')),
    meter: Type.Optional(key('Changes that touched this meter. Not beside site.')),
  },
  closed,
);

export const changeLogSchemas = [FactorChangeSchema, RecordedChangeSchema, ChangePageSchema];

export type ChangesQuery = Static<typeof CHANGES_QUERY>;
export type RecordedChangeOutput = Static<typeof RecordedChangeSchema>;
