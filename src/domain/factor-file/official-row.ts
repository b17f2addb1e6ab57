import type { Decimal } from '../decimal.ts';

/** One row of an official flat file, with its texts as they are printed there. */
export type OfficialRow = {
  /** Number of the row in its sheet, or of the line in its file, from 1. */
  rowNumber: number;
  /** The publisher's own identifier; files before 2023 have none. */
  rowId: string | null;
  scope: string;
  level1: string;
  level2: string;
  level3: string;
  level4: string;
  columnText: string;
  uom: string;
  ghg: string;
  /** To 10 significant digits (rule A5); null where the file is blank, which is never zero. */
  value: Decimal | null;
};

/** What the number of a row counts: all gases, or one of them as CO2e. Rows of energy have none. */
export type RowGas = 'co2e' | 'co2' | 'ch4' | 'n2o';

/** Which gas a row is about, by its column GHG: `kg CO2e`, `kg CO2e of CH4 per unit`, `kg CH4`. */
export function gasOf({ ghg }: OfficialRow): RowGas | null {
  const text = ghg.toLowerCase().replaceAll('₂', '2').replaceAll('₄', '4').trim();
  const gas = /^kg (?:co2e of )?(co2e?|ch4|n2o)(?: per unit)?$/.exec(text)?.[1];
  return gas === undefined ? null : (gas as RowGas);
}

/** A text of an official file as it is compared: without capitals, dashes and double blanks, `&` as `and`. */
export function plainText(text: string): string {
  return text
    .toLowerCase()
    .replaceAll('&', ' and ')
    .replace(/[^a-z0-9%()./+]+/g, ' ')
    .trim();
}
