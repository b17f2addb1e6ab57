import { type Static, Type } from 'typebox';
import { LIMITS } from '../../../limits.ts';
import { FaultSchema, ProblemSchema } from '../../schemas/problem-schema.ts';
import { ref } from '../../schemas/ref.ts';
import { LayoutQuestionSchema } from './recognition-schemas.ts';
import { RefusalCount, RowsSchema, UploadRefusalSchema } from './schemas.ts';

const closed = { additionalProperties: false } as const;

/** Why a file was refused: a problem, with the place of each fault where rows of it were refused. */
export const UploadProblemSchema = Type.Object(
  {
    ...ProblemSchema.properties,
    errors: Type.Optional(
      Type.Array(
        Type.Object(
          { ...FaultSchema.properties, ...Type.Partial(UploadRefusalSchema).properties },
          { ...closed, description: 'A refused row.' },
        ),
        {
          description: `The refused rows, in order of the file; the first ${LIMITS.problemFaultsMax}. The pointer is \`line\` and its number.`,
        },
      ),
    ),
    upload: Type.Optional(Type.String({ description: 'Number of the upload, whose record lists more.' })),
    refusalCount: Type.Optional(RefusalCount),
    rows: Type.Optional(RowsSchema),
    questions: Type.Optional(
      Type.Array(ref(LayoutQuestionSchema), {
        description: 'What the file leaves open; send it again with the answers.',
      }),
    ),
  },
  {
    $id: 'UploadProblem',
    ...closed,
    description: 'Nothing of a file was stored: it cannot be read, or rows of it were refused (RFC 9457).',
    examples: [
      {
        type: 'urn:council-carbon:problem:readings-refused',
        title: 'Readings were refused',
        status: 422,
        detail:
          '1 of 31 rows was refused; nothing is stored. Line 4: The row has 47 values: 48 are expected on 2025-10-03',
        instance: 'urn:request:5c0f4a52-3d0f-4d3b-8d3a-0d9b6c1f6a7e',
        errors: [
          {
            pointer: 'line 4',
            file: null,
            line: 4,
            column: null,
            value: null,
            code: 'wrong-number-of-values',
            detail: 'The row has 47 values: 48 are expected on 2025-10-03',
          },
        ],
        upload: '13',
        refusalCount: 1,
        rows: { read: 31, accepted: 30, refused: 1, skipped: 0 },
      },
    ],
  },
);

export type UploadProblem = Static<typeof UploadProblemSchema>;
