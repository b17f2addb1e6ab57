import { LINES, type Line } from '../../domain/activities.ts';
import type { Json } from '../../domain/canonical-json.ts';
import { CHECKS, type Finding } from '../../domain/checks/finding.ts';
import { inForce } from '../../domain/dated.ts';
import { figureNotices } from '../../domain/figure-notices.ts';
import type { FigureQuestion } from '../../domain/figure-question.ts';
import { addDays } from '../../domain/local-day.ts';
import { parsePeriod } from '../../domain/period.ts';
import { scopeTotals } from '../../domain/receipt-content.ts';
import { rowCoverage } from '../../domain/row-sums.ts';
import { blockersOf } from '../../domain/statements/blockers.ts';
import {
  editionRows,
  intensityOf,
  lineRows,
  policyWording,
  quantityRows,
  type SiteFacts,
  siteRows,
} from '../../domain/statements/content.ts';
import type { Blocker, StatementDraft } from '../../domain/statements/statement.ts';
import { answerDataQuality, type DataQualityDeps } from '../data-quality/answer-data-quality.ts';
import { type Explained, explainAnswer, withEvidence } from '../figures/explain-figure.ts';
import { figuresAt, type Moment } from '../past/known-at.ts';
import type { PastStore } from '../past/past-store.ts';
import { knowledgeOf } from '../receipts/receipts.ts';
import type { Targets } from '../targets/targets.ts';
import type { StatementFacts, StatementStore } from './statement-store.ts';

/** What composing a statement reads. */
export type ComposeDeps = {
  store: Pick<StatementStore, 'factsAt'>;
  past: PastStore;
  evidence: DataQualityDeps['evidence'];
  targets: Targets;
};

/** The figures of a statement with all that follows from the data, and what stands against publishing it. */
export type Composed = { explained: Explained; figures: { readonly [member: string]: Json }; blockers: Blocker[] };

/** The question that a statement answers. */
export function statementQuestion(draft: StatementDraft): FigureQuestion {
  const { period, policy, sites, reportedLines } = draft;
  return {
    period: parsePeriod(period, '/period'),
    interval: 'total',
    groupBy: [],
    sites,
    meters: [],
    activities: [],
    scopes: [],
    lines: reportedLines.includes('all') ? [...LINES] : (reportedLines as Line[]),
    policy: { kind: policy },
    gas: 'co2e',
  };
}

function siteFacts({ sites }: StatementFacts, lastDay: string): ReadonlyMap<string, SiteFacts> {
  return new Map(
    [...sites].map(([key, { name, disclosure, areas }]) => [
      key,
      { name, isNamed: disclosure === 'public', areaM2: inForce(areas, lastDay)?.areaM2 ?? null },
    ]),
  );
}

async function targetOf(deps: ComposeDeps, draft: StatementDraft, instant: string): Promise<Json> {
  if (draft.target === null) return null;
  const { target, startPeriod, startKg, years } = await deps.targets.progress(draft.target, instant);
  const period = parsePeriod(draft.period, '/period');
  const year = years.find(
    (candidate) => candidate.period.start === period.start && candidate.period.end === period.end,
  );
  return {
    target: target.key,
    name: target.name,
    source: target.source,
    baseline: { period: startPeriod.label, exactKgCo2e: startKg.toString() },
    allowedKgCo2e: year?.allowedKg.toFixed(3) ?? null,
    actualKgCo2e: year?.actualKg?.toFixed(3) ?? null,
    verdict: year?.verdict?.status ?? null,
  };
}

/** Findings that nobody has resolved, by how they are to be taken. */
function countOpen(findings: readonly Finding[]): Json {
  const count = (severity: string): number => findings.filter(({ check }) => CHECKS[check] === severity).length;
  return { suspects: count('suspect'), conflicts: count('conflict'), unreconciled: count('unreconciled') };
}

/** Answers a statement's question at a moment, with everything it states beside the figures. */
export async function composeFigures(deps: ComposeDeps, draft: StatementDraft, moment: Moment): Promise<Composed> {
  const question = statementQuestion(draft);
  const figures = figuresAt(deps.past, moment);
  const [explained, facts, quality] = await Promise.all([
    explainAnswer(figures, question),
    deps.store.factsAt(moment.reading.seq),
    answerDataQuality({ ...figures, evidence: deps.evidence }, question),
  ]);
  const { lines, answer } = explained;
  const { evidence } = await withEvidence(deps.past.lineEvidenceAt(moment.reading.seq), explained, lines);
  const { figure, estate, plan, sets, today } = answer;
  const { total } = figure;
  const sites = siteFacts(facts, addDays(question.period.end, -1));
  const conflicts = quality.findings.filter(({ check }) => CHECKS[check] === 'conflict');
  const excluded = [...figure.excludedLines].filter((line) => !total.lines.has(line));
  const blockers = blockersOf({
    period: question.period,
    today,
    settings: estate.settings,
    coverage: rowCoverage(total),
    provisional: [...total.provisional].sort(),
    incomplete: total.incomplete,
    included: total.lines,
    excluded: figure.excludedLines,
    conflicts: conflicts.map(({ meter, start, detail }) => `${meter} from ${start}: ${detail}`),
  });
  return {
    explained,
    blockers,
    figures: {
      organisation: facts.organisation,
      period: { ...question.period },
      knowledge: knowledgeOf(moment),
      methods: {
        factorPolicy: draft.policy,
        factorPolicyMeans: policyWording(draft.policy, question.period),
        reportingYearStart: estate.settings.reportingYearStart,
        factors: 'as stored in the official file to ten significant digits, not as displayed',
        lines: { included: LINES.filter((line) => total.lines.has(line)), excluded },
        scope2: 'location-based',
        gas: 'CO2e; CO2 of biogenic origin apart, in no total',
        editions: editionRows(lines, sets),
      },
      totals: scopeTotals(lines),
      byLine: lineRows(lines),
      bySite: siteRows(lines, sites),
      intensity: intensityOf(lines, sites),
      quantities: quantityRows(lines, evidence),
      dataQuality: {
        coverage: rowCoverage(total) as Json,
        unresolved: countOpen(quality.findings),
        intervalsChecked: quality.intervalsChecked,
        provisional: [...total.provisional].sort(),
        notQuantified: [...total.notQuantified].map(([line, reason]) => ({ line, reason })),
        carriedForward: [...total.carriedForward.values()],
      },
      notices: figureNotices(question, estate, plan, sets, today, true),
      target: await targetOf(deps, draft, moment.instant),
    },
  };
}
