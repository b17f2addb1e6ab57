import { Type } from 'typebox';
import { Decimal } from '../../../domain/decimal.ts';
import { type Period, parsePeriod } from '../../../domain/period.ts';
import { Refusal } from '../../../domain/refusal.ts';
import type { Normalisation } from '../../../services/weather/normalise-figure.ts';
import type { AskedReference } from '../../../services/weather/reference-asked.ts';
import { key, oneOf } from '../../schemas/atoms.ts';
import { baseTemperature } from '../../schemas/weather-atoms.ts';

const MONTHS = 12;
const NUMBER = /^\d{1,5}(\.\d{1,6})?$/;

/** What a question about figures says of the weather that they are to be brought to. */
export const NORMALISE = {
  normalise: Type.Optional(
    oneOf(
      ['weather'],
      'Brings the part of the use that answers to the weather to that of `reference`, or of `referenceDegreeDays`, of which one is needed. Refused where no heating meter can be; the answer lists those that cannot.',
    ),
  ),
  reference: Type.Optional(key('Key of the reference degree days.')),
  referenceDegreeDays: Type.Optional(
    Type.String({
      description:
        'Reference degree days for every region: twelve, January to December, separated by commas; or, with interval=total, one for the whole period.',
      minLength: 1,
      maxLength: 200,
      pattern: '^[0-9]+(\\.[0-9]+)?( ?, ?[0-9]+(\\.[0-9]+)?)*$',
      'x-expects': 'one number, or twelve separated by commas',
    }),
  ),
  fitPeriod: Type.Optional(
    Type.String({
      description:
        'Period that every meter is fitted over, in the period grammar. Default: for each day its reporting year, or the newest one that has ended while that year runs.',
      minLength: 4,
      maxLength: 40,
    }),
  ),
  baseTemperatureC: Type.Optional(
    baseTemperature('Base temperature of the degree days. Default: that of the settings.'),
  ),
};

/** The part of a query that these parameters make. */
export type NormaliseQuery = {
  normalise?: 'weather';
  reference?: string;
  referenceDegreeDays?: string;
  fitPeriod?: string;
  baseTemperatureC?: number;
  estimates?: 'include' | 'exclude';
};

function refuse(name: string, code: string, detail: string): never {
  throw new Refusal('invalid-request', detail, [{ pointer: `?${name}`, code, detail }]);
}

function statedReference(text: string, whole: Period | null): AskedReference {
  const months = text.split(',').map((entry) => entry.trim());
  const [only = ''] = months;
  const isNumeric = months.every((entry) => NUMBER.test(entry));
  if (!isNumeric || (months.length !== MONTHS && months.length !== 1))
    refuse(
      'referenceDegreeDays',
      'not-allowed',
      `referenceDegreeDays has ${months.length} entries: expected twelve numbers, January to December, or one for the whole period, with at most six decimals`,
    );
  if (months.length === MONTHS) return { kind: 'months', months: months.map((entry) => new Decimal(entry)) };
  if (whole === null)
    return refuse(
      'referenceDegreeDays',
      'ambiguous',
      'referenceDegreeDays is one number beside an interval: expected twelve, January to December, because nothing says how one lies in time',
    );
  return { kind: 'total', degreeDays: new Decimal(only), period: whole };
}

function referenceOf({ reference, referenceDegreeDays }: NormaliseQuery, whole: Period | null): AskedReference {
  if (reference !== undefined && referenceDegreeDays !== undefined)
    refuse('reference', 'ambiguous', 'reference and referenceDegreeDays are both given: expected one of them');
  if (reference !== undefined) return { kind: 'stored', key: reference };
  if (referenceDegreeDays !== undefined) return statedReference(referenceDegreeDays, whole);
  return refuse(
    'reference',
    'missing',
    'normalise=weather needs the weather to bring the figure to: expected reference (see /v1/reference-degree-days) or referenceDegreeDays; there is no default',
  );
}

/**
 * The weather that a question is to be answered in; null for that of its own days. `whole` is what degree days stated as one
 * number are of; null where the question is of more than one period.
 */
export function fromNormaliseQuery(query: NormaliseQuery, whole: Period | null): Normalisation | null {
  if (query.normalise === undefined) {
    const given = (['reference', 'referenceDegreeDays', 'fitPeriod', 'baseTemperatureC'] as const).find(
      (name) => query[name] !== undefined,
    );
    if (given === undefined) return null;
    return refuse(given, 'not-applicable', `${given} is given: it applies only with normalise=weather`);
  }
  if (query.estimates === 'exclude')
    refuse('estimates', 'ambiguous', "estimates is 'exclude' beside normalise: expected one of them alone");
  return {
    reference: referenceOf(query, whole),
    fitPeriod: query.fitPeriod === undefined ? null : parsePeriod(query.fitPeriod, '?fitPeriod'),
    baseTemperatureC: query.baseTemperatureC === undefined ? null : new Decimal(query.baseTemperatureC),
  };
}
