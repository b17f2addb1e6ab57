import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { LIMITS } from '../../../limits.ts';
import type { AskedQuestion, Receipts } from '../../../services/receipts/receipts.ts';
import { ref } from '../../schemas/ref.ts';
import { fromEmissionsQuery } from '../figures/query.ts';
import {
  RECEIPT_BODY,
  type ReceiptOutput,
  type ReceiptQuestion,
  ReceiptQuestionSchema,
  ReceiptVerificationSchema,
} from './schemas.ts';

const tags = ['Receipts'];

function askedQuestion({ asOf: _asOf, ...asked }: ReceiptQuestion): AskedQuestion {
  return { asked, question: fromEmissionsQuery(asked) };
}

/** `/v1/receipts` */
export const receiptRoutes: FastifyPluginAsyncTypebox<{ receipts: Receipts }> = async (app, { receipts }) => {
  app.post(
    '/receipts',
    {
      config: { scope: 'read' },
      bodyLimit: LIMITS.configurationBodyBytesMax,
      schema: {
        operationId: 'makeReceipt',
        summary: 'A receipt for emissions figures',
        description:
          'Answers a question with everything behind the answer and a digest over exactly that. Nothing is stored: the receipt is its holder’s, and can be verified for as long as the data is kept.',
        tags,
        body: ref(ReceiptQuestionSchema),
        response: { 200: RECEIPT_BODY },
      },
    },
    async (request) => {
      const { content, digest } = await receipts.make(askedQuestion(request.body), request.body.asOf);
      return { content, digest } as object as ReceiptOutput;
    },
  );

  app.post(
    '/receipts/verify',
    {
      config: { scope: 'read' },
      bodyLimit: LIMITS.receiptBodyBytesMax,
      schema: {
        operationId: 'verifyReceipt',
        summary: 'Verify a receipt',
        description:
          'Recomputes a receipt from what is stored, as of its instant, and says equal, or names each line and member in which it differs. That a digest alone is right is not enough, nor that the figures alone are.',
        tags,
        body: RECEIPT_BODY,
        response: { 200: ref(ReceiptVerificationSchema) },
      },
    },
    async (request) => {
      const { content, digest } = request.body;
      const { question } = askedQuestion(content.question);
      const verified = await receipts.verify({ content, digest } as Parameters<Receipts['verify']>[0], question);
      const { contentDigest, recomputedDigest, differences } = verified;
      const isEqual = digest === contentDigest && contentDigest === recomputedDigest && differences.length === 0;
      return {
        result: isEqual ? ('equal' as const) : ('different' as const),
        digest: { stated: digest, ofContent: contentDigest, recomputed: recomputedDigest },
        differences,
      };
    },
  );
};
