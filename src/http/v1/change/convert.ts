import { answeredChange } from '../../../domain/change/change-answer.ts';
import { changeNotices, coverageNotice } from '../../../domain/change/change-notices.ts';
import { isOutsideOnly, leadingBasis } from '../../../domain/change/change-question.ts';
import {
  type MergedRow,
  mergeRows,
  type OnBases,
  type SplitEnds,
  totalChange,
} from '../../../domain/change/change-rows.ts';
import { CHANGE_PARTS, changeTexts } from '../../../domain/change/change-texts.ts';
import type { SplitChange } from '../../../domain/change/split-change.ts';
import { roundKg } from '../../../domain/decimal.ts';
import { answeredTotal } from '../../../domain/figure-answer.ts';
import type { FigureQuestion, Group } from '../../../domain/figure-question.ts';
import type { FigureRow, OpenRow } from '../../../domain/figure-table.ts';
import { placeCells } from '../../../domain/places/place-cells.ts';
import type { RowSums } from '../../../domain/row-sums.ts';
import type { ExplainedChange } from '../../../services/change/explain-change.ts';
import type { AnsweredFigure } from '../../../services/figures/answer-figure.ts';
import type { CsvColumn } from '../../csv.ts';
import { DIMS, LINE_DIMS, toEmissionsAnswer } from '../figures/convert.ts';
import type { EmissionsAnswer } from '../figures/schemas.ts';
import type { ChangeAnswer, ChangeRowAnswer, ChangeTotalAnswer } from './schemas.ts';

type End = EmissionsAnswer['total'];

function endOf(sums: RowSums | undefined, { question, today }: AnsweredFigure): End | null {
  return sums === undefined ? null : (answeredTotal({ total: sums }, question.period, today) as End);
}

function changeOf(from: End | null, to: End | null, { lead, beside }: OnBases<SplitEnds>): ChangeTotalAnswer {
  const change = { from, to, ...answeredChange(lead.sums, lead.ends) };
  return beside === null ? change : { ...change, changeMarket: answeredChange(beside.sums, beside.ends) };
}

function departuresOf({ departures }: SplitChange): ChangeAnswer['departures'] {
  return departures.map(({ site, on, reason, part, kg }) => ({ site, on, reason, part, kgCo2e: roundKg(kg) }));
}

/** What a row is grouped by, as it is answered: deciles are numbers there. */
function dimOf({ dims }: MergedRow, group: Group): string | number | null {
  const value = dims[group] ?? null;
  return group === 'imdDecile' && value !== null ? Number(value) : value;
}

/** The rows of a figure by decile that have few sites behind them (rule K). */
function fewSiteRows({ plan, figure, deprivation }: AnsweredFigure): ReadonlySet<FigureRow> {
  if (deprivation === null) return new Set();
  const cells: ReadonlyMap<OpenRow, { fewSites: boolean }> = placeCells(plan, figure.rows, deprivation.floorAreas);
  return new Set([...cells].flatMap(([row, { fewSites }]) => (fewSites ? [row] : [])));
}

/** What is told of a change on the market basis: what it rests on, and with both bases what stands beside the location-based. */
function marketOf(
  [was, is]: readonly [EmissionsAnswer, EmissionsAnswer],
  { changeMarket }: ChangeTotalAnswer,
  { beside }: ExplainedChange['splits'],
): Pick<ChangeAnswer, 'market' | 'marketComparedWith' | 'explanationMarket' | 'departuresMarket'> {
  return {
    ...(is.market !== undefined && { market: is.market }),
    ...(was.market !== undefined && { marketComparedWith: was.market }),
    ...(changeMarket !== undefined &&
      beside !== null && {
        explanationMarket: changeTexts(changeMarket, beside.split),
        departuresMarket: departuresOf(beside.split),
      }),
  };
}

