import { type Static, Type } from 'typebox';
import { oneOf } from '../../schemas/atoms.ts';
import { ref } from '../../schemas/ref.ts';
import { EMISSIONS_QUERY } from '../figures/query.ts';

const closed = { additionalProperties: false } as const;
const SHA256 = '^[0-9a-f]{64}$';
const { estimates: _estimates, asOf, ...QUESTION } = EMISSIONS_QUERY.properties;

/** A question that a receipt is asked for. */
export const ReceiptQuestionSchema = Type.Object(
  { ...QUESTION, asOf },
  {
    $id: 'ReceiptQuestion',
    ...closed,
    description: 'A question as it is asked of `/v1/emissions`, by the same names.',
    examples: [{ period: '2024/25', groupBy: 'site', factors: 'reporting-year' }],
  },
);

const KNOWLEDGE = Type.Object(
  {
    instant: Type.String({ description: 'The instant whose knowledge counts, in UTC to the microsecond.' }),
    seq: Type.String({ description: 'The newest change that was known at it.' }),
    recordedAt: Type.String({ description: 'When that change was recorded.' }),
  },
  { ...closed, description: 'What the figures were made from.' },
);

const EXAMPLE = {
  content: {
    kind: 'council-carbon-receipt-1',
    question: { period: '2024/25' },
    knowledge: {
      instant: '2026-11-22T12:00:00.000000Z',
      seq: '1042',
      recordedAt: '2026-11-22T11:12:09.481200Z',
    },
    lines: [],
    totals: { total: { exactKgCo2e: '0', kgCo2e: '0.000' } },
  },
  digest: '7c1e4c8f3d0f5f8f0c0f2f4a6b8c0d2e4f60718293a4b5c6d7e8f90a1b2c3d4e',
};

/** A receipt. */
export const ReceiptSchema = Type.Object(
  {
    content: Type.Object(
      {
        question: Type.Object(QUESTION, { ...closed, description: 'What was asked.' }),
        knowledge: KNOWLEDGE,
        lines: Type.Array(Type.Object({}, { additionalProperties: true, description: 'One line, decimals as text.' }), {
          description: 'The lines behind the figures, with the evidence for each.',
        }),
      },
      {
        additionalProperties: true,
        description:
          'All that is stated: question, knowledge, lines, factors, rows and totals. Every decimal is a text, so that no program changes a digit.',
      },
    ),
    digest: Type.String({
      description: 'SHA-256, in hexadecimal digits, over the canonical text of `content` (RFC 8785).',
      pattern: SHA256,
      'x-expects': 'the 64 hexadecimal digits of the receipt',
    }),
  },
  {
    $id: 'Receipt',
    ...closed,
    description: 'Figures with everything behind them, and a digest over it.',
    examples: [EXAMPLE],
  },
);

const DIFFERENCE = Type.Object(
  {
    pointer: Type.String({
      description: 'Where in the content of the receipt (RFC 6901); `/lines/-` for a line that it lacks.',
    }),
    line: Type.Union(
      [Type.Object({}, { additionalProperties: true, description: 'What identifies the line.' }), Type.Null()],
      { description: 'The line that differs; null where it is no line.' },
    ),
    member: Type.String({ description: 'The member that differs; empty for the line as a whole.' }),
    expected: Type.Union([Type.String(), Type.Null()], {
      description: 'What the receipt states, as JSON text; null where it states nothing.',
    }),
    found: Type.Union([Type.String(), Type.Null()], {
      description: 'What is recomputed, as JSON text; null where there is nothing.',
    }),
  },
  { ...closed, description: 'One member that differs.' },
);

/** Whether a receipt still holds. */
export const ReceiptVerificationSchema = Type.Object(
  {
    result: oneOf(
      ['equal', 'different'],
      'equal: the content has the digest that is stated and is what is stored. different: one of both is not so.',
    ),
    digest: Type.Object(
      {
        stated: Type.String({ description: 'Digest that the receipt states.' }),
        ofContent: Type.String({
          description:
            'Digest of the content as it was sent; another one than stated means that the content was altered.',
        }),
        recomputed: Type.String({ description: 'Digest of the content as it is recomputed from what is stored.' }),
      },
      { ...closed, description: 'SHA-256 digests.' },
    ),
    differences: Type.Array(DIFFERENCE, { description: 'Where the recomputed content differs, lines first.' }),
  },
  {
    $id: 'ReceiptVerification',
    ...closed,
    description: 'Whether a receipt still holds.',
    examples: [
      {
        result: 'equal',
        digest: { stated: EXAMPLE.digest, ofContent: EXAMPLE.digest, recomputed: EXAMPLE.digest },
        differences: [],
      },
    ],
  },
);

export const receiptSchemas = [ReceiptQuestionSchema, ReceiptSchema, ReceiptVerificationSchema];

export type ReceiptOutput = Static<typeof ReceiptSchema>;
export type ReceiptQuestion = Static<typeof ReceiptQuestionSchema>;
export type ReceiptVerification = Static<typeof ReceiptVerificationSchema>;
export const RECEIPT_BODY = ref(ReceiptSchema);
