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
  recordedAt: Date;
  activatedAt: Date | null;
  /** When another version took its place. */
  supersededAt: Date | null;
  active: boolean;
  factorCount: number;
};