/** The answer about a change. */
export function toChangeAnswer(explained: ExplainedChange): ChangeAnswer {
  const { second, published, splits, alignment } = explained;
  const { figure: question } = explained.question;
  const before = published ?? explained.first;
  const figures = { first: explained.first.figure, second: second.figure, published: published?.figure ?? null };
  const [was, is] = [toEmissionsAnswer(before), toEmissionsAnswer(second)];
  const total = changeOf(was.total, is.total, totalChange(figures, question, splits));
  const rows = mergeRows(figures, question, splits);
  const { split } = splits.lead;
  const periods = [before, second] as const;
  const few = [...fewSiteRows(before), ...fewSiteRows(second)];
  const isFew = ({ from, to }: MergedRow): boolean => few.some((row) => row === from || row === to);
  return {
    period: is.period,
    comparedWith: was.period,
    basis: is.basis,
    gas: is.gas,
    factors: is.factors,
    factorsComparedWith: was.factors,
    lines: is.lines,
    ...(is.deprivation !== undefined && { deprivation: is.deprivation }),
    data: rows.map((row): ChangeRowAnswer => {
      const dims = Object.fromEntries(question.groupBy.map((group) => [group, dimOf(row, group)]));
      const change = changeOf(endOf(row.from?.sums, before), endOf(row.to?.sums, second), row);
      return { ...dims, ...(isFew(row) && { fewSites: true as const }), ...change };
    }),
    total,
    explanation: changeTexts(total, split),
    departures: departuresOf(split),
    ...marketOf([was, is], total, splits),
    publisherChanges: split.breaks.map(({ year, keys, what, source }) => ({ year, factors: [...keys], what, source })),
    notices: [
      ...new Set([...was.notices, ...is.notices]),
      ...periods.flatMap(({ question: { period }, estate: { settings } }, leg) =>
        coverageNotice(period, (leg === 0 ? was : is).total.coverage, settings),
      ),
      ...changeNotices(total, split, alignment, [was.period.label, is.period.label]),
    ],
  };
}

/** The columns of a split, by what their names begin and end with. */
function splitColumns(suffix: '' | 'Market'): CsvColumn<ChangeRowAnswer>[] {
  const splitOf = (row: ChangeRowAnswer) => (suffix === '' ? row : row.changeMarket);
  return [
    { header: `change${suffix}KgCo2e`, value: (row) => splitOf(row)?.changeKgCo2e },
    ...CHANGE_PARTS.map((part) => ({
      header: `${part}${suffix}KgCo2e`,
      value: (row: ChangeRowAnswer) => splitOf(row)?.parts[part],
    })),
  ];
}

function kindsColumn(suffix: '' | 'Market'): CsvColumn<ChangeRowAnswer> {
  return {
    header: `factorByKind${suffix}`,
    value: (row) =>
      (suffix === '' ? row : row.changeMarket)?.factorByKind.map(({ kind, kgCo2e }) => `${kind} ${kgCo2e}`).join(' '),
  };
}

/** The columns of a change as CSV, with those it is grouped by and of the basis that was asked. */
export function changeColumns(
  question: Pick<FigureQuestion, 'groupBy' | 'scopes' | 'basis'>,
): CsvColumn<ChangeRowAnswer>[] {
  const groupBy: readonly string[] = question.groupBy;
  const isMarket = leadingBasis(question) === 'market';
  const kind = isOutsideOnly(question) ? 'outsideOfScopes' : isMarket ? 'totalMarket' : 'total';
  const isBoth = question.basis === 'both';
  return [
    ...[...DIMS, ...LINE_DIMS]
      .filter((dim) => groupBy.includes(dim))
      .map((dim) => ({ header: dim, value: (row: ChangeRowAnswer) => row[dim] })),
    { header: 'fromKgCo2e', value: ({ from }) => from?.emissionsKgCo2e?.[kind] },
    { header: 'toKgCo2e', value: ({ to }) => to?.emissionsKgCo2e?.[kind] },
    ...splitColumns(''),
    ...(['from', 'to'] as const).flatMap((end) => [
      { header: `${end}Quantity`, value: (row: ChangeRowAnswer) => row[end]?.quantity?.value },
      { header: `${end}Unit`, value: (row: ChangeRowAnswer) => row[end]?.quantity?.unit },
      { header: `${end}CoverageMissing`, value: (row: ChangeRowAnswer) => row[end]?.coverage?.missing },
      { header: `${end}CoverageEstimated`, value: (row: ChangeRowAnswer) => row[end]?.coverage?.estimated },
    ]),
    kindsColumn(''),
    { header: 'notQuantified', value: (row) => row.notQuantified.join(' ') },
    ...(isBoth
      ? [
          { header: 'fromMarketKgCo2e', value: ({ from }: ChangeRowAnswer) => from?.emissionsKgCo2e?.totalMarket },
          { header: 'toMarketKgCo2e', value: ({ to }: ChangeRowAnswer) => to?.emissionsKgCo2e?.totalMarket },
          ...splitColumns('Market'),
          kindsColumn('Market'),
        ]
      : []),
    ...(groupBy.includes('imdDecile') ? [{ header: 'fewSites', value: (row: ChangeRowAnswer) => row.fewSites }] : []),
  ];
}
