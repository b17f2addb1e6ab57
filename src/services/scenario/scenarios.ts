import { groupBy } from '../../domain/group-by.ts';
import type { Measure } from '../../domain/measures/measure.ts';
import { Refusal } from '../../domain/refusal.ts';
import type { MeasureOrder } from '../../domain/scenario/rank-measures.ts';
import { LIMITS } from '../../limits.ts';
import { isAsked, type KnownProjection, type ProjectionQuestion, type Projections } from '../projection/projections.ts';
import { type Scenario, scenarioOf } from './scenario-of.ts';

/** What a scenario is asked with. */
export type ScenarioQuestion = Omit<ProjectionQuestion, 'besides'> & {
  /** What the set is compared with: no measures, or those that are planned, which are then on both sides. */
  against: 'none' | 'planned';
  order: MeasureOrder;
};

/** A scenario with the moment it was asked for, and what was asked. */
export type KnownScenario = Scenario & { asOf: KnownProjection['asOf']; question: ScenarioQuestion };

/** Targets with sets of measures against the same without them. */
export type Scenarios = {
  /** @throws Refusal as `Projections.project` does; `invalid-request` for more measures than one answer ranks. */
  compare(target: string, question: ScenarioQuestion, asOf?: string): Promise<KnownScenario>;
};

function refuseTooMany(measures: readonly Measure[]): void {
  const { scenarioMeasuresMax, scenarioSiteMeasuresMax } = LIMITS;
  const crowded = [...groupBy(measures, ({ site }) => site)].find(([, own]) => own.length > scenarioSiteMeasuresMax);
  const [site, own = []] = crowded ?? [];
  const found =
    measures.length > scenarioMeasuresMax
      ? `${measures.length} measures are asked for: expected at most ${scenarioMeasuresMax}`
      : `${own.length} measures are asked for at site '${site}': expected at most ${scenarioSiteMeasuresMax}`;
  if (measures.length <= scenarioMeasuresMax && crowded === undefined) return;
  const detail = `${found}; name those that are to be compared`;
  throw new Refusal('invalid-request', detail, [{ pointer: '?measures', code: 'too-many-measures', detail }]);
}

/** Builds the use cases of scenarios: each is a projection, asked once with all measures that it needs. */
export function createScenarios(projections: Projections): Scenarios {
  return {
    async compare(target, question, asOf) {
      const { against, order, measures } = question;
      const projection = await projections.project(target, { ...question, besides: against }, asOf);
      refuseTooMany(projection.measures.applied);
      const scenario = scenarioOf(
        projection,
        (measure) => isAsked(measures, measure) && !isAsked(against, measure),
        order,
      );
      return { ...scenario, asOf: projection.asOf, question };
    },
  };
}
