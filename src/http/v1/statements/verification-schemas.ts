import { Type } from 'typebox';
import { oneOf } from '../../schemas/atoms.ts';
import { ref } from '../../schemas/ref.ts';
import { HEAD_EXAMPLE, StatementHeadSchema } from './schemas.ts';

const closed = { additionalProperties: false } as const;
const text = (description: string) => Type.String({ description });
const nullableText = (description: string) => Type.Union([Type.String(), Type.Null()], { description });
const SHA256 = '7c1e4c8f3d0f5f8f0c0f2f4a6b8c0d2e4f60718293a4b5c6d7e8f90a1b2c3d4e';

/** Whether a published statement is what is stored. */
export const StatementVerificationSchema = Type.Object(
  {
    statement: ref(StatementHeadSchema),
    frozenAt: Type.String({ description: 'The instant as of which it is recomputed.', format: 'date-time' }),
    result: oneOf(
      ['equal', 'different'],
      'equal: the content has its digest and is what is stored. different: one of both is not so.',
    ),
    digest: Type.Object(
      {
        stated: text('Digest that was kept when it was published.'),
        ofContent: text('Digest of the kept content.'),
        recomputed: text('Digest of the content as it is recomputed from what is stored.'),
      },
      { ...closed, description: 'SHA-256 digests.' },
    ),
    differences: Type.Array(
      Type.Object(
        {
          pointer: text('Where in the content (RFC 6901).'),
          expected: nullableText('What was published, as JSON text; null where nothing was.'),
          found: nullableText('What is recomputed, as JSON text; null where there is nothing.'),
        },
        { ...closed, description: 'One member that differs.' },
      ),
      { description: 'Where the recomputed content differs.' },
    ),
  },
  {
    $id: 'StatementVerification',
    ...closed,
    description: 'Whether a published statement is what is stored.',
    examples: [
      {
        statement: { ...HEAD_EXAMPLE, status: 'published' },
        frozenAt: '2025-07-01T12:00:00.000000Z',
        result: 'equal',
        digest: { stated: SHA256, ofContent: SHA256, recomputed: SHA256 },
        differences: [],
      },
    ],
  },
);
