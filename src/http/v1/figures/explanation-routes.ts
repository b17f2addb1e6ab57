import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Refusal } from '../../../domain/refusal.ts';
import { LIMITS } from '../../../limits.ts';
import {
  type EvidencedLines,
  type Explained,
  explainAnswer,
  withEvidence,
} from '../../../services/figures/explain-figure.ts';
import { sendCsv } from '../../csv.ts';
import { decodeCursor, encodeCursor } from '../../cursor.ts';
import { jsonOrCsv } from '../../schemas/page-schemas.ts';
import { ref } from '../../schemas/ref.ts';
import { EXPLANATION_COLUMNS, toExplanation, toLines } from './explanation-convert.ts';
import { type ExplanationLine, ExplanationSchema } from './explanation-schemas.ts';
import { type FigureRouteDeps, type Known, knownTo } from './known-to.ts';
import { EXPLANATION_QUERY, type ExplanationQuery, fromEmissionsQuery } from './query.ts';

/** Lines whose evidence is read at a time while a table is being sent. */
const LINES_PER_BATCH = 2_000;

type PagedQuery = { query: ExplanationQuery; filters: Record<string, unknown>; from: number; isPaged: boolean };

/** Where a page begins. The pages after the first are answered as of the moment of the first, which the cursor carries. */
function pagedQuery({ cursor, limit, ...query }: ExplanationQuery): PagedQuery {
  const filters = { ...query };
  if (cursor === undefined) return { query: { ...query }, filters, from: 0, isPaged: limit !== undefined };
  const [asOf, from] = decodeCursor(cursor, filters, ['moment', 'row']);
  // A first page without estimates is of no moment of its own.
  const known = asOf === '' ? {} : { asOf };
  return { query: { ...query, ...known }, filters, from: Number(from), isPaged: true };
}

async function evidenced(known: Known, explained: Explained, from: number, to?: number): Promise<EvidencedLines> {
  const lines = explained.lines.slice(from, to);
  return known.evidence === null ? { lines, evidence: new Map() } : withEvidence(known.evidence, explained, lines);
}

function refuseTooMany(count: number): void {
  if (count <= LIMITS.explanationLinesMax) return;
  const detail = `the explanation has ${count} lines: expected at most ${LIMITS.explanationLinesMax}; ask page by page with limit, as CSV, or for fewer sites or a shorter period`;
  throw new Refusal('invalid-request', detail, [{ pointer: '?period', code: 'too-many-lines', detail }]);
}

async function* linesInBatches(known: Known, explained: Explained): AsyncGenerator<ExplanationLine> {
  for (let from = 0; from < explained.lines.length; from += LINES_PER_BATCH)
    yield* toLines(await evidenced(known, explained, from, from + LINES_PER_BATCH));
}

/** `/v1/emissions/explanation` */
export const explanationRoutes: FastifyPluginAsyncTypebox<FigureRouteDeps> = async (app, deps) => {
  app.get(
    '/emissions/explanation',
    {
      config: { scope: 'read', csv: true, entityTag: true },
      schema: {
        operationId: 'explainEmissions',
        summary: 'The lines behind an emissions figure',
        description:
          'Every line that a figure is the sum of: row, meter, days, quantity and the evidence for it, factor with its set, version and source, rule and result. Ask with the same parameters as the figure. Large answers come page by page with `limit`, or whole as CSV.',
        tags: ['Figures'],
        querystring: EXPLANATION_QUERY,
        response: { 200: jsonOrCsv(ref(ExplanationSchema), 'The lines behind the figure.') },
      },
    },
    async (request, reply) => {
      const { query, filters, from, isPaged } = pagedQuery(request.query);
      const isTable = request.representation === 'csv' && !isPaged;
      const settles = (isPaged || isTable) && query.asOf === undefined && query.estimates !== 'exclude';
      const asOf = settles ? await deps.past.settleNow() : query.asOf;
      const known = await knownTo(deps, { ...query, ...(asOf === undefined ? {} : { asOf }) });
      const explained = await explainAnswer(known.figures, fromEmissionsQuery(query));
      if (isTable) return sendCsv(reply, EXPLANATION_COLUMNS, linesInBatches(known, explained));
      const { length } = explained.lines;
      if (!isPaged) refuseTooMany(length);
      const to = isPaged ? Math.min(length, from + (request.query.limit ?? LIMITS.pageSizeMax)) : length;
      const explanation = { ...toExplanation(explained, await evidenced(known, explained, from, to)), ...known.echo };
      if (request.representation === 'csv') return sendCsv(reply, EXPLANATION_COLUMNS, explanation.data);
      if (!isPaged) return explanation;
      const page = { lines: length };
      if (to === length) return { ...explanation, page };
      return { ...explanation, page: { ...page, nextCursor: encodeCursor(filters, [asOf ?? '', String(to)]) } };
    },
  );
};
