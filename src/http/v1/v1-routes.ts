import type { FastifyPluginAsync } from 'fastify';
import type { Deps } from '../../deps.ts';
import { AsOfSchema } from '../schemas/as-of.ts';
import { figureAtomSchemas } from '../schemas/figure-atoms.ts';
import { apiKeyRoutes } from './api-keys/routes.ts';
import { apiKeySchemas } from './api-keys/schemas.ts';
import { areaTableRoutes } from './area-tables/routes.ts';
import { areaTableSchemas } from './area-tables/schemas.ts';
import { balanceRoutes } from './balance/routes.ts';
import { balanceSchemas } from './balance/schemas.ts';
import { benchmarkRoutes } from './benchmarks/routes.ts';
import { benchmarkSchemas } from './benchmarks/schemas.ts';
import { calorificRoutes } from './calorific-values/routes.ts';
import { calorificSchemas } from './calorific-values/schemas.ts';
import { certificateInputRoutes } from './certificate-input/routes.ts';
import { certificateInputSchemas } from './certificate-input/schemas.ts';
import { certificateRoutes } from './certificates/routes.ts';
import { certificateSchemas } from './certificates/schemas.ts';
import { changeRoutes } from './change/routes.ts';
import { changeSchemas } from './change/schemas.ts';
import { changeLogRoutes } from './changes/routes.ts';
import { changeLogSchemas } from './changes/schemas.ts';
import { closureRoutes } from './closures/routes.ts';
import { closureSchemas } from './closures/schemas.ts';
import { dataQualityRoutes } from './data-quality/routes.ts';
import { dataQualitySchemas } from './data-quality/schemas.ts';
import { degreeDayRoutes } from './degree-days/routes.ts';
import { degreeDaySchemas } from './degree-days/schemas.ts';
import { estimateRoutes } from './estimates/routes.ts';
import { estimateSchemas } from './estimates/schemas.ts';
import { impactSchemas } from './factors/impact-schemas.ts';
import { factorRoutes } from './factors/routes.ts';
import { factorSchemas } from './factors/schemas.ts';
import { setSchemas } from './factors/set-schemas.ts';
import { factorUploadRoutes } from './factors/upload-routes.ts';
import { factorUploadSchemas } from './factors/upload-schemas.ts';
import { factorVersionRoutes } from './factors/version-routes.ts';
import { explanationRoutes } from './figures/explanation-routes.ts';
import { explanationSchemas } from './figures/explanation-schemas.ts';
import { figureRoutes } from './figures/routes.ts';
import { figureSchemas } from './figures/schemas.ts';
import { footprintRoutes } from './footprint/routes.ts';
import { footprintSchemas } from './footprint/schemas.ts';
import { gridIntensityRoutes } from './grid-intensity/routes.ts';
import { gridIntensitySchemas } from './grid-intensity/schemas.ts';
import { gridPathwayRoutes } from './grid-pathways/routes.ts';
import { gridPathwaySchemas } from './grid-pathways/schemas.ts';
import { heatNetworkRoutes } from './heat-networks/routes.ts';
import { heatNetworkSchemas } from './heat-networks/schemas.ts';
import { instrumentRoutes } from './instruments/routes.ts';
import { instrumentSchemas } from './instruments/schemas.ts';
import { intensityRoutes } from './intensity/routes.ts';
import { intensitySchemas } from './intensity/schemas.ts';
import { layoutRoutes } from './layouts/routes.ts';
import { layoutSchemas } from './layouts/schemas.ts';
import { measureRoutes } from './measures/routes.ts';
import { measureSchemas } from './measures/schemas.ts';
import { meterTotalsRoutes } from './meter-totals/routes.ts';
import { meterTotalsSchemas } from './meter-totals/schemas.ts';
import { meterRoutes } from './meters/routes.ts';
import { meterSchemas } from './meters/schemas.ts';
import { operationalRatingRoutes } from './operational-ratings/routes.ts';
import { operationalRatingSchemas } from './operational-ratings/schemas.ts';
import { otherEmissionRoutes } from './other-emissions/routes.ts';
import { otherEmissionSchemas } from './other-emissions/schemas.ts';
import { projectionRoutes } from './projections/routes.ts';
import { projectionSchemas } from './projections/schemas.ts';
import { readingRoutes } from './readings/routes.ts';
import { readingsSchemas } from './readings/schemas.ts';
import { receiptRoutes } from './receipts/routes.ts';
import { receiptSchemas } from './receipts/schemas.ts';
import { referenceRoutes } from './reference-degree-days/routes.ts';
import { referenceSchemas } from './reference-degree-days/schemas.ts';
import { residualMixRoutes } from './residual-mixes/routes.ts';
import { residualMixSchemas } from './residual-mixes/schemas.ts';
import { scenarioRoutes } from './scenarios/routes.ts';
import { scenarioSchemas } from './scenarios/schemas.ts';
import { settingsRoutes } from './settings/routes.ts';
import { settingsSchemas } from './settings/schemas.ts';
import { siteRoutes } from './sites/routes.ts';
import { siteSchemas } from './sites/schemas.ts';
import { statementReadingRoutes } from './statements/reading-routes.ts';
import { RestatementSchema } from './statements/restatement-schemas.ts';
import { statementRoutes } from './statements/routes.ts';
import { statementSchemas } from './statements/schemas.ts';
import { StatementVerificationSchema } from './statements/verification-schemas.ts';
import { allocationRoutes } from './targets/allocation-routes.ts';
import { allocationSchemas } from './targets/allocation-schemas.ts';
import { TargetAmountPartSchema } from './targets/covered-parts.ts';
import { offsetRoutes } from './targets/offset-routes.ts';
import { offsetSchemas } from './targets/offset-schemas.ts';
import { progressSchemas } from './targets/progress-schemas.ts';
import { recalculationRoutes } from './targets/recalculation-routes.ts';
import { recalculationSchemas } from './targets/recalculation-schemas.ts';
import { targetRoutes } from './targets/routes.ts';
import { targetSchemas } from './targets/schemas.ts';
import { uploadAfterwardsRoutes } from './uploads/afterwards-routes.ts';
import { dryRunSchemas } from './uploads/dry-run-schemas.ts';
import { uploadEventRoutes } from './uploads/event-routes.ts';
import { uploadListSchemas } from './uploads/list-schemas.ts';
import { uploadReadingRoutes } from './uploads/reading-routes.ts';
import { uploadRoutes } from './uploads/routes.ts';
import { uploadSchemas } from './uploads/schemas.ts';
import { weatherFitRoutes } from './weather-fits/routes.ts';
import { weatherFitSchemas } from './weather-fits/schemas.ts';

