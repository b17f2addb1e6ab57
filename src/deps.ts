import type { FastifyServerOptions } from 'fastify';
import { type Now, systemPause } from './clock.ts';
import type { Config } from './config.ts';
import { type Access, createAccess } from './services/access.ts';
import { type ApiKeys, createApiKeys } from './services/api-keys.ts';
import { type Benchmarks, createBenchmarks } from './services/buildings/benchmarks.ts';
import { type CertificateInputs, createCertificateInputs } from './services/buildings/certificate-inputs.ts';
import { type Certificates, createCertificates } from './services/buildings/certificates.ts';
import { createOperationalRatings, type OperationalRatings } from './services/buildings/operational-ratings.ts';
import { type ChangeLog, createChangeLog } from './services/change-log/change-log.ts';
import { type Closures, createClosures } from './services/closures/closures.ts';
import type { DataQualityDeps } from './services/data-quality/answer-data-quality.ts';
import type { EstimateDeps } from './services/estimates/post-estimates.ts';
import { createFactors, type Factors } from './services/factors/factors.ts';
import type { FigureDeps } from './services/figures/answer-figure.ts';
import type { LineEvidenceReader } from './services/figures/line-evidence-reader.ts';
import { createOtherEmissions, type OtherEmissions } from './services/footprint/other-emissions.ts';
import { type CalorificValues, createCalorificValues } from './services/gas/calorific-values.ts';
import { createGridIntensities, type GridIntensities, type IntensityStore } from './services/grid/grid-intensity.ts';
import { createLayouts, type Layouts } from './services/layouts/layouts.ts';
import { createMeasures, type Measures } from './services/measures/measures.ts';
import { createMeters, type Meters } from './services/meters.ts';
import type { PastStore } from './services/past/past-store.ts';
import { type AreaTables, createAreaTables } from './services/places/area-tables.ts';
import type { PlacesReader } from './services/places/area-tables-port.ts';
import { deprivationAt } from './services/places/deprivation.ts';
import { createGridPathways, type GridPathways } from './services/projection/grid-pathways.ts';
import { createProjections, type Projections } from './services/projection/projections.ts';
import type { ReadServers } from './services/read-servers.ts';
import type { MeterTotalsDeps } from './services/readings/meter-totals.ts';
import type { ReadingsDeps } from './services/readings/post-readings.ts';
import type { ReadReadingsDeps } from './services/readings/read-readings.ts';
import { createReceipts, type Receipts } from './services/receipts/receipts.ts';
import { createScenarios, type Scenarios } from './services/scenario/scenarios.ts';
import { createSettings, type SettingsService } from './services/settings.ts';
import { createSites, type Sites } from './services/sites.ts';
import { createStatements, type Statements } from './services/statements/statements.ts';
import { createHeatNetworks, type HeatNetworks } from './services/supply/heat-networks.ts';
import { createInstruments, type Instruments } from './services/supply/instruments.ts';
import { createResidualMixes, type ResidualMixes } from './services/supply/residual-mixes.ts';
import { createTargets, type Targets } from './services/targets/targets.ts';
import { createLookAtFile, type LookAtFile } from './services/uploads/dry-run.ts';
import { createRemoveKeptFiles, type RemoveKeptFiles } from './services/uploads/remove-kept-files.ts';
import { createUploads, type Uploads } from './services/uploads/uploads.ts';
import { createDegreeDays, type DegreeDays } from './services/weather/degree-days.ts';
import { createReferences, type References } from './services/weather/references.ts';
import { makeActiveFactors } from './stores/active-factors.ts';
import { makeBenchmarkStore } from './stores/buildings/benchmark-store.ts';
import { makeCertificateStore } from './stores/buildings/certificate-store.ts';
import { makeChangeLogReader } from './stores/change-log/change-log-reader.ts';
import { makeClosureStore } from './stores/closures/closure-store.ts';
import { createChangeConfiguration } from './stores/configuration/change-configuration.ts';
import { createKeyReads } from './stores/configuration/key-store.ts';
import { createLayoutReads } from './stores/configuration/layout-store.ts';
import { createMeterReads } from './stores/configuration/meter-reads.ts';
import { createSettingsReads } from './stores/configuration/settings-store.ts';
import { createSiteReads } from './stores/configuration/site-reads.ts';
import { createSupplyReads } from './stores/configuration/supply-store.ts';
import { createTargetReads } from './stores/configuration/target-store.ts';
import type { Database } from './stores/database.ts';
import { makeEstateReader } from './stores/estate-reader.ts';
import { makeEstimatesStore } from './stores/estimates/estimates-store.ts';
import { makeEvidenceReader } from './stores/evidence-reader.ts';
import { createFactorEvents } from './stores/factor-events.ts';
import { makeFactorFileReader } from './stores/factor-files/factor-file-reader.ts';
import { createFactorStore } from './stores/factor-store.ts';
import { createFindKey } from './stores/find-key.ts';
import { makeCalorificStore } from './stores/gas/calorific-store.ts';
import { makeConversionsReader } from './stores/gas/conversions-reader.ts';
import { makeGasDerivation } from './stores/gas/gas-derivation.ts';
import { makeIntensityStore } from './stores/grid/intensity-store.ts';
import { createIsReady } from './stores/is-ready.ts';
import { makeKeptTotalsReader } from './stores/kept-totals-reader.ts';
import { makeLineEvidenceReader } from './stores/line-evidence-reader.ts';
import { createOfficialRowStore } from './stores/official-row-store.ts';
import { makeClock } from './stores/past/clock-reader.ts';
import { createPastStore } from './stores/past/past-store.ts';
import { makeAreaTableStore } from './stores/places/area-table-store.ts';
import { makePlacesReader } from './stores/places/places-reader.ts';
import { withoutEstimates } from './stores/queries/without-estimates-query.ts';
import { makeReadingsStore } from './stores/readings/readings-store.ts';
import { createReadServers } from './stores/reads/read-servers.ts';
import { createStatementStore } from './stores/statements/statement-store.ts';
import { makeStoredDaysReader } from './stores/stored-days-reader.ts';
import { createRemoveKept } from './stores/uploads/remove-kept.ts';
import { createUndoUpload } from './stores/uploads/undo/undo-upload.ts';
import { createUploadIngest } from './stores/uploads/upload-ingest.ts';
import { createUploadStore } from './stores/uploads/upload-store.ts';
import { makeUsageReader } from './stores/usage-reader.ts';
import { makeDegreeDayStore } from './stores/weather/degree-day-store.ts';
import { makeReferenceStore } from './stores/weather/reference-store.ts';
import { makeRespread } from './stores/weather/respread.ts';
import { makeWeatherReader } from './stores/weather/weather-reader.ts';

