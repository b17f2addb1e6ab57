import { type Decimal, roundKg, ZERO } from '../../../domain/decimal.ts';
import { type KgByFigure, totalsWith } from '../../../domain/kg-by-figure.ts';
import type { CauseChange } from '../../../domain/statements/restatement.ts';
import type { StatementDraft } from '../../../domain/statements/statement.ts';
import type { KeptStatement } from '../../../services/statements/statement-store.ts';
import type { AnsweredRestatement, AnsweredStatement } from '../../../services/statements/statements.ts';
import type { CsvColumn } from '../../csv.ts';
import type { Restatement } from './restatement-schemas.ts';
import type { StatementAnswer, StatementHead, StatementRevision } from './schemas.ts';

/** A draft from its request. */
export function fromInput(input: StatementRevision): StatementDraft {
  const { assurance, exclusions = [], recalculations = [], ...rest } = input;
  return {
    ...rest,
    sites: input.sites ?? [],
    comparatives: input.comparatives ?? [],
    methodChanges: input.methodChanges ?? [],
    target: (input.target as string | null | undefined) ?? null,
    exclusions: exclusions.map(({ what, reason, estimatedKgCo2e }) => ({
      ...{ what, reason, estimatedKgCo2e: estimatedKgCo2e as string | null },
    })),
    recalculations: recalculations.map(({ on, description, kgCo2e }) => ({
      ...{ on, description, kgCo2e: kgCo2e as string | null },
    })),
    assurance: {
      level: assurance.level,
      by: (assurance.by as string | null | undefined) ?? null,
      standard: (assurance.standard as string | null | undefined) ?? null,
    },
  };
}

/** A statement in a list. */
export function toHead({ draft, content: _content, ...kept }: KeptStatement): StatementHead {
  return { ...kept, title: draft.title, period: draft.period };
}

/** A statement with its content. */
export function toAnswer({ kept, content, blockers }: AnsweredStatement): StatementAnswer {
  return { ...toHead(kept), content, blockers };
}

const direction = (kg: Decimal): 'increase' | 'decrease' | 'none' =>
  kg.isZero() ? 'none' : kg.isNegative() ? 'decrease' : 'increase';

const exact = (kg: Decimal): string => (kg.isZero() ? '0' : kg.toString());

/** A difference of two figures as they are printed: the parts of a sum of differences then add up to the gram. */
function amount(before: Decimal, after: Decimal) {
  const kg = after.minus(before);
  const grams = after.toDecimalPlaces(3).minus(before.toDecimalPlaces(3));
  return { exactKgCo2e: exact(kg), kgCo2e: roundKg(grams), direction: direction(kg) };
}

function toFigures(kg: KgByFigure): Restatement['published'] {
  return Object.fromEntries(
    [...kg].map(([name, value]) => [name, { exactKgCo2e: exact(value), kgCo2e: roundKg(value) }]),
  );
}

function toChanges(then: KgByFigure, now: KgByFigure): Restatement['difference'] {
  const names = [...new Set([...then.keys(), ...now.keys()])];
  return Object.fromEntries(names.map((name) => [name, amount(then.get(name) ?? ZERO, now.get(name) ?? ZERO)]));
}

function toCause({ cause, before, after, lines }: CauseChange): Restatement['causes'][number] {
  const data = lines.map(({ beforeKg, afterKg, ...place }) => ({
    ...{ cause, ...place, basis: totalsWith(place.scope) },
    ...amount(beforeKg, afterKg),
  }));
  return { cause, change: toChanges(before, after), data };
}

/** A restatement for its answer. */
export function toRestatement(restatement: AnsweredRestatement): Restatement {
  const { kept, frozenAt, asOf, seq, published, restated, causes, material, threshold, verdicts } = restatement;
  return {
    ...{ statement: toHead(kept), frozenAt, asOf, seq },
    published: toFigures(published),
    restated: toFigures(restated),
    difference: toChanges(published, restated),
    causes: causes.map(toCause),
    materialityThreshold: threshold.toNumber(),
    isMaterial: restatement.isMaterial,
    verdicts,
    material: material.map(({ figure, kg, share }) => ({
      ...{ figure, exactKgCo2e: exact(kg), kgCo2e: roundKg(kg) },
      share: share === null ? null : share.toDecimalPlaces(4).toNumber(),
    })),
  };
}

type RestatementRow = Restatement['causes'][number]['data'][number];

export const RESTATEMENT_COLUMNS: readonly CsvColumn<RestatementRow>[] = (
  ['cause', 'site', 'activity', 'line', 'scope', 'basis', 'kgCo2e', 'exactKgCo2e', 'direction'] as const
).map((header) => ({ header, value: (row) => row[header] }));

export const HEAD_COLUMNS: readonly CsvColumn<StatementHead>[] = (
  ['id', 'version', 'status', 'supersedes', 'title', 'period', 'digest', 'publishedAt', 'endedAt', 'endReason'] as const
).map((header) => ({ header, value: (row) => row[header] as string | number | null }));

/** One figure of a statement, as a row of its table. */
export type StatementFigure = { section: string; name: string; member: string; value: string | number | null };

function isPlain(value: unknown): value is string | number | null {
  return value === null || typeof value === 'string' || typeof value === 'number';
}

/** A content as a table: every single value, with the section, entry and member that it stands in. */
export function toFigureRows(content: object): StatementFigure[] {
  const rows: StatementFigure[] = [];
  const walk = (section: string, path: readonly string[], value: unknown): void => {
    if (isPlain(value)) rows.push({ section, name: path.slice(0, -1).join('.'), member: path.at(-1) ?? '', value });
    else if (typeof value === 'boolean') walk(section, path, String(value));
    else for (const [name, inner] of Object.entries(value as object)) walk(section, [...path, name], inner);
  };
  for (const [section, value] of Object.entries(content)) walk(section, [], value);
  return rows;
}

export const FIGURE_COLUMNS: readonly CsvColumn<StatementFigure>[] = (
  ['section', 'name', 'member', 'value'] as const
).map((header) => ({ header, value: (row) => row[header] }));
