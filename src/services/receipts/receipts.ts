import type { Json } from '../../domain/canonical-json.ts';
import { policyName } from '../../domain/factor-policy.ts';
import { asksMarket, type FigureQuestion } from '../../domain/figure-question.ts';
import { type Knowledge, type ReceiptContent, receiptContent } from '../../domain/receipt-content.ts';
import { type ReceiptDifference, receiptDifferences } from '../../domain/receipt-differences.ts';
import { Refusal } from '../../domain/refusal.ts';
import { LIMITS } from '../../limits.ts';
import { explainAnswer, withEvidence } from '../figures/explain-figure.ts';
import { figuresAt, type Moment, momentOf } from '../past/known-at.ts';
import type { PastStore } from '../past/past-store.ts';
import { digestOf } from './digest.ts';

/** A question about emissions: as it is asked, and what it means. */
export type AskedQuestion = { asked: ReceiptContent['question']; question: FigureQuestion };

/** What is stated, and the SHA-256 over exactly that. */
export type Receipt = { content: ReceiptContent; digest: string };

/** A receipt as it is brought back: it may say anything beside its question and its moment. */
export type StatedReceipt = {
  content: Pick<ReceiptContent, 'question' | 'knowledge' | 'lines'> & { readonly [member: string]: unknown };
  digest: string;
};

/** Whether a receipt still holds. */
export type Verification = {
  /** SHA-256 of the content as it was brought; where it is not the one stated, the content was altered. */
  contentDigest: string;
  /** SHA-256 of the content as it is recomputed. */
  recomputedDigest: string;
  differences: ReceiptDifference[];
};

/** Receipts of emissions answers. */
export type Receipts = {
  /**
   * Makes a receipt: of what is known now, or of what was known at a moment.
   * @throws Refusal as figures do, and `invalid-request` for more lines than a receipt holds.
   */
  make(question: AskedQuestion, asOf: string | undefined): Promise<Receipt>;
  /** Recomputes a receipt from what is stored, remembering nothing, and compares. */
  verify(receipt: StatedReceipt, question: FigureQuestion): Promise<Verification>;
};

function refuseTooMany(count: number): void {
  if (count <= LIMITS.receiptLinesMax) return;
  const detail = `the receipt would have ${count} lines: expected at most ${LIMITS.receiptLinesMax}; ask for fewer sites or a shorter period`;
  throw new Refusal('invalid-request', detail, [{ pointer: '/period', code: 'too-many-lines', detail }]);
}

/** What was known at a moment, as receipts and statements state it. */
export function knowledgeOf({ instant, reading }: Moment): Knowledge {
  return { instant, seq: reading.seq, recordedAt: reading.recordedAt };
}

/** The content of a receipt at a moment, read from `past`. */
export async function contentAt(
  past: PastStore,
  moment: Moment,
  { asked, question }: AskedQuestion,
): Promise<ReceiptContent> {
  const explained = await explainAnswer(figuresAt(past, moment), question);
  refuseTooMany(explained.lines.length);
  const read = past.lineEvidenceAt(moment.reading.seq);
  const { lines, evidence } = await withEvidence(read, explained, explained.lines);
  const { reportingYearStart } = explained.answer.estate.settings;
  const factorPolicy = policyName(question.policy);
  return receiptContent(
    { question: asked, knowledge: knowledgeOf(moment), factorPolicy, reportingYearStart },
    lines,
    evidence,
    asksMarket(question),
  );
}

/** Builds the use cases of receipts. `freshPast` gives a store that has remembered nothing yet. */
export function createReceipts(past: PastStore, freshPast: () => PastStore): Receipts {
  return {
    async make(question, asOf) {
      const content = await contentAt(past, await momentOf(past, asOf ?? (await past.settleNow())), question);
      return { content, digest: digestOf(content) };
    },

    async verify({ content }, question) {
      const fresh = freshPast();
      const moment = await momentOf(fresh, content.knowledge.instant, '/content/knowledge/instant');
      const found = await contentAt(fresh, moment, { asked: content.question, question });
      return {
        contentDigest: digestOf(content as Json),
        recomputedDigest: digestOf(found),
        differences: receiptDifferences(content as Parameters<typeof receiptDifferences>[0], found),
      };
    },
  };
}
