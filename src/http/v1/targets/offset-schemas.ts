import { type Static, Type } from 'typebox';
import { asOf } from '../../schemas/as-of.ts';
import { instant, key, localDay, text } from '../../schemas/atoms.ts';
import { PAGE_QUERY, pageSchema } from '../../schemas/page-schemas.ts';
import { ref } from '../../schemas/ref.ts';
import { note } from './part-schemas.ts';
import { TARGET_OUTPUT_EXAMPLE, TARGET_PARAMS, TargetSchema } from './schemas.ts';

const closed = { additionalProperties: false } as const;

const FIELDS = {
  tonnesCo2e: Type.Number({
    description: 'How much was retired.',
    exclusiveMinimum: 0,
    maximum: 1e12,
    'x-unit': 'tCO2e',
  }),
  standard: text('What they were issued under, such as the Woodland Carbon Code.'),
  retiredOn: localDay('The day on which they were retired.'),
  source: note('Where that can be seen, such as an entry of a registry.'),
  note: Type.Optional(note('What to know about them.')),
};
const EXAMPLE = {
  tonnesCo2e: 40,
  standard: 'Woodland Carbon Code',
  retiredOn: '2026-03-31',
  source: 'UK Land Carbon Registry, retirement of 31 March 2026',
};

export const OffsetInputSchema = Type.Object(FIELDS, {
  $id: 'TargetOffsetInput',
  ...closed,
  description: 'Offsets that were retired.',
  examples: [EXAMPLE],
});

export const OffsetSchema = Type.Object(
  { key: key("The council's own name for the entry."), ...FIELDS },
  {
    $id: 'TargetOffset',
    ...closed,
    description: 'Offsets that were retired for a target. They are listed beside its progress and are never in it.',
    examples: [{ key: 'woods-2026', ...EXAMPLE }],
  },
);

export const OffsetsSchema = pageSchema(OffsetSchema, 'TargetOffsets', 'One page of the offsets of a target, by key.', {
  key: 'woods-2026',
  ...EXAMPLE,
});

/** Offsets as they stand beside progress. */
export const PRINTED_OFFSETS = Type.Optional(
  Type.Object(
    {
      tonnesCo2e: Type.Number({ description: 'All of them. In no other figure of this answer.', 'x-unit': 'tCO2e' }),
      data: Type.Array(ref(OffsetSchema), { description: 'By key.' }),
    },
    { ...closed, description: 'Offsets that were retired, for the reader alone: progress is gross. Absent: none.' },
  ),
);

const moment = (description: string) =>
  Type.Object(
    { seq: Type.String({ description: 'Clock reading.' }), recordedAt: instant('When it was recorded.') },
    { ...closed, description },
  );

const VERSION_EXAMPLE = {
  from: { seq: '40', recordedAt: '2025-03-01T09:30:00.000Z' },
  until: null,
  target: TARGET_OUTPUT_EXAMPLE,
};

/** What was promised, and when. */
export const TargetVersionSchema = Type.Object(
  {
    from: moment('The change that wrote it.'),
    until: Type.Union([moment('The change that ended it.'), Type.Null()], {
      description: 'The change that replaced or deleted it; null while it stands.',
    }),
    target: ref(TargetSchema),
  },
  {
    $id: 'TargetVersion',
    ...closed,
    description: 'A target as it was worded from one change to another.',
    examples: [VERSION_EXAMPLE],
  },
);

export const TargetVersionsSchema = pageSchema(
  TargetVersionSchema,
  'TargetVersions',
  'One page of the versions of a target, the newest first.',
  VERSION_EXAMPLE,
);

export const OFFSET_PARAMS = Type.Object({ ...TARGET_PARAMS.properties, offset: key('Key of the entry.') }, closed);
export const ENTRIES_QUERY = Type.Object({ asOf, ...PAGE_QUERY }, closed);
export const offsetSchemas = [
  OffsetInputSchema,
  OffsetSchema,
  OffsetsSchema,
  TargetVersionSchema,
  TargetVersionsSchema,
];
export type TargetVersionOutput = Static<typeof TargetVersionSchema>;
export type EntriesQuery = Static<typeof ENTRIES_QUERY>;
