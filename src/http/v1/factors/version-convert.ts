import type { AsOf } from '../../../domain/as-of.ts';
import type { EnteredSet } from '../../../domain/entered-set.ts';
import type { FactorAccount } from '../../../domain/factor-account.ts';
import type { FactorSetSummary } from '../../../domain/factor-set-summary.ts';
import type { FactorEvent } from '../../../services/factors/factor-store-port.ts';
import { withoutNulls } from '../../without-nulls.ts';
import { toFactorSetOutput } from './convert.ts';
import type { FactorImpactOutput, FactorSetHistoryOutput } from './impact-schemas.ts';
import type { FactorSetInput } from './set-schemas.ts';

/** An entered version from its body. */
export function fromFactorSetInput(id: string, version: string, input: FactorSetInput): EnteredSet {
  const { title = id, publishedOn = null, basedOn = null, publisher, gwp, licence, source } = input;
  return {
    ...{ id, version, title, publisher, publishedOn, gwp, licence, source, basedOn },
    factors: input.factors.map((factor) => ({
      key: factor.key,
      kgCo2e: factor.kgCo2e,
      kgCo2: factor.kgCo2 ?? null,
      kgCh4Co2e: factor.kgCh4Co2e ?? null,
      kgN2oCo2e: factor.kgN2oCo2e ?? null,
      unit: factor.unit ?? null,
      name: factor.name ?? null,
      source: factor.source ?? null,
      notes: factor.notes ?? null,
    })),
  };
}

/** What a version changes, for its answer. */
export function toImpactOutput({
  factors,
  years,
  targets,
  statements = [],
  ...rest
}: FactorAccount): FactorImpactOutput {
  return {
    ...rest,
    factors: [...factors],
    years: years.map((year) => ({ ...year, lines: [...year.lines] })),
    targets: targets.map((target) => ({ ...target, years: [...target.years] })),
    statements: statements.map((statement) => ({ ...statement, figures: [...statement.figures] })),
  };
}

/** A set with its versions and changes, for its answer. */
export function toHistoryOutput(
  id: string,
  { items, events, asOf }: { items: readonly FactorSetSummary[]; events: readonly FactorEvent[]; asOf: AsOf | null },
): FactorSetHistoryOutput {
  return {
    id,
    versions: items.map(toFactorSetOutput),
    changes: events.map(({ seq, recordedAt, principal, kind, version, reason, account }) =>
      withoutNulls({
        ...{ seq, principal, kind, version, reason },
        recordedAt: recordedAt.toISOString(),
        impact: account === null ? null : toImpactOutput(account),
      }),
    ),
    ...(asOf !== null && { asOf }),
  };
}
