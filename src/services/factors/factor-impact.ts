import { reportingYearOf } from '../../domain/buckets.ts';
import { localDayOf } from '../../domain/calendar.ts';
import { compareYears } from '../../domain/compare-years.ts';
import type { Decimal } from '../../domain/decimal.ts';
import type { FactorAccount } from '../../domain/factor-account.ts';
import { policyName } from '../../domain/factor-policy.ts';
import type { FactorSet } from '../../domain/factor-set.ts';
import type { FigureQuestion } from '../../domain/figure-question.ts';
import { addDays, later } from '../../domain/local-day.ts';
import type { Period } from '../../domain/period.ts';
import { Refusal } from '../../domain/refusal.ts';
import { answerFigure, type FigureDeps } from '../figures/answer-figure.ts';
import type { TargetReads } from '../target-store.ts';
import type { FactorReads } from './factor-store-port.ts';
import { heldVersion } from './present-version.ts';
import { type StatementChangesDeps, statementChanges } from './statement-changes.ts';
import { targetChanges } from './target-changes.ts';

/** What telling an impact needs. */
export type ImpactDeps = StatementChangesDeps & { reads: FactorReads; figures: FigureDeps; targets: TargetReads };

/** What is asked: which set, the version it would take (null: none, it is withdrawn), for which days and how fine. */
export type ImpactQuestion = {
  set: string;
  version: string | null;
  period: Period | null;
  policy: 'reporting-year' | 'calendar-year' | 'blended';
  bySite: boolean;
};

/** The days a set can matter to: from the reporting year that begins before its own year, to the end of the running one. */
function affectedPeriod(setYear: number, today: string, yearStart: string): Period {
  const first = reportingYearOf(`${setYear - 1}-12-31`, yearStart);
  const last = reportingYearOf(addDays(today, -1), yearStart);
  const span = { start: first.start, end: later(first.end, last.end) };
  return { ...span, label: `${span.start}/${span.end}` };
}

function question(period: Period, { policy, bySite }: ImpactQuestion): FigureQuestion {
  return {
    period,
    interval: 'reporting-year',
    groupBy: bySite ? ['site', 'activity', 'scope', 'line'] : ['activity', 'scope', 'line'],
    sites: [],
    meters: [],
    activities: [],
    scopes: [],
    lines: [],
    policy: { kind: policy },
    gas: 'co2e',
  };
}

const number = (value: Decimal | null | undefined): number | null => value?.toNumber() ?? null;

function changedFactors(before: FactorSet | undefined, after: FactorSet | undefined): FactorAccount['factors'] {
  const keys = new Set([...(before?.factors.keys() ?? []), ...(after?.factors.keys() ?? [])]);
  return [...keys].sort().flatMap((key) => {
    const [old, now] = [before?.factors.get(key), after?.factors.get(key)];
    const [was, is] = [number(old?.kgCo2e), number(now?.kgCo2e)];
    return was === is ? [] : [{ key, unit: (now ?? old)?.unit ?? '', before: was, after: is }];
  });
}

/** The sets in use with one of them in another version, or without it. */
function exchanged(sets: readonly FactorSet[], id: string, version: FactorSet | null): readonly FactorSet[] {
  const others = sets.filter((set) => set.id !== id);
  return (version === null ? others : [...others, version]).sort((a, b) => a.year - b.year);
}

/**
 * What bringing a version of a factor set into use would change: factors, figures of each reporting year by line and, where
 * asked, by site, targets, and published statements. Computed from the same figures as every answer, with the present sets
 * and with the changed ones; nothing is stored.
 * @throws Refusal `not-found` for an unknown set or version, `invalid-period` for a period that is too long.
 */
export async function factorImpact(deps: ImpactDeps, asked: ImpactQuestion): Promise<FactorAccount> {
  const { reads, figures, targets } = deps;
  const [estate, active] = await Promise.all([figures.currentEstate(), figures.activeFactorSets()]);
  const present = active.find(({ id }) => id === asked.set);
  if (asked.version !== null) await heldVersion(reads, asked.set, asked.version);
  const version = asked.version === null ? null : await reads.factorVersion(asked.set, asked.version);
  const year = version?.year ?? present?.year;
  if (year === undefined) throw new Refusal('not-found', `no version of '${asked.set}' is in use`);
  const after = exchanged(active, asked.set, version);
  const frozen: FigureDeps = { ...figures, currentEstate: async () => estate };
  const [withPresent, withVersion] = [active, after].map(
    (sets): FigureDeps => ({ ...frozen, activeFactorSets: async () => sets }),
  ) as [FigureDeps, FigureDeps];
  const { reportingYearStart } = estate.settings;
  const period = asked.period ?? affectedPeriod(year, localDayOf(figures.now()), reportingYearStart);
  const figureOf = async (given: FigureDeps) => (await answerFigure(given, question(period, asked))).figure;
  return {
    set: asked.set,
    fromVersion: present?.version ?? null,
    toVersion: version?.version ?? null,
    policy: policyName({ kind: asked.policy }),
    seq: estate.seq,
    factors: changedFactors(present, version ?? undefined),
    years: compareYears(await figureOf(withPresent), await figureOf(withVersion)),
    targets: await targetChanges(targets, deps.past, withPresent, withVersion),
    statements: await statementChanges(deps, withPresent, withVersion),
  };
}
