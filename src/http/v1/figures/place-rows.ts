import { type Static, Type } from 'typebox';
import { type AnsweredRow, answeredRow } from '../../../domain/figure-answer.ts';
import { DEPRIVATION_NOTE } from '../../../domain/places/deprivation.ts';
import { type PlaceCell, placeCells } from '../../../domain/places/place-cells.ts';
import type { AnsweredFigure } from '../../../services/figures/answer-figure.ts';
import type { FigureRun } from '../../../services/figures/figure-runs.ts';
import type { CsvColumn } from '../../csv.ts';
import { ref } from '../../schemas/ref.ts';
import { toAreaTable } from '../area-tables/convert.ts';
import { AreaTableSchema } from '../area-tables/schemas.ts';

/** What rows by decile of deprivation say of the sites behind them (rule K). */
export const PLACE_DIMS = {
  imdDecile: Type.Optional(
    Type.Unsafe<number | null>({
      type: ['integer', 'null'],
      minimum: 1,
      maximum: 10,
      description: 'National decile of deprivation of the small area, 1 the most deprived. Null: not known.',
      'x-unit': 'decile',
    }),
  ),
  sites: Type.Optional(
    Type.Integer({ description: 'Sites behind the row; by imdDecile only.', minimum: 0, 'x-unit': 'sites' }),
  ),
  floorAreaM2: Type.Optional(
    Type.Union([Type.Number(), Type.Null()], {
      description: "Their floor area, each site's mean over the days; null where none has one. By imdDecile only.",
      'x-unit': 'm2',
    }),
  ),
  sitesWithoutFloorArea: Type.Optional(
    Type.Integer({ description: 'Sites that the floor area lacks.', minimum: 0, 'x-unit': 'sites' }),
  ),
  fewSites: Type.Optional(
    Type.Literal(true, { description: 'Fewer than three sites: the figure is that of single buildings.' }),
  ),
};

/** What an answer by decile says of the index. */
export const DeprivationEchoSchema = Type.Object(
  {
    table: ref(AreaTableSchema),
    note: Type.String({ description: 'What the index says and what it does not.' }),
  },
  {
    $id: 'DeprivationEcho',
    additionalProperties: false,
    description: 'The edition of the index of deprivation that rows are grouped by.',
  },
);

type PlaceMembers = Omit<Static<ReturnType<typeof placeObject>>, 'imdDecile'>;
const placeObject = () => Type.Object(PLACE_DIMS);

function toPlaceMembers({ sites, floorAreaM2, sitesWithoutFloorArea, fewSites }: PlaceCell): PlaceMembers {
  const area = floorAreaM2 === null ? null : Math.round(floorAreaM2 * 100) / 100;
  return { sites, floorAreaM2: area, sitesWithoutFloorArea, ...(fewSites && { fewSites: true as const }) };
}

/** A row as it is answered: deciles are numbers there. */
export type FigureRowOutput = Omit<AnsweredRow, 'imdDecile'> & { imdDecile?: number | null } & PlaceMembers;

/** The rows of an answer; those by decile with the sites behind them. */
export function toFigureRows({ figure, today, plan, deprivation }: FigureRun): FigureRowOutput[] {
  if (deprivation === null) return figure.rows.map((row) => answeredRow(row, today) as FigureRowOutput);
  const cells = placeCells(plan, figure.rows, deprivation.floorAreas);
  return figure.rows.map((row) => {
    const { imdDecile = null, ...answered } = answeredRow(row, today);
    const cell = cells.get(row);
    return {
      ...answered,
      imdDecile: imdDecile === null ? null : Number(imdDecile),
      ...(cell !== undefined && toPlaceMembers(cell)),
    };
  });
}

/** The index that an answer's rows are grouped by. */
export function toDeprivationEcho({ deprivation }: AnsweredFigure): {
  deprivation?: Static<typeof DeprivationEchoSchema>;
} {
  return deprivation === null ? {} : { deprivation: { table: toAreaTable(deprivation.table), note: DEPRIVATION_NOTE } };
}

type PlaceRow = Partial<PlaceMembers>;

/** The columns of the sites behind a row as CSV. */
export const PLACE_ROW_COLUMNS: readonly CsvColumn<PlaceRow>[] = [
  { header: 'sites', value: (row) => row.sites },
  { header: 'floorAreaM2', value: (row) => row.floorAreaM2 },
  { header: 'sitesWithoutFloorArea', value: (row) => row.sitesWithoutFloorArea },
  { header: 'fewSites', value: (row) => row.fewSites },
];
