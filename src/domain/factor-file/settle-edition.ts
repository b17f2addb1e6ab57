import type { Edition } from '../reference/edition.ts';
import { type Fault, Refusal } from '../refusal.ts';
import type { FactorFile } from './read-factor-file.ts';

/** What a sender says of a file; what the file says itself must agree. */
export type SaidEdition = {
  id: string | null;
  version: string | null;
  year: number | null;
  title: string | null;
  publisher: string | null;
  publishedOn: string | null;
  gwp: string | null;
  licence: string | null;
  source: string | null;
};

const OGL = 'Open Government Licence v3.0';
const OGL_ATTRIBUTION = 'Contains public sector information licensed under the Open Government Licence v3.0.';
const UK_SOURCE = 'https://www.gov.uk/government/collections/government-conversion-factors-for-company-reporting';

/** Who published the UK factors of a year (rule A8). */
function ukPublisher(year: number): string {
  if (year <= 2015)
    return 'Department for Environment, Food and Rural Affairs and Department of Energy and Climate Change (Defra/DECC)';
  return year <= 2022
    ? 'Department for Business, Energy and Industrial Strategy (BEIS)'
    : 'Department for Energy Security and Net Zero (DESNZ)';
}

/** Whose global warming potentials the UK factors of a year stand on (rule A8). */
function ukGwp(year: number): string {
  return year <= 2014 ? 'SAR' : year <= 2022 ? 'AR4' : 'AR5';
}

/** `1`, `1.0` and `v1` are one version: what a front page shows as a number may be written with or without its point. */
function plainVersion(version: string): string {
  return version
    .replace(/^v(?:ersion)?[ .]*/i, '')
    .replace(/^0+(?=\d)/, '')
    .replace(/\.0+$/, '');
}

function fault(pointer: string, code: string, detail: string): Fault {
  return { pointer, code, detail };
}

function yearOf(said: SaidEdition, file: FactorFile, faults: Fault[]): number {
  const stated = file.stated.year;
  const ofId = said.id === null ? null : Number(/-(\d{4})$/.exec(said.id)?.[1] ?? Number.NaN);
  const years = [stated, said.year, Number.isNaN(ofId) ? null : ofId].filter((year) => year !== null);
  const [year] = years;
  if (year === undefined)
    faults.push(fault('?year', 'unknown-year', 'the file names no year: expected year=2025 or the like'));
  if (stated !== null && said.year !== null && said.year !== stated)
    faults.push(fault('?year', 'year-differs', `year is ${said.year}, the file states ${stated}: expected the same`));
  if (ofId !== null && ofId !== year)
    faults.push(
      fault('?id', 'year-differs', `id is '${said.id}', the file is of ${year}: expected an id that ends in -${year}`),
    );
  return year ?? 0;
}

function versionOf(said: SaidEdition, file: FactorFile, faults: Fault[]): string {
  const stated = file.stated.version;
  if (said.version === null && stated === null)
    faults.push(fault('?version', 'unknown-version', 'the file states no version: expected version=1.1 or the like'));
  if (said.version !== null && stated !== null && !agrees(plainVersion(said.version), plainVersion(stated)))
    faults.push(
      fault(
        '?version',
        'version-differs',
        `version is '${said.version}', the file states ${stated}: expected the same, or the same with what tells it apart behind a dash, such as ${plainVersion(stated)}-corrected`,
      ),
    );
  return said.version ?? plainVersion(stated ?? '');
}

/** A version may carry a remark of the operator behind the publisher's own. */
function agrees(said: string, stated: string): boolean {
  return said === stated || said.startsWith(`${stated}-`);
}

/**
 * The edition of a file: what the file says of itself, and what its sender adds where it says nothing.
 * @throws Refusal `invalid-request` naming each parameter that is missing or contradicts the file.
 */
export function settleEdition(said: SaidEdition, file: FactorFile, sha256: string): Edition {
  const faults: Fault[] = [];
  const year = yearOf(said, file, faults);
  const version = versionOf(said, file, faults);
  const isUk = (said.id ?? (file.stated.title === null ? '' : `uk-${year}`)) === `uk-${year}`;
  const required = (name: 'id' | 'publisher' | 'licence' | 'source' | 'gwp', usual: string): string => {
    const value = said[name] ?? (isUk ? usual : null);
    if (value === null)
      faults.push(
        fault(`?${name}`, `unknown-${name}`, `the file does not say that it is the UK Government's: expected ${name}`),
      );
    return value ?? '';
  };
  const id = required('id', `uk-${year}`);
  const edition: Edition = {
    id,
    version,
    year,
    title: said.title ?? `${file.stated.title ?? 'Conversion factors'} ${year}`,
    publisher: required('publisher', ukPublisher(year)),
    publishedOn: said.publishedOn ?? file.stated.updatedOn,
    gwp: required('gwp', ukGwp(year)),
    licence: required('licence', OGL),
    attribution: isUk && said.licence === null ? OGL_ATTRIBUTION : '',
    source: required('source', UK_SOURCE),
    officialFileSha256: sha256,
    notes: [],
    digest: '',
  };
  const [first] = faults;
  if (first !== undefined) throw new Refusal('invalid-request', first.detail, faults);
  return edition;
}
