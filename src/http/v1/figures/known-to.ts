import type { AsOf } from '../../../domain/as-of.ts';
import { Refusal } from '../../../domain/refusal.ts';
import type { FigureDeps } from '../../../services/figures/answer-figure.ts';
import type { LineEvidenceReader } from '../../../services/figures/line-evidence-reader.ts';
import { figuresAt, momentAsked } from '../../../services/past/known-at.ts';
import type { PastStore } from '../../../services/past/past-store.ts';

/** What the routes of figures need. */
export type FigureRouteDeps = {
  figures: FigureDeps;
  figuresWithoutEstimates: FigureDeps;
  lineEvidence: LineEvidenceReader;
  past: PastStore;
};

/** What a query says of the knowledge that it is answered from. */
export type KnowledgeQuery = { asOf?: string; estimates?: 'include' | 'exclude' };

/** What a question is answered from; `evidence` is null where days are not read as they are stored. */
export type Known = { figures: FigureDeps; evidence: LineEvidenceReader | null; echo: { asOf?: AsOf } };

/** What a question is answered from: what is known now, or what was known at the moment that it names. */
export async function knownTo(deps: FigureRouteDeps, { asOf, estimates }: KnowledgeQuery): Promise<Known> {
  if (estimates === 'exclude' && asOf !== undefined) {
    const detail = "estimates is 'exclude' beside asOf: expected one of them alone";
    throw new Refusal('invalid-request', detail, [{ pointer: '?estimates', code: 'ambiguous', detail }]);
  }
  if (estimates === 'exclude') return { figures: deps.figuresWithoutEstimates, evidence: null, echo: {} };
  const moment = await momentAsked(deps.past, asOf);
  return moment === null
    ? { figures: deps.figures, evidence: deps.lineEvidence, echo: {} }
    : {
        figures: figuresAt(deps.past, moment),
        evidence: deps.past.lineEvidenceAt(moment.reading.seq),
        echo: { asOf: moment.asOf },
      };
}
