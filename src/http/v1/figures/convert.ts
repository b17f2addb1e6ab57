import { isMixedWellToTank, LINES, type Line } from '../../../domain/activities.ts';
import { approachesIn } from '../../../domain/consolidation.ts';
import { policyName } from '../../../domain/factor-policy.ts';
import { answeredPeriod, answeredTotal, appliedSets } from '../../../domain/figure-answer.ts';
import { figureNotices } from '../../../domain/figure-notices.ts';
import { asksMarket, type FigureQuestion } from '../../../domain/figure-question.ts';
import { selfUseNotices, splitNotices } from '../../../domain/split-notices.ts';
import type { AnsweredFigure } from '../../../services/figures/answer-figure.ts';
import type { FigureRun } from '../../../services/figures/figure-runs.ts';
import type { NormalisedFigure } from '../../../services/weather/normalise-figure.ts';
import type { CsvColumn } from '../../csv.ts';
import type { ConsolidationEcho, FactorsEcho } from '../../schemas/figure-atoms.ts';
import { MARKET_COLUMNS, toMarketBasis } from './market-convert.ts';
import { PLACE_ROW_COLUMNS, toDeprivationEcho, toFigureRows } from './place-rows.ts';
import type { ConsumptionAnswer, ConsumptionRow, EmissionsAnswer, EmissionsRow } from './schemas.ts';
import { rowWeather, totalWeather, toWeatherAnswer } from './weather-convert.ts';

/** The factors behind an answer, as it echoes them. */
export function toFactorsEcho({ question, estate, plan, sets }: AnsweredFigure): FactorsEcho {
  const applied = appliedSets(plan.cells, sets);
  return {
    policy: policyName(question.policy),
    reportingYearStart: estate.settings.reportingYearStart,
    sets: [...new Set(applied.map(({ set }) => set))],
    applied,
    ...(question.policy.kind === 'fixed' ? { analysis: true as const } : {}),
  };
}

/** How the boundary was drawn, as an answer echoes it: what holds at the end of its period, and all where it changed. */
export function toConsolidationEcho({ question, estate }: AnsweredFigure): ConsolidationEcho {
  const applied = approachesIn(estate.settings.consolidation, question.period);
  const consolidationApproach = applied.at(-1)?.approach ?? 'operational-control';
  return { consolidationApproach, ...(applied.length > 1 ? { consolidationApplied: applied } : {}) };
}

/** What a reader of a figure should know. */
export function figureNoticesOf(answer: AnsweredFigure, ofEmissions: boolean): string[] {
  const { question, estate, plan, sets, today, splitFaults, figure } = answer;
  return [
    ...figureNotices(question, estate, plan, sets, today, ofEmissions),
    ...splitNotices(splitFaults),
    ...selfUseNotices(figure.rows),
  ];
}

/** The rows of an emissions answer. */
export function toEmissionsRows(run: FigureRun): EmissionsRow[] {
  return toFigureRows(run) as EmissionsRow[];
}

/** An emissions answer from a figure. */
export function toEmissionsAnswer(answer: AnsweredFigure | NormalisedFigure): EmissionsAnswer {
  const { question, figure, today } = answer;
  const weatherOf = rowWeather(answer);
  const included = figure.total.marks.lines;
  // A line can be left out at one site and included at another, whose control puts it in another scope.
  const isLeftOut = (line: Line): boolean => figure.excludedLines.has(line) && !included.has(line);
  const lines = { included: LINES.filter((line) => included.has(line)), excluded: LINES.filter(isLeftOut) };
  return {
    period: answeredPeriod(question.period, today),
    basis: question.basis ?? 'location',
    gas: question.gas,
    ...toConsolidationEcho(answer),
    factors: toFactorsEcho(answer),
    lines: { ...lines, ...(isMixedWellToTank(lines) && { mixedWellToTank: true as const }) },
    data: toEmissionsRows(answer).map((row, index) => ({ ...row, ...weatherOf(figure.rows[index]) })),
    total: { ...answeredTotal(figure, question.period, today), ...totalWeather(answer) } as EmissionsAnswer['total'],
    ...toDeprivationEcho(answer),
    ...(answer.market === null ? {} : { market: toMarketBasis(answer) }),
    ...('weather' in answer ? { weather: toWeatherAnswer(answer.weather) } : {}),
    notices: figureNoticesOf(answer, true),
  };
}