/** The named components of every resource. Added in one place, so that all routes share one pair of validators. */
const COMPONENTS = [
  ...siteSchemas,
  ...meterSchemas,
  ...settingsSchemas,
  ...factorSchemas,
  ...factorUploadSchemas,
  ...setSchemas,
  ...impactSchemas,
  ...calorificSchemas,
  ...degreeDaySchemas,
  ...referenceSchemas,
  ...closureSchemas,
  ...weatherFitSchemas,
  ...apiKeySchemas,
  ...figureAtomSchemas,
  AsOfSchema,
  ...figureSchemas,
  ...explanationSchemas,
  ...changeSchemas,
  ...changeLogSchemas,
  ...receiptSchemas,
  ...balanceSchemas,
  ...readingsSchemas,
  ...meterTotalsSchemas,
  ...dataQualitySchemas,
  ...estimateSchemas,
  ...statementSchemas,
  RestatementSchema,
  StatementVerificationSchema,
  ...targetSchemas,
  ...offsetSchemas,
  TargetAmountPartSchema,
  ...progressSchemas,
  ...allocationSchemas,
  ...recalculationSchemas,
  ...otherEmissionSchemas,
  ...footprintSchemas,
  ...measureSchemas,
  ...gridPathwaySchemas,
  ...projectionSchemas,
  ...scenarioSchemas,
  ...uploadSchemas,
  ...uploadListSchemas,
  ...layoutSchemas,
  ...heatNetworkSchemas,
  ...instrumentSchemas,
  ...residualMixSchemas,
  ...dryRunSchemas,
  ...areaTableSchemas,
  ...intensitySchemas,
  ...gridIntensitySchemas,
  ...benchmarkSchemas,
  ...operationalRatingSchemas,
  ...certificateSchemas,
  ...certificateInputSchemas,
];