/** What the application is built from. Everything is ready to use; building opens nothing. */
export type Deps = {
  /** Version of the program, as in its package. */
  version: string;
  now: Now;
  logger: NonNullable<FastifyServerOptions['logger']>;
  /** Whether the database answers. */
  isReady: () => Promise<boolean>;
  access: Access;
  /** Where reads go, and of which moment they are. */
  readServers: ReadServers;
  apiKeys: ApiKeys;
  sites: Sites;
  meters: Meters;
  settings: SettingsService;
  factors: Factors;
  calorificValues: CalorificValues;
  degreeDays: DegreeDays;
  references: References;
  meterTotals: MeterTotalsDeps;
  readings: ReadingsDeps & ReadReadingsDeps;
  figures: FigureDeps;
  /** Where the quantities behind figures come from. */
  lineEvidence: LineEvidenceReader;
  /** Figures that leave the estimates of this service out. */
  figuresWithoutEstimates: FigureDeps;
  dataQuality: DataQualityDeps;
  estimates: EstimateDeps;
  /** What the store held at earlier moments. */
  past: PastStore;
  changeLog: ChangeLog;
  receipts: Receipts;
  statements: Statements;
  targets: Targets;
  projections: Projections;
  scenarios: Scenarios;
  heatNetworks: HeatNetworks;
  instruments: Instruments;
  residualMixes: ResidualMixes;
  otherEmissions: OtherEmissions;
  measures: Measures;
  gridPathways: GridPathways;
  benchmarks: Benchmarks;
  operationalRatings: OperationalRatings;
  certificates: Certificates;
  certificateInputs: CertificateInputs;
  uploads: Uploads;
  /** Removes the bytes of files that were kept for longer than the settings say. */
  removeKeptFiles: RemoveKeptFiles;
  lookAtFile: LookAtFile;
  layouts: Layouts;
  areaTables: AreaTables;
  gridIntensities: GridIntensities;
  /** Carbon intensities of the grid by half-hour. */
  intensities: IntensityStore;
  closures: Closures;
  /** Where sites stand. */
  places: PlacesReader;
  /** Ends the background work on uploads and the thread that reads them; the application calls it when it closes. */
  closeUploads: () => Promise<void>;
};

/** What of the configuration the application itself needs; the rest is used up by the process that starts it. */
export type AppConfig = Pick<Config, 'logLevel'> & { version: string };

/** Work that nobody waits for has no request whose log could tell of it. */
function reportFailure(error: unknown): void {
  console.error('An upload failed in the background:', error);
}

