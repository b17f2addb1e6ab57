import { ACTIVITIES } from './activities.ts';
import { Decimal } from './decimal.ts';
import { factorKeysOf } from './factor-keys.ts';
import type { FactorSeed } from './reference/factor-set-seed.ts';
import { toTenSignificantDigits } from './reference/ten-significant-digits.ts';
import { type Fault, Refusal } from './refusal.ts';

/** A factor as an operator enters it; what is not said is as in the published factor of the same key. */
export type EnteredFactor = {
  key: string;
  kgCo2e: number | null;
  kgCo2: number | null;
  kgCh4Co2e: number | null;
  kgN2oCo2e: number | null;
  unit: string | null;
  name: string | null;
  source: string | null;
  notes: string | null;
};

/** A version of a set as an operator enters it. */
export type EnteredSet = {
  id: string;
  version: string;
  title: string;
  publisher: string;
  publishedOn: string | null;
  gwp: string;
  licence: string;
  source: string;
  /** The version of the same set whose other factors it takes over; null where it has no others. */
  basedOn: string | null;
  factors: readonly EnteredFactor[];
};

const SET_YEAR = /-(\d{4})$/;

/**
 * The year a set is for, by its name: `uk-2025`, `own-2025`.
 * @throws Refusal `invalid-request` for a name that does not end in a year.
 */
export function yearOfSet(id: string): number {
  const year = SET_YEAR.exec(id)?.[1];
  if (year !== undefined && Number(year) >= 1990 && Number(year) <= 2100) return Number(year);
  const detail = `set '${id}' names no year: expected a name that ends in the year it is for, such as own-2025`;
  throw new Refusal('invalid-request', detail, [{ pointer: '', code: 'set-without-year', detail }]);
}

/** Every factor key that a figure may take. */
const LINE_KEYS: ReadonlySet<string> = new Set(ACTIVITIES.flatMap(factorKeysOf));

function number(value: number | null): Decimal | null {
  return value === null ? null : toTenSignificantDigits(new Decimal(value));
}

function faultsOf(entered: EnteredFactor, like: FactorSeed | undefined, index: number, isAgain: boolean): Fault[] {
  const at = (part: string, code: string, detail: string): Fault => ({
    pointer: `/factors/${index}/${part}`,
    code,
    detail,
  });
  if (!LINE_KEYS.has(entered.key) && like === undefined)
    return [
      at(
        'key',
        'unknown-factor-key',
        `'${entered.key}' is no factor that a line takes: expected a key of GET /v1/factors`,
      ),
    ];
  const faults: Fault[] = [];
  if (isAgain) faults.push(at('key', 'repeated-key', `'${entered.key}' stands twice: expected each factor once`));
  if (like !== undefined && entered.unit !== null && entered.unit !== like.unit)
    faults.push(
      at(
        'unit',
        'unit-differs',
        `'${entered.key}' is per ${like.unit}, not per '${entered.unit}': expected the factor in that unit`,
      ),
    );
  if (like === undefined && entered.unit === null)
    faults.push(
      at('unit', 'unknown-unit', `'${entered.key}' is in no set held, so its unit has to be said: expected unit`),
    );
  return faults;
}

/** The scope of a key that no set has: the part of its name that the publication names it by. */
function scopeOfKey(key: string): string {
  if (key.includes('outside_scopes')) return 'outside';
  return /\.wtt|_losses|\.distribution_loss|^water\./.test(key) ? '3' : /^(?:electricity|heat)\./.test(key) ? '2' : '1';
}

/**
 * The factors of an entered set, to 10 significant digits (rule A5), beside those it takes over. `published` holds a
 * factor of each known key, for name, unit and scope.
 * @throws Refusal `invalid-request` naming each factor whose key no line takes, that stands twice, or whose unit differs.
 */
export function enteredFactors(
  { factors, publisher, source }: EnteredSet,
  takenOver: ReadonlyMap<string, FactorSeed>,
  published: ReadonlyMap<string, FactorSeed>,
): Map<string, FactorSeed> {
  const result = new Map(takenOver);
  const seen = new Set<string>();
  const faults: Fault[] = [];
  factors.forEach((entered, index) => {
    const like = published.get(entered.key);
    faults.push(...faultsOf(entered, like, index, seen.has(entered.key)));
    seen.add(entered.key);
    result.set(entered.key, {
      key: entered.key,
      name: entered.name ?? like?.name ?? entered.key,
      unit: entered.unit ?? like?.unit ?? '',
      scope: like?.scope ?? scopeOfKey(entered.key),
      kgCo2e: number(entered.kgCo2e),
      kgCo2: number(entered.kgCo2),
      kgCh4Co2e: number(entered.kgCh4Co2e),
      kgN2oCo2e: number(entered.kgN2oCo2e),
      source: entered.source ?? `${publisher}, ${source}`,
      confidence: 'entered',
      notes: entered.notes,
    });
  });
  const [first] = faults;
  if (first !== undefined) throw new Refusal('invalid-request', first.detail, faults);
  return result;
}
