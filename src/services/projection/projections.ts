import type { AsOf } from '../../domain/as-of.ts';
import type { Measure } from '../../domain/measures/measure.ts';
import type { GridPathway } from '../../domain/projection/grid-pathway.ts';
import { Refusal } from '../../domain/refusal.ts';
import type { FigureDeps } from '../figures/answer-figure.ts';
import { figuresAt, knowledgeOf, momentAsked } from '../past/known-at.ts';
import type { PastStore } from '../past/past-store.ts';
import type { SupplyReads } from '../supply/supply-store.ts';
import { frozenFigures } from '../targets/frozen-baseline.ts';
import type { Targets } from '../targets/targets.ts';
import type { CarryAsked } from './carried-series.ts';
import { type Projection, projectTarget } from './project-target.ts';

/** Which measures are counted: all that stand, all that are planned, none, or those that are named. */
export type MeasuresAsked = 'all' | 'planned' | 'none' | readonly string[];

/** What a projection is asked with. `besides` are measures that are counted whatever else is asked for. */
export type ProjectionQuestion = CarryAsked & {
  gridPathway: string | null;
  measures: MeasuresAsked;
  besides: 'planned' | 'none';
};

/** Whether a measure is among those that are asked for. */
export function isAsked(asked: MeasuresAsked, { key, status }: Pick<Measure, 'key' | 'status'>): boolean {
  if (asked === 'all' || asked === 'none') return asked === 'all';
  return asked === 'planned' ? status === 'planned' : asked.includes(key);
}

/** A projection with the moment it was asked for. */
export type KnownProjection = Projection & { asOf: AsOf | null; question: ProjectionQuestion };

/** Targets carried on to their milestones. */
export type Projections = {
  /** @throws Refusal `unknown-target`, `unknown-measure`, `unknown-grid-pathway`; as `projectTarget` does. */
  project(target: string, question: ProjectionQuestion, asOf?: string): Promise<KnownProjection>;
};

/** What projections need. */
export type ProjectionDeps = {
  targets: Pick<Targets, 'get'>;
  records: Pick<SupplyReads, 'all' | 'find'>;
  figures: FigureDeps;
  past: PastStore;
};

function refuseUnknown(asked: MeasuresAsked, all: readonly Measure[]): void {
  if (typeof asked === 'string') return;
  const unknown = asked.filter((key) => all.every((measure) => measure.key !== key));
  const faults = unknown.map((key) => {
    return { pointer: '?measures', code: 'unknown-measure', detail: `there is no measure '${key}'` };
  });
  if (faults[0] !== undefined) throw new Refusal('unknown-measure', faults[0].detail, faults);
}

async function measuresOf(
  { records }: ProjectionDeps,
  { measures, besides }: ProjectionQuestion,
  seq: string | null,
): Promise<Measure[]> {
  if (measures === 'none' && besides === 'none') return [];
  const all = await records.all('measure', seq);
  refuseUnknown(measures, all);
  return all.filter((measure) => isAsked(measures, measure) || isAsked(besides, measure));
}

async function pathwayOf(
  { records }: ProjectionDeps,
  key: string | null,
  seq: string | null,
): Promise<GridPathway | null> {
  if (key === null) return null;
  const found = await records.find('grid-pathway', key, seq);
  if (found !== null) return found;
  const detail = `there is no grid pathway '${key}'`;
  throw new Refusal('unknown-grid-pathway', detail, [
    { pointer: '?gridPathway', code: 'unknown-grid-pathway', detail },
  ]);
}

/** Builds the use cases of projections. All that they rest on is read as it stood at the moment that is asked for. */
export function createProjections(deps: ProjectionDeps): Projections {
  const { targets, figures, past } = deps;
  return {
    async project(key, question, asOf) {
      const moment = await momentAsked(past, asOf);
      const knowledge = knowledgeOf(moment, figures.now);
      const { seq } = knowledge;
      const target = await targets.get(key, knowledge);
      const [measures, pathway] = await Promise.all([
        measuresOf(deps, question, seq),
        pathwayOf(deps, question.gridPathway, seq),
      ]);
      const known = moment === null ? figures : figuresAt(past, moment);
      const frozen = await frozenFigures(past, target);
      const projection = await projectTarget(known, target, frozen, { ...question, measures, pathway });
      return { ...projection, asOf: knowledge.asOf, question };
    },
  };
}
