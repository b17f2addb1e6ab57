import type { EvidencePiece, LineEvidence } from '../../domain/line-evidence.ts';

/** Reads the evidence behind lines, by the names that the pieces give them. */
export type LineEvidenceReader = (pieces: readonly EvidencePiece[]) => Promise<ReadonlyMap<string, LineEvidence>>;
