import { LINES, type Line } from '../../domain/activities.ts';
import type { Json } from '../../domain/canonical-json.ts';
import { CHECKS } from '../../domain/checks/finding.ts';
import { approachesIn } from '../../domain/consolidation.ts';
import { figureNotices } from '../../domain/figure-notices.ts';
import type { FigureQuestion } from '../../domain/figure-question.ts';
import { locationLines } from '../../domain/kg-by-figure.ts';
import { lengthDays } from '../../domain/local-day.ts';
import { parsePeriod } from '../../domain/period.ts';
import { statedTotals } from '../../domain/receipt-content.ts';
import { rowCoverage } from '../../domain/row-sums.ts';
import { blockersOf } from '../../domain/statements/blockers.ts';
import {
  editionRow,
  editionsOf,
  lineRows,
  policyWording,
  publicSite,
  type SiteFacts,
  siteRows,
} from '../../domain/statements/content.ts';
import { intensityOf, siteAreas } from '../../domain/statements/intensity.ts';
import { marketContent } from '../../domain/statements/market-content.ts';
import { gwpWording, outsideRows, quantityRows, unresolvedFindings } from '../../domain/statements/quality-content.ts';
import type { Blocker, StatementDraft } from '../../domain/statements/statement.ts';
import { answerDataQuality } from '../data-quality/answer-data-quality.ts';
import { type Explained, explainAnswer, withEvidence } from '../figures/explain-figure.ts';
import { figuresAt, type Moment } from '../past/known-at.ts';
import type { PastStore } from '../past/past-store.ts';
import { knowledgeOf } from '../receipts/receipts.ts';
import type { Targets } from '../targets/targets.ts';
import { statedTarget } from './stated-target.ts';
import type { StatementFacts, StatementStore } from './statement-store.ts';

/** What composing a statement reads. */
export type ComposeDeps = {
  store: Pick<StatementStore, 'factsAt'>;
  past: PastStore;
  targets: Targets;
};

/** The figures of a statement with all that follows from the data, and what stands against publishing it. */
export type Composed = { explained: Explained; figures: { readonly [member: string]: Json }; blockers: Blocker[] };

/** The question that a statement answers: both scope 2 figures, always (rule C2). */
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
    basis: 'both',
  };
}

function siteFacts({ sites }: StatementFacts): ReadonlyMap<string, SiteFacts> {
  return new Map(
    [...sites].map(([key, { name, disclosure, areas }]) => [key, { name, isNamed: disclosure === 'public', areas }]),
  );
}

/** The question as it can be asked of figures, explanations and receipts; null where that would name a site that may not be. */
function askedQuestion(
  { period, policy, reportedLines, sites }: StatementDraft,
  facts: ReadonlyMap<string, SiteFacts>,
): Json {
  if (sites.some((site) => facts.get(site)?.isNamed === false)) return null;
  return {
    period,
    factors: policy,
    basis: 'both',
    ...(reportedLines.includes('all') ? {} : { lines: reportedLines.join(',') }),
    ...(sites.length === 0 ? {} : { site: sites.join(',') }),
  };
}

/** Answers a statement's question at a moment, with everything it states beside the figures. */
export async function composeFigures(deps: ComposeDeps, draft: StatementDraft, moment: Moment): Promise<Composed> {
  const question = statementQuestion(draft);
  const figures = figuresAt(deps.past, moment);
  const [explained, facts, quality] = await Promise.all([
    explainAnswer(figures, question),
    deps.store.factsAt(moment.reading.seq),
    answerDataQuality(
      { ...figures, evidence: deps.past.evidenceAt(moment.reading.seq) },
      { ...question, basis: 'location' },
    ),
  ]);
  const { lines, answer } = explained;
  const located = locationLines(lines);
  const { evidence } = await withEvidence(deps.past.lineEvidenceAt(moment.reading.seq), explained, located);
  const { figure, estate, plan, sets, today } = answer;
  const { total } = figure;
  const coverage = rowCoverage(total);
  const sites = siteFacts(facts);
  const editions = editionsOf(lines, sets);
  const asked = [...estate.sites.values()].filter(({ key }) => draft.sites.length === 0 || draft.sites.includes(key));
  const days = plan.window === null ? 0 : lengthDays(plan.window);
  const conflicts = quality.findings.filter(({ check }) => CHECKS[check] === 'conflict');
  const excluded = [...figure.excludedLines].filter((line) => !total.marks.lines.has(line));
  const blockers = blockersOf({
    period: question.period,
    today,
    settings: estate.settings,
    coverage,
    provisional: [...total.marks.provisional].sort(),
    incomplete: total.marks.incomplete,
    included: total.marks.lines,
    excluded: figure.excludedLines,
    conflicts: conflicts.map(({ meter, start, detail }) => `${meter} from ${start}: ${detail}`),
  });
  return {
    explained,
    blockers,
    figures: {
      organisation: facts.organisation,
      period: { ...question.period },
      question: askedQuestion(draft, sites),
      sites: [...new Set(draft.sites.map((site) => publicSite(site, sites)))],
      knowledge: knowledgeOf(moment),
      consolidation: approachesIn(estate.settings.consolidation, question.period),
      methods: {
        factorPolicy: draft.policy,
        factorPolicyMeans: policyWording(draft.policy, question.period),
        reportingYearStart: estate.settings.reportingYearStart,
        factors: 'as stored in the official file to ten significant digits, not as displayed',
        lines: { included: LINES.filter((line) => total.marks.lines.has(line)), excluded },
        scope2: 'location-based in every total, market-based beside it',
        gas: 'CO2e; CO2 of biogenic origin apart, in no total',
        gwp: gwpWording(editions),
        editions: editions.map(editionRow),
      },
      totals: statedTotals(lines, true),
      market: marketContent(lines, total.market, total.emissions.scope1),
      byLine: lineRows(located),
      bySite: siteRows(lines, sites),
      intensity: intensityOf(siteAreas(plan, located, asked, sites), days),
      quantities: quantityRows(located, evidence),
      outsideBoundary: outsideRows(figure.rows, estate, sites, question.period),
      dataQuality: {
        // Shares of nought are absent from a coverage, and stated here.
        coverage: coverage === null ? null : { apportioned: 0, pending: 0, ...coverage },
        unresolved: unresolvedFindings(quality.findings),
        intervalsChecked: quality.intervalsChecked,
        provisional: [...total.marks.provisional].sort(),
        notQuantified: [...total.marks.notQuantified, ...(total.market?.notQuantified ?? [])].map(([line, reason]) => {
          return { line, reason };
        }),
        carriedForward: [...total.marks.carriedForward.values()],
      },
      notices: figureNotices(question, estate, plan, sets, today, true),
      target: await statedTarget(deps.targets, draft, moment.instant, sites),
    },
  };
}
