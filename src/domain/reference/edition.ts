/** One edition of the UK Government conversion factors, described apart from its numbers. */
export type Edition = {
  /** `uk-2019`. */
  id: string;
  /** The publisher's own version (`1.03`), or `compiled` where the set was put together from several copies. */
  version: string;
  year: number;
  title: string;
  publisher: string;
  /** As precise as the publisher says: `2020-05-28`, `2020-07`; null when unknown or compiled. */
  publishedOn: string | null;
  /** Assessment report of the global warming potentials: `SAR`, `AR4`, `AR5`. */
  gwp: string;
  licence: string;
  attribution: string;
  source: string;
  /** SHA-256 of the publisher's file, where one was read or recorded. */
  officialFileSha256: string | null;
  /** What a reader of the numbers must know: breaks in a series, gaps, corrections. */
  notes: readonly string[];
  /** SHA-256 over the figures of the set, see `factorSetFigures`. */
  digest: string;
};
