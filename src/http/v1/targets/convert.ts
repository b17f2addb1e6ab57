import type { Target } from '../../../domain/targets/target.ts';
import type { TargetFilter, TargetVersion } from '../../../services/target-store.ts';
import type { CsvColumn } from '../../csv.ts';
import type { TargetVersionOutput } from './offset-schemas.ts';
import type { TargetInput, TargetOutput, TargetQuery } from './schemas.ts';

/** A target from its request, with what was left out filled in. */
export function fromTargetInput(key: string, input: TargetInput): Target {
  return {
    key,
    name: input.name,
    status: input.status ?? 'adopted',
    boundary: input.boundary as Target['boundary'],
    gas: input.gas ?? 'co2e',
    scopes: [...(input.scopes ?? [])],
    lines: [...(input.lines ?? [])],
    basis: input.basis ?? 'location',
    factors: input.factors ?? 'reporting-year',
    yearBasis: input.yearBasis ?? 'reporting',
    path: input.path ?? 'linear',
    yearlyReductionPercent: input.yearlyReductionPercent ?? null,
    allowances: [...(input.allowances ?? [])] as Target['allowances'],
    baseline: input.baseline as Target['baseline'],
    milestones: input.milestones as Target['milestones'],
    budgets: (input.budgets ?? []) as Target['budgets'],
    otherEmissions: [...(input.otherEmissions ?? [])],
    rebasing: input.rebasing ?? null,
    recalculations: [],
    offsets: [],
    adoptedOn: input.adoptedOn ?? null,
    supersededOn: input.supersededOn ?? null,
    supersededBy: input.supersededBy ?? null,
    source: input.source,
    notes: input.notes ?? null,
  };
}

/** Members that are absent where there is nothing to say. */
function stated<Fields extends object>(fields: Fields): Partial<Fields> {
  const said = Object.entries(fields).filter(
    ([, value]) => value !== null && !(Array.isArray(value) && value.length === 0),
  );
  return Object.fromEntries(said) as Partial<Fields>;
}

/** A target for its answer. */
export function toTargetOutput(target: Target): TargetOutput {
  const { rebasing, notes, yearlyReductionPercent, allowances, otherEmissions, ...rest } = target;
  const { adoptedOn, supersededOn, supersededBy, recalculations: _stated, offsets: _offsets, ...fields } = rest;
  return {
    ...fields,
    ...stated({ adoptedOn, supersededOn, supersededBy }),
    ...stated({ yearlyReductionPercent, allowances, otherEmissions, rebasing, notes }),
  } as TargetOutput;
}

/** A version of a target, for its answer. */
export function toVersion({ from, until, target }: TargetVersion): TargetVersionOutput {
  return { from, until, target: toTargetOutput(target) };
}

export function fromTargetQuery({ status, boundary }: TargetQuery): TargetFilter {
  return { status: status ?? null, boundary: boundary ?? null };
}

export const TARGET_COLUMNS: readonly CsvColumn<TargetOutput>[] = [
  { header: 'key', value: (target) => target.key },
  { header: 'name', value: (target) => target.name },
  { header: 'status', value: (target) => target.status },
  { header: 'adoptedOn', value: (target) => target.adoptedOn },
  { header: 'supersededOn', value: (target) => target.supersededOn },
  { header: 'supersededBy', value: (target) => target.supersededBy },
  { header: 'boundary', value: (target) => target.boundary.kind },
  { header: 'area', value: (target) => target.boundary.name },
  { header: 'gas', value: (target) => target.gas },
  { header: 'baseline', value: (target) => target.baseline.period },
  { header: 'milestones', value: (target) => target.milestones.map((milestone) => milestone.period).join(' ') },
  { header: 'source', value: (target) => target.source },
];
