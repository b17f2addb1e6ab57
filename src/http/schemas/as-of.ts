import { Type } from 'typebox';

/** The query parameter of reads that can be asked as they stood at an earlier moment (rule A8). */
export const asOf = Type.Optional(
  Type.String({
    description:
      'Answers with what was known at this moment: an instant with its offset, or a day, which means its end in local time. Whatever was recorded later counts for nothing. Such an answer never changes.',
    minLength: 10,
    maxLength: 40,
    examples: ['2025-07-31', '2025-07-31T17:00:00Z'],
  }),
);

/** The query of a read that takes a moment and nothing else. */
export const AS_OF_QUERY = Type.Object({ asOf }, { additionalProperties: false });

/** What an answer says about the moment it was asked for. */
export const AsOfSchema = Type.Object(
  {
    requested: Type.String({ description: 'The moment as it was asked for.' }),
    seq: Type.String({ description: 'The newest change that was known.' }),
    recordedAt: Type.String({
      description: 'When that change was recorded, in UTC to the microsecond.',
      format: 'date-time',
    }),
  },
  {
    $id: 'AsOf',
    additionalProperties: false,
    description: 'What the answer was made from, where the moment was asked for.',
    examples: [{ requested: '2025-07-31', seq: '1042', recordedAt: '2025-07-31T15:12:09.481200Z' }],
  },
);
