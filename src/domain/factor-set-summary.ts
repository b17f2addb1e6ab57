/** Where a set came from: with the service, as the publisher's file, or entered by hand. */
export const FACTOR_SET_ORIGINS = ['shipped', 'file', 'entered'] as const;
export type FactorSetOrigin = (typeof FACTOR_SET_ORIGINS)[number];

/** The publisher's file that a set was read from, or was found to agree with. */
export type FactorFileSummary = {
  sha256: string;
  fileName: string | null;
  bytes: number;
  layout: string;
  sheet: string | null;
  headerRow: number;
  /** Rows of the file, of which the lines of this service are a part. */
  rows: number;
};

/** A span of time in which figures used a version; `endedAt` is null where they still do. */
export type FactorActivation = { seq: string; activatedAt: Date; endedAt: Date | null; reason: string | null };

/** A factor set without its numbers, with its history. */
export type FactorSetSummary = {
  id: string;
  version: string;
  year: number;
  title: string;
  publisher: string;
  /** As precise as the publisher says: a year, a month or a day. */
  publishedOn: string | null;
  gwp: string;
  /** Licence and attribution line. */
  licence: string;
  source: string;
  /** SHA-256 over the figures. */
  digest: string;
  origin: FactorSetOrigin;
  recordedAt: Date;
  /** When figures last began to use it. */
  activatedAt: Date | null;
  /** When figures ended to use it: another version took its place, or it was withdrawn. */
  supersededAt: Date | null;
  active: boolean;
  factorCount: number;
  file: FactorFileSummary | null;
  /** Every span in which figures used it, oldest first. */
  activations: readonly FactorActivation[];
};