/** A consumption answer from a figure. */
export function toConsumptionAnswer(answer: AnsweredFigure | NormalisedFigure): ConsumptionAnswer {
  const { data, total, period, deprivation, weather } = toEmissionsAnswer(answer);
  return {
    period,
    ...(deprivation !== undefined && { deprivation }),
    data: data.map(
      ({
        emissionsKgCo2e: _kg,
        notQuantified: _lines,
        carriedForward: _old,
        provisional: _may,
        incomplete: _few,
        sets: _sets,
        flags: _flags,
        tiers: _tiers,
        greenGasKwh: _greenGas,
        heatAtNationalFactorsKgCo2e: _national,
        line: _line,
        scope: _scope,
        scope3Category: _category,
        ...row
      }) => row,
    ),
    total: {
      ...(total.quantity === undefined ? {} : { quantity: total.quantity }),
      ...(total.quantities === undefined ? {} : { quantities: total.quantities }),
      ...(total.selfUseKwh === undefined ? {} : { selfUseKwh: total.selfUseKwh }),
      ...(total.heatSoldKwh === undefined ? {} : { heatSoldKwh: total.heatSoldKwh }),
      coverage: total.coverage,
      ...(total.weather === undefined ? {} : { weather: total.weather }),
    },
    ...(weather === undefined ? {} : { weather }),
    notices: figureNoticesOf(answer, false),
  };
}

export const DIMS = ['site', 'meter', 'activity', 'portfolio', 'category', 'ward', 'imdDecile'] as const;
export const LINE_DIMS = ['scope', 'line', 'scope3Category'] as const;

/** A quantity in one cell; several units stand as `1 kWh + 2 m3`. */
function quantityText(row: ConsumptionRow): string | number | null {
  if (row.quantity !== undefined) return row.quantity.value;
  const known = (row.quantities ?? []).filter(({ value }) => value !== null);
  return known.map(({ value, unit }) => `${value} ${unit}`).join(' + ');
}

/** As a column it always has a number: nothing apportioned is known to be nothing. */
export function apportionedOf(coverage: ConsumptionRow['coverage']): number | null {
  return coverage === null ? null : (coverage.apportioned ?? 0);
}

/** The columns of a consumption answer as CSV, with those it is grouped by. */
export function consumptionColumns(groupBy: readonly string[]): CsvColumn<ConsumptionRow>[] {
  return [
    { header: 'period', value: (row) => row.period.label },
    { header: 'start', value: (row) => row.period.start },
    { header: 'end', value: (row) => row.period.end },
    ...DIMS.filter((dim) => groupBy.includes(dim)).map((dim) => ({
      header: dim,
      value: (row: ConsumptionRow) => row[dim],
    })),
    ...(groupBy.includes('imdDecile') ? PLACE_ROW_COLUMNS : []),
    { header: 'flow', value: (row) => row.flow },
    { header: 'quantity', value: quantityText },
    { header: 'unit', value: (row) => row.quantity?.unit },
    { header: 'selfUseKwh', value: (row) => row.selfUseKwh },
    { header: 'heatSoldKwh', value: (row) => row.heatSoldKwh },
    { header: 'coverageActual', value: (row) => row.coverage?.actual },
    { header: 'coverageEstimated', value: (row) => row.coverage?.estimated },
    { header: 'coverageMissing', value: (row) => row.coverage?.missing },
    { header: 'coverageApportioned', value: (row) => apportionedOf(row.coverage) },
  ];
}

/** The columns of an emissions answer as CSV, with those it is grouped by and of the basis that was asked. */
export function emissionsColumns({ groupBy, ...question }: FigureQuestion): CsvColumn<EmissionsRow>[] {
  const consumption: readonly CsvColumn<EmissionsRow>[] = consumptionColumns(groupBy);
  return [
    ...consumption,
    ...LINE_DIMS.filter((dim) => groupBy.includes(dim)).map((dim) => ({
      header: dim,
      value: (row: EmissionsRow) => row[dim],
    })),
    { header: 'scope1KgCo2e', value: (row) => row.emissionsKgCo2e?.scope1 },
    { header: 'scope2KgCo2e', value: (row) => row.emissionsKgCo2e?.scope2 },
    { header: 'scope3KgCo2e', value: (row) => row.emissionsKgCo2e?.scope3 },
    { header: 'outsideOfScopesKgCo2e', value: (row) => row.emissionsKgCo2e?.outsideOfScopes },
    { header: 'totalKgCo2e', value: (row) => row.emissionsKgCo2e?.total },
    { header: 'notQuantified', value: (row) => row.notQuantified.join(' ') },
    { header: 'provisional', value: (row) => row.provisional?.join(' ') },
    { header: 'sets', value: (row) => row.sets.join(' ') },
    { header: 'flags', value: (row) => row.flags?.join(' ') },
    { header: 'heatAtNationalFactorsKgCo2e', value: (row) => row.heatAtNationalFactorsKgCo2e?.total },
    ...(asksMarket({ groupBy, ...question }) ? MARKET_COLUMNS : []),
  ];
}
