/**
 * Every number a caller can run into, in one place: used in the schemas, in the messages and in the documentation.
 * Bytes are bytes of the HTTP body; lengths are counted in characters.
 */
export const LIMITS = {
  /** Body of a configuration request (sites, meters, settings, targets, keys). */
  configurationBodyBytesMax: 256 * 1024,
  /** Body of one JSON batch of readings. */
  readingsBodyBytesMax: 64 * 1024 * 1024,
  /** Entries in one JSON batch of readings. */
  readingsItemsMax: 10_000,
  /** Values in one table of daily calorific values. */
  calorificValuesMax: 20_000,
  /** Body of one table of daily calorific values. */
  calorificValuesBodyBytesMax: 4 * 1024 * 1024,
  /** Half-hours of grid intensity in one request, and its body. */
  gridIntensitiesMax: 200_000,
  gridIntensitiesBodyBytesMax: 32 * 1024 * 1024,
  /** Meter-days that one answer about carbon by the time of use looks at, interval by interval. */
  timeMatchedDaysMax: 100_000,
  /** One look-up table of areas (postcodes, deprivation). */
  areaTableBytesMax: 512 * 1024 * 1024,
  /** Values in one table of degree days, and its body. */
  degreeDaysMax: 20_000,
  degreeDaysBodyBytesMax: 8 * 1024 * 1024,
  /** Uses of one edition of benchmarks, and fuels that it converts. */
  benchmarkUsesMax: 500,
  benchmarkConversionsMax: 50,
  /** Regions and base temperatures of one reference. */
  referenceSeriesMax: 100,
  /** One uploaded file. */
  uploadBytesMax: 4 * 1024 * 1024 * 1024,
  /** The same file once it is decompressed. */
  uploadPlainBytesMax: 16 * 1024 * 1024 * 1024,
  /** The beginning of a file in which the answer to an open question about its layout is looked for. */
  uploadSampleBytesMax: 8 * 1024 * 1024,
  /** How many times larger decompressing may make a file, looked at from a size that harms nobody. */
  uploadRatioMax: 200,
  uploadRatioFromBytes: 32 * 1024 * 1024,
  /** Members of an archive (ZIP). */
  uploadArchiveMembersMax: 1_000,
  /** A workbook (.xlsx), as it was sent and unpacked. It is held in memory, other files are not. */
  uploadWorkbookBytesMax: 16 * 1024 * 1024,
  uploadWorkbookPlainBytesMax: 32 * 1024 * 1024,
  /** A workbook of the old binary form (.xls). */
  uploadOldWorkbookBytesMax: 8 * 1024 * 1024,
  /** Uploads that are received at the same time; more are asked to come again. */
  uploadsAtOnceMax: 4,
  /** Longest that the settings may have the bytes of a sent file kept, where they are not kept for ever. */
  keptFileDaysMax: 36_500,
  /** Kept files that are removed in one transaction. */
  keptFilesRemovedAtOnceMax: 100,
  /** Workbooks that uploads hold in memory at the same time; more wait their turn. */
  uploadWorkbooksAtOnceMax: 1,
  /** Kept files that are read at the same time; more wait their turn. */
  uploadsReadAtOnceMax: 2,
  /** Streams of the progress of uploads that are open at the same time. */
  uploadEventStreamsMax: 50,
  /** Refused rows that are kept and shown for one upload; all are counted. */
  uploadRefusalsMax: 1_000,
  /** Register reads in one uploaded file: they are judged together. */
  uploadRegisterReadsMax: 100_000,
  /** Bills in one uploaded file: how their ends are read is told from all of them. */
  uploadBillsMax: 100_000,
  /** Name of an uploaded file. */
  uploadFileNameLengthMax: 255,

  /** Sums by meter and month that a dry run of a file lists. */
  dryRunControlTotalsMax: 10_000,

  /** Columns of a file that a kept layout may have, and the line its header may stand on. */
  layoutColumnsMax: 2_000,
  layoutHeaderLineMax: 1_000,
  /** One header of a kept layout. */
  layoutHeaderLengthMax: 200,
  /** Rules of a kept layout for rows that are no data, and texts of one rule. */
  layoutSkipRulesMax: 20,
  layoutSkipTextsMax: 50,

  /** Meters that one instrument may name; more are named by their contract. */
  instrumentMetersMax: 5_000,
  /** A file of conversion factors, its rows, and the columns of a row that are looked at. */
  factorFileBytesMax: 16 * 1024 * 1024,
  factorFileRowsMax: 60_000,
  factorFileColumnsMax: 40,
  /** Memory of the thread that reads a file of conversion factors. */
  factorFileMemoryMb: 512,
  /** Files of conversion factors that are read at the same time. */
  factorFilesAtOnceMax: 1,
  /** Factors of one set that is entered by hand. */
  enteredFactorsMax: 500,

  /** Rows of one page of a list. */
  pageSizeMax: 500,
  pageSizeDefault: 100,
  /** Changes of one page of the log. */
  changesPageMax: 1_000,
  /** Keys of one kind of thing that the log names of one change; all of them are counted. */
  touchedKeysMax: 20,
  /** A page cursor. */
  cursorLengthMax: 2_048,

  /** Key of a site, meter or target, as it stands in a URL. */
  keyLengthMax: 64,
  /** Name of a line of stated emissions: with its days it is a key. */
  otherLineLengthMax: 40,
  /** Changes that one measure states. */
  measureChangesMax: 50,
  /** Measures that one scenario ranks, and those of them at one site: what they do is worked out for each in turn. */
  scenarioMeasuresMax: 500,
  scenarioSiteMeasuresMax: 25,
  /** Newest complete years that a trend is made of, and years that are looked at for them. */
  trendYearsDefault: 5,
  trendYearsMax: 10,
  historyYearsMax: 15,
  /** Factors of one grid pathway. */
  pathwayFactorsMax: 1_000,
  /** Lines of stated emissions that one target covers. */
  coveredLinesMax: 50,
  /** Longest path segment that is looked at at all. */
  pathSegmentLengthMax: 200,
  /** A name shown to people. */
  nameLengthMax: 200,
  /** A ward, category or other short label. */
  labelLengthMax: 100,
  /** Free text searched for in a list. */
  searchLengthMax: 100,
  /** Text of one filter that lists values. */
  filterLengthMax: 8_000,
  /** Values one filter may list. */
  filterValuesMax: 100,
  /** Notes and evidence. */
  noteLengthMax: 2_000,

  /** Dated entries of one list of a site or meter (control periods, floor areas, placements). */
  datedEntriesMax: 200,
  /** Serial numbers, and other names, of one metering point. */
  meterNamesMax: 50,
  /** Meters above one another, from a sub-meter up to its main meter. */
  meterDepthMax: 20,

  /** A `BOOTSTRAP_ADMIN_KEY` of the operator's choosing. */
  bootstrapKeyLengthMin: 32,
  /** A bearer key as it is sent. */
  bearerKeyLengthMax: 512,

  /** Rows of one answer about consumption or emissions, and rows of its table (CSV), which is never held as a whole. */
  figureRowsMax: 200_000,
  figureCsvRowsMax: 50_000_000,
  /** Days a period may span. */
  periodDaysMax: 40 * 366,
  /** Meter-days whose intervals one answer about data quality looks at; beyond it days alone are checked. */
  checkedIntervalDaysMax: 100_000,
  /** Gaps and findings of one answer about data quality. */
  findingsMax: 50_000,
  /** Meter-days that one request may have estimated: their meters stay locked until it is done. */
  estimateMeterDaysMax: 40_000,
  /** Lines of one explanation. */
  explanationLinesMax: 20_000,
  /** Lines of one receipt, and the body it is brought back in. */
  receiptLinesMax: 5_000,
  receiptBodyBytesMax: 32 * 1024 * 1024,
  /** Intervals of one answer about a meter's stored readings. */
  readingsAnswerDaysMax: 400,

  /** Faults listed in one problem answer; more are counted, not listed. */
  problemFaultsMax: 100,
  /** Characters of a refused value that are repeated in a message. */
  quotedValueLengthMax: 60,

  /** How long a client may take to send one request. */
  requestTimeoutMs: 30 * 60 * 1000,
  /** How long an idle connection is kept. */
  keepAliveTimeoutMs: 72_000,
  /** How long the process waits for running requests when it is asked to stop. */
  closeTimeoutMs: 30_000,
  /** How long the readiness probe waits for the database. */
  readyTimeoutMs: 2_000,
  /** Answers that a process remembers for as long as nothing is written, in all and the longest one. */
  answerCacheBytesMax: 16 * 1024 * 1024,
  cachedAnswerBytesMax: 256 * 1024,
  /** How long a read waits for a replica to have what the primary server has, before it reads there. */
  replicaWaitMs: 100,
  /** How long a replica that has failed is left alone. */
  replicaRestMs: 5_000,
  /** How long one change of configuration may take, its wait for locks included. */
  configurationTransactionTimeoutMs: 20_000,
  /** What a caller is asked to wait after 503. */
  retryAfterSeconds: 5,
} as const;
