import { Refusal } from '../refusal.ts';
import { type AreaTableKind, GEOGRAPHIES, type Geography } from './area-table.ts';

/** Where the columns of a table stand that are read. */
export type AreaColumns = {
  kind: AreaTableKind;
  geography: Geography;
  lsoa: number;
  postcode: number;
  rank: number;
  decile: number;
};

const POSTCODE = /^(pcds|pcd[278]?|post ?codes?)$/;
/** The code of an area, not its name; publishers put the census into the name of the column in several ways. */
const LSOA = /^lsoa ?(?:20)?(11|21)?(?: ?cd| ?code)?(?: ?\(?(?:20)?(11|21)\)?)?$/;

const plain = (header: string): string => header.toLowerCase().replaceAll('_', ' ').replace(/\s+/g, ' ').trim();

function refuse(code: string, detail: string): never {
  throw new Refusal('invalid-request', detail, [{ pointer: '/1', code, detail }]);
}

type LsoaColumn = { at: number; geography: Geography | null };

function lsoaColumns(headers: readonly string[]): LsoaColumn[] {
  return headers.flatMap((header, at): LsoaColumn[] => {
    const match = LSOA.exec(header);
    if (match === null) return [];
    const year = match[1] ?? match[2];
    return [{ at, geography: year === undefined ? null : year === '11' ? 2011 : 2021 }];
  });
}

/** The column of a word that belongs to the index as a whole; the publisher prints one for each of its domains as well. */
function indexColumn(headers: readonly string[], word: 'rank' | 'decile'): number {
  const whole = headers.findIndex(
    (header) => /^(index of multiple deprivation|imd)\b/.test(header) && header.includes(word),
  );
  return whole >= 0 ? whole : headers.indexOf(word);
}

/** The columns of areas that a table may be read by, by what its header and the sender say of the census. */
function settleGeography(
  columns: readonly LsoaColumn[],
  asked: Geography | null,
): LsoaColumn & { geography: Geography } {
  const matching = columns.filter(({ geography }) => asked === null || geography === null || geography === asked);
  const [only] = matching;
  if (only === undefined) {
    const said = columns.map(({ geography }) => geography).join(' and ');
    return refuse('other-geography', `geography is ${asked}, and the header says ${said}: expected one of its own`);
  }
  const geography = only.geography ?? asked;
  if (geography === null || matching.length > 1)
    return refuse(
      'unknown-geography',
      `the header does not settle of which census the areas are: expected geography, one of ${GEOGRAPHIES.join(', ')}`,
    );
  return { at: only.at, geography };
}

/**
 * Finds what a table is by its header: postcodes with the code of their area, or codes of areas with their decile.
 * @throws Refusal `invalid-request` where neither is there, or the census is not settled.
 */
export function recogniseAreaHeader(cells: readonly string[], asked: Geography | null): AreaColumns {
  const headers = cells.map(plain);
  const postcode = headers.findIndex((header) => POSTCODE.test(header));
  const decile = indexColumn(headers, 'decile');
  const areas = lsoaColumns(headers);
  if (areas.length === 0 || (postcode < 0 && decile < 0))
    refuse(
      'unknown-columns',
      `line 1 is '${cells.join(', ').slice(0, 200)}': expected columns of postcodes and LSOA codes, or of LSOA codes and deciles`,
    );
  const { at, geography } = settleGeography(areas, asked);
  const kind = postcode >= 0 ? 'postcodes' : 'deprivation';
  return { kind, geography, lsoa: at, postcode, rank: indexColumn(headers, 'rank'), decile };
}
