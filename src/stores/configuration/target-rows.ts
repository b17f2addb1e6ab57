import type { Line } from '../../domain/activities.ts';
import type { TargetOffset } from '../../domain/targets/offset.ts';
import type { StatedBaseYear } from '../../domain/targets/recalculation.ts';
import type { Target } from '../../domain/targets/target.ts';
import { Prisma } from '../prisma-client/client.ts';

/** What is read of a target: its current version. */
export const CURRENT_TARGET = { versions: { where: { supersededBy: null } } } as const satisfies Prisma.TargetInclude;

type Row = Prisma.TargetGetPayload<{ include: typeof CURRENT_TARGET }>;

/** A target from its rows; null when it has no current version. The JSON columns were checked when they were written. */
export function fromTargetRow({ key, versions: [version] }: Row): Target | null {
  if (version === undefined) return null;
  return {
    key,
    name: version.name,
    status: version.status as Target['status'],
    source: version.source,
    notes: version.notes,
    boundary: version.boundary as Target['boundary'],
    gas: version.gas as Target['gas'],
    scopes: version.scopes as Target['scopes'],
    lines: version.lines as Line[],
    basis: version.basis as Target['basis'],
    factors: version.factors as Target['factors'],
    yearBasis: version.yearBasis as Target['yearBasis'],
    path: version.path as Target['path'],
    yearlyReductionPercent: version.yearlyReductionPercent?.toNumber() ?? null,
    allowances: version.allowances as Target['allowances'],
    baseline: version.baseline as Target['baseline'],
    milestones: version.milestones as Target['milestones'],
    budgets: version.budgets as Target['budgets'],
    rebasing: version.rebasing as Target['rebasing'],
    otherEmissions: version.otherEmissions,
    recalculations: version.recalculations as StatedBaseYear[],
    offsets: version.offsets as TargetOffset[],
    adoptedOn: version.adoptedOn,
    supersededOn: version.supersededOn,
    supersededBy: version.supersededByTarget,
  };
}

/** The row of a new version of a target. */
export function toTargetVersionRow(
  targetId: number,
  changeId: bigint,
  { key: _key, rebasing, recalculations, offsets, supersededBy, ...fields }: Target,
): Prisma.TargetVersionUncheckedCreateInput {
  return {
    ...{ targetId, changeId, ...fields },
    recalculations: [...recalculations],
    offsets: [...offsets],
    supersededByTarget: supersededBy,
    rebasing: rebasing ?? Prisma.DbNull,
  };
}
