import type { Json } from '../../domain/canonical-json.ts';
import type { Decimal } from '../../domain/decimal.ts';
import { parsePeriod } from '../../domain/period.ts';
import { statedKg } from '../../domain/receipt-content.ts';
import { publicSite, type SiteFacts } from '../../domain/statements/content.ts';
import type { StatementDraft } from '../../domain/statements/statement.ts';
import type { Recalculation } from '../../domain/targets/recalculation.ts';
import type { TargetYear } from '../targets/judge-years.ts';
import type { Targets } from '../targets/targets.ts';

/** The year of a target that is the period of a statement. */
export function yearOf(years: readonly TargetYear[], draft: Pick<StatementDraft, 'period'>): TargetYear | null {
  const { start, end } = parsePeriod(draft.period, '/period');
  return years.find(({ period }) => period.start === start && period.end === end) ?? null;
}

function nameOf(site: string, facts: ReadonlyMap<string, SiteFacts>): string {
  const named = publicSite(site, facts);
  return facts.get(named)?.name ?? named;
}

/** A baseline with what transfers did to it: original, recalculated, and each event (rule D5). */
function recalculationJson(recalculation: Recalculation, facts: ReadonlyMap<string, SiteFacts>): Json {
  const { status, originalKg, baselineKg, sites } = recalculation;
  return {
    status,
    original: statedKg(originalKg),
    recalculated: statedKg(baselineKg),
    events: sites.flatMap(({ site, changes, effectKg, evidence }) =>
      changes.map(({ on, reason, direction }) => ({
        ...{ site: publicSite(site, facts), name: nameOf(site, facts), on, reason, direction, evidence },
        effectOfSite: effectKg === null ? null : statedKg(effectKg),
      })),
    ),
  };
}

/** Kilograms to the gram; null where there is no amount. */
const stated = (kg: Decimal | null | undefined): string | null => (kg == null ? null : statedKg(kg).kgCo2e);

/** The target that a statement names, as it stands at an instant for the period; null where none is named. */
export async function statedTarget(
  targets: Pick<Targets, 'progress'>,
  draft: StatementDraft,
  instant: string,
  facts: ReadonlyMap<string, SiteFacts>,
): Promise<Json> {
  if (draft.target === null) return null;
  const progress = await targets.progress(draft.target, instant);
  const { target, startPeriod, startKg, years } = progress;
  const year = yearOf(years, draft);
  return {
    target: target.key,
    name: target.name,
    source: target.source,
    basis: target.basis,
    baseline: {
      period: startPeriod.label,
      kind: target.baseline.kind,
      exactKgCo2e: startKg.toString(),
      recalculation: recalculationJson(year?.recalculation ?? progress.recalculation, facts),
    },
    allowedKgCo2e: stated(year?.allowedKg),
    actualKgCo2e: stated(year?.actualKg),
    comparableKgCo2e: stated(year?.comparableKg),
    // What the amounts hold beside the estate that the statement is about.
    ...(target.otherEmissions.length > 0 && {
      otherEmissions: (year?.covered.lines ?? []).map(({ stated: { line }, kg }) => ({ line, kgCo2e: stated(kg) })),
    }),
    verdict: year?.verdict?.status ?? null,
    reasons: year?.verdict?.reasons ?? [],
  };
}
