import type { Unit } from './activities.ts';
import { reportingYearOf } from './buckets.ts';
import { approachesIn } from './consolidation.ts';
import type { Estate } from './estate.ts';
import { isWholeReportingYears } from './factor-policy.ts';
import type { FactorSet } from './factor-set.ts';
import { appliedSets } from './figure-answer.ts';
import type { FigurePlan } from './figure-plan.ts';
import type { FigureQuestion } from './figure-question.ts';
import { addDays, type LocalDay } from './local-day.ts';

function reportingYearNotice(
  question: FigureQuestion,
  yearStart: string,
  plan: FigurePlan,
  sets: readonly FactorSet[],
): string[] {
  const { period, policy } = question;
  if (policy.kind !== 'reporting-year' && policy.kind !== 'blended') return [];
  if (plan.window === null || isWholeReportingYears(period, yearStart)) return [];
  const first = reportingYearOf(period.start, yearStart);
  if (first.end >= period.end) return [];
  const parts = appliedSets(plan.cells, sets).map(({ set, from, to }) => `${from} to ${addDays(to, -1)} uses ${set}`);
  if (parts.length < 2) return [];
  return [
    `${period.label} lies in more than one reporting year: ${parts.join(', ')}. For a calendar-year report ask factors=calendar-year.`,
  ];
}

function consolidationNotice({ period }: FigureQuestion, { settings }: Estate): string[] {
  const applied = approachesIn(settings.consolidation, period);
  if (applied.length < 2) return [];
  const parts = applied.map(({ approach, from, to }) => `${approach} from ${from} to ${addDays(to, -1)}`);
  return [`The boundary is drawn in more than one way in ${period.label}: ${parts.join(', ')}.`];
}

function waterNotice(plan: FigurePlan, estate: Estate): string[] {
  const assumed = plan.segments.some(
    ({ segment }) =>
      segment.meter.activity === 'water' && segment.meter.returnToSewer === null && segment.sewerBilled !== true,
  );
  if (!assumed) return [];
  const share = estate.settings.returnToSewer.toString();
  return [
    `Water treatment assumes that ${share} of the supply goes to the sewer (the returnToSewer setting), where a meter states no share.`,
  ];
}

/** Units in which fuels are bought, and which count as kWh in a total of energy (rule B9). */
const FUEL_UNITS: readonly Unit[] = ['litre', 'kg', 'tonne'];

function finalEnergyNotice(plan: FigurePlan): string[] {
  const converted = plan.streams.some(
    ({ flow, basis }) =>
      flow === 'use' &&
      (basis.calorificBasis === 'net' || basis.heatEfficiency !== null || FUEL_UNITS.includes(basis.unit)),
  );
  if (!converted) return [];
  return [
    'The total counts fuels in kWh at gross calorific value: litres, kilograms, tonnes and net kWh are converted by the published properties of the fuel, and heat output by the efficiency of its boiler. Rows show what was metered.',
  ];
}

/** What a reader of a figure should know about how it was made. */
export function figureNotices(
  question: FigureQuestion,
  estate: Estate,
  plan: FigurePlan,
  sets: readonly FactorSet[],
  today: LocalDay,
  ofEmissions: boolean,
): string[] {
  const notices: string[] = [];
  const { period } = question;
  if (period.start >= today) notices.push(`${period.label} has no day that is over: there is nothing to answer yet.`);
  else if (period.end > today)
    notices.push(
      `${period.label} is not over: figures run to the end of ${addDays(today, -1)}, and coverage is of the days elapsed.`,
    );
  notices.push(...finalEnergyNotice(plan));
  if (!ofEmissions) return notices;
  notices.push(...consolidationNotice(question, estate));
  notices.push(...reportingYearNotice(question, estate.settings.reportingYearStart, plan, sets));
  if (question.policy.kind === 'fixed')
    notices.push('One factor set is used for every day: an analysis, not for reporting.');
  const provisional = appliedSets(plan.cells, sets).filter((applied) => applied.provisional);
  for (const { set, from, to } of provisional)
    notices.push(
      `The factors of ${from} to ${addDays(to, -1)} are not published yet: ${set} stands in, and the figures are provisional.`,
    );
  notices.push(...waterNotice(plan, estate));
  return notices;
}
