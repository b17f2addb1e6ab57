/** Advisory locks of the service, held to the end of a transaction. Each number has one use. */
export const ADVISORY_LOCKS = {
  /** The factor sets: loaded with the service, uploaded, entered, activated. */
  factorSets: 7_263_001,
  /** The organisation's settings, which have no row of their own to lock before they are first written. */
  settings: 7_263_002,
  /** Which meter feeds which: held while a parent is set, so that two writes at once cannot make a cycle together. */
  meterHierarchy: 7_263_003,
  /** The closures of sites, while one is written. */
  closures: 7_263_040,
  /** The API keys, while one is issued or revoked by the process itself or the last admin key might go. */
  apiKeys: 7_263_004,
  /** The daily calorific values of gas: shared by whoever converts volumes, alone by whoever replaces values. */
  calorificValues: 7_263_005,
  /** Instruments or residual mixes, beside a number for the kind: what one may say depends on the others. */
  supplyKinds: 7_263_006,
  /** The look-up tables of areas, while one is written. */
  areaTables: 7_263_020,
  /** The degree days: shared by whoever spreads totals over them, alone by whoever replaces them. */
  degreeDays: 7_263_007,
  /** The carbon intensities of the grid, while some are written. */
  gridIntensity: 7_263_021,
  /** The benchmarks of buildings, while an edition is written. */
  benchmarks: 7_263_030,
  /** The register of certificates, while one is entered. */
  certificates: 7_263_031,
  /** An upload, beside its number: held by the session that receives it, beyond any transaction. */
  upload: 7_263_010,
} as const;
