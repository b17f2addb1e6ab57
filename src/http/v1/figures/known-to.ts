import type { AsOf } from '../../../domain/as-of.ts';
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
export type Known = {
  figures: FigureDeps;
  /** The same at one moment, for what is read in many statements. */
  settled: () => Promise<FigureDeps>;
  evidence: LineEvidenceReader | null;
  echo: { asOf?: AsOf };
};

/** What a question is answered from: what is known now, or what was known at the moment that it names. */
export async function knownTo(deps: FigureRouteDeps, { asOf, estimates }: KnowledgeQuery): Promise<Known> {
  const moment = await momentAsked(deps.past, asOf);
  // Without this service's estimates the evidence behind a line is not the same evidence.
  const isWhole = estimates !== 'exclude';
  if (moment === null) {
    const figures = isWhole ? deps.figures : deps.figuresWithoutEstimates;
    const settled = async () =>
      figuresAt(deps.past, { reading: await deps.past.newest(), now: figures.now() }, estimates);
    return { figures, settled, evidence: isWhole ? deps.lineEvidence : null, echo: {} };
  }
  const figures = figuresAt(deps.past, moment, estimates);
  return {
    figures,
    settled: async () => figures,
    evidence: isWhole ? deps.past.lineEvidenceAt(moment.reading.seq) : null,
    echo: { asOf: moment.asOf },
  };
}