/** Wires stores to services over an open database. The only place where both are known. */
export function makeDeps(database: Omit<Database, 'close'>, config: AppConfig, now: Now): Deps {
  const { pool: primary, snapshots, prisma, connection, replica } = database;
  const reads = createReadServers(primary, snapshots, replica);
  const { pool } = reads;
  const change = createChangeConfiguration(prisma);
  const respread = makeRespread(pool);
  const factorStore = createFactorStore(prisma);
  const { currentEstate } = makeEstateReader(pool);
  const { activeFactorSets } = makeActiveFactors(pool, (seq) => factorStore.activeFactorSets(seq));
  const places = makePlacesReader(pool);
  const closures = makeClosureStore(pool);
  const intensities = makeIntensityStore(pool);
  const deprivation = deprivationAt(places, null);
  const supplyReads = createSupplyReads(prisma);
  const figures: FigureDeps = {
    now,
    currentEstate,
    activeFactorSets,
    factorVersion: (id, version) => factorStore.factorVersion(id, version),
    usage: makeUsageReader(pool),
    weather: makeWeatherReader(pool),
    deprivation,
    otherEmissions: () => supplyReads.all('other-emission', null),
  };
  const freshPast = () => createPastStore(pool, makeClock(primary, reads), factorStore, supplyReads);
  const past = freshPast();
  const targetReads = createTargetReads(prisma);
  const factorReads = { ...factorStore, ...createOfficialRowStore(prisma), ...createFactorEvents(prisma) };
  const targets = createTargets(targetReads, change, figures, past, factorReads);
  const projections = createProjections({ targets, records: supplyReads, figures, past });
  const statementStore = createStatementStore(pool);
  const uploadIngest = createUploadIngest(connection);
  const uploadWork = {
    ingest: uploadIngest.ingest,
    undo: createUndoUpload(pool),
    report: reportFailure,
    pause: systemPause,
  };
  const uploads = createUploads(createUploadStore(pool), uploadWork, now);
  const sites = createSites(createSiteReads(prisma), change, respread);
  const settingsReads = createSettingsReads(prisma);
  const settings = createSettings(settingsReads, change, respread);
  const benchmarks = createBenchmarks(makeBenchmarkStore(pool));
  const certificates = createCertificates({ store: makeCertificateStore(pool), sites, settings, now });
  const closeUploads = async () => {
    uploads.stop();
    await uploadIngest.close();
    await uploads.settled();
  };
  return {
    version: config.version,
    now,
    logger: { level: config.logLevel },
    isReady: createIsReady(pool),
    readServers: reads,
    access: createAccess(createFindKey(pool), now),
    apiKeys: createApiKeys(createKeyReads(prisma), change, now),
    sites,
    meters: createMeters(createMeterReads(prisma), change, makeGasDerivation(pool), respread),
    settings,
    factors: createFactors({
      reads: factorReads,
      change,
      figures,
      targets: targetReads,
      statements: statementStore,
      past,
      readSheets: makeFactorFileReader(),
    }),
    calorificValues: createCalorificValues(makeCalorificStore(pool), now),
    degreeDays: createDegreeDays(makeDegreeDayStore(pool), now),
    references: createReferences(makeReferenceStore(pool)),
    meterTotals: { currentEstate, keptTotals: makeKeptTotalsReader(pool) },
    readings: {
      now,
      currentEstate,
      store: makeReadingsStore(pool),
      storedDays: makeStoredDaysReader(pool),
      conversions: makeConversionsReader(pool),
    },
    figures,
    lineEvidence: makeLineEvidenceReader(pool),
    figuresWithoutEstimates: { ...figures, usage: makeUsageReader(pool, withoutEstimates(null)) },
    estimates: {
      now,
      currentEstate,
      currentClosures: () => closures.current(),
      weather: figures.weather,
      store: makeEstimatesStore(pool),
    },
    dataQuality: { ...figures, evidence: makeEvidenceReader(pool) },
    past,
    changeLog: createChangeLog(makeChangeLogReader(pool), past),
    receipts: createReceipts(past, freshPast),
    targets,
    projections,
    scenarios: createScenarios(projections),
    statements: createStatements({ store: statementStore, targetReads, past, targets }, freshPast),
    heatNetworks: createHeatNetworks(supplyReads, change),
    instruments: createInstruments(supplyReads, change, currentEstate),
    residualMixes: createResidualMixes(supplyReads, change),
    otherEmissions: createOtherEmissions(supplyReads, change, now),
    measures: createMeasures(supplyReads, change),
    gridPathways: createGridPathways(supplyReads, change),
    benchmarks,
    operationalRatings: createOperationalRatings({ now, figures, past, sites, settings, benchmarks }),
    certificates,
    certificateInputs: createCertificateInputs({ now, figures, past, sites, certificates }),
    uploads,
    removeKeptFiles: createRemoveKeptFiles(settingsReads, createRemoveKept(pool), now),
    gridIntensities: createGridIntensities(intensities, now),
    intensities,
    areaTables: createAreaTables(makeAreaTableStore(pool)),
    places,
    closures: createClosures(closures, currentEstate),
    layouts: createLayouts(createLayoutReads(prisma), change),
    lookAtFile: createLookAtFile(uploadIngest.dryRun, now),
    closeUploads,
  };
}