/** Everything under /v1: each resource is one line of components above and one of routes here. */
export const v1Routes: FastifyPluginAsync<{ deps: Deps }> = async (app, { deps }) => {
  const {
    apiKeys,
    dataQuality,
    factors,
    figures,
    layouts,
    lookAtFile,
    meters,
    now,
    past,
    readings,
    settings,
    sites,
    targets,
    uploads,
  } = deps;
  for (const component of COMPONENTS) app.addSchema(component);
  await app.register(siteRoutes, { sites, now, past });
  await app.register(meterRoutes, { meters, now, past });
  await app.register(meterTotalsRoutes, { totals: deps.meterTotals });
  await app.register(readingRoutes, { readings, past });
  await app.register(uploadRoutes, { uploads, lookAtFile, close: deps.closeUploads });
  await app.register(uploadReadingRoutes, { uploads });
  await app.register(uploadAfterwardsRoutes, { uploads });
  await app.register(uploadEventRoutes, { uploads });
  await app.register(layoutRoutes, { records: layouts, now, past });
  const figureDeps = {
    figures,
    figuresWithoutEstimates: deps.figuresWithoutEstimates,
    lineEvidence: deps.lineEvidence,
    past,
  };
  await app.register(figureRoutes, figureDeps);
  await app.register(explanationRoutes, figureDeps);
  await app.register(changeRoutes, figureDeps);
  await app.register(changeLogRoutes, { changeLog: deps.changeLog });
  await app.register(receiptRoutes, { receipts: deps.receipts });
  await app.register(heatNetworkRoutes, { records: deps.heatNetworks, now, past });
  await app.register(instrumentRoutes, { records: deps.instruments, now, past });
  await app.register(residualMixRoutes, { records: deps.residualMixes, now, past });
  await app.register(dataQualityRoutes, { dataQuality, past });
  await app.register(balanceRoutes, { figures, past });
  await app.register(estimateRoutes, { estimates: deps.estimates });
  await app.register(statementRoutes, { statements: deps.statements });
  await app.register(statementReadingRoutes, { statements: deps.statements });
  await app.register(targetRoutes, { targets, now, past });
  await app.register(allocationRoutes, { targets });
  await app.register(recalculationRoutes, { targets });
  await app.register(offsetRoutes, { targets });
  await app.register(otherEmissionRoutes, { otherEmissions: deps.otherEmissions, now, past });
  await app.register(footprintRoutes, figureDeps);
  await app.register(projectionRoutes, { projections: deps.projections });
  await app.register(scenarioRoutes, { scenarios: deps.scenarios });
  await app.register(gridPathwayRoutes, { records: deps.gridPathways, now, past });
  await app.register(measureRoutes, { records: deps.measures, now, past });
  await app.register(factorRoutes, { factors });
  await app.register(factorUploadRoutes, { factors });
  await app.register(factorVersionRoutes, { factors });
  await app.register(calorificRoutes, { calorificValues: deps.calorificValues, past });
  await app.register(gridIntensityRoutes, {
    gridIntensities: deps.gridIntensities,
    intensities: deps.intensities,
    readings,
    past,
  });
  await app.register(intensityRoutes, { figures, places: deps.places, past });
  await app.register(areaTableRoutes, { areaTables: deps.areaTables, places: deps.places, past, now });
  await app.register(degreeDayRoutes, { degreeDays: deps.degreeDays, past });
  await app.register(referenceRoutes, { references: deps.references, past });
  await app.register(closureRoutes, { records: deps.closures, now, past });
  await app.register(weatherFitRoutes, { figures, past });
  await app.register(benchmarkRoutes, { benchmarks: deps.benchmarks, past });
  await app.register(operationalRatingRoutes, { ratings: deps.operationalRatings });
  await app.register(certificateRoutes, { certificates: deps.certificates, now, past });
  await app.register(certificateInputRoutes, { inputs: deps.certificateInputs });
  await app.register(settingsRoutes, { settings, now, past });
  await app.register(apiKeyRoutes, { apiKeys, now });
};
