import { headerUnit, isCounterHeader } from '../header-words.ts';
import type { MeterLookup } from '../meter-lookup.ts';
import { quoted } from '../row-fault.ts';
import { inRole, type SampleColumn } from './sample-columns.ts';
import { isSumOf } from './value-run.ts';

/** The column of the values of a row for each reading, and why. */
export type FoundValue = { column: SampleColumn; reason: string };

const NAMES_SHOWN = 3;

/** Numbers that are no energy: reactive energy, demand, money, weather and places are never added (rule E9). */
const NO_ENERGY =
  /\b(kvarh?|kvah?|kw|mw|reactive|demand|power|factor|cost|price|gbp|pence|amount|charge|rate|co2e?|carbon|temperature|degree|voltage|current|postcode|latitude|longitude|capacity|id|row)\b/;

/** Half-hourly demand in kWh is what was used. */
const ENERGY_DEMAND = /^(?!.*\b(?:max|maximum|peak|reactive|kvar?h?|kvah)\b).*\bdemand\b.*\b[kmg]?wh\b/;
const POWER = /\b(kw|mw)\b/;
/** Powers that are no mean of an interval, or none of what was used. */
const NO_MEAN_POWER = /\b(max|maximum|peak|md|min|minimum|reactive|capacity|agreed|factor|kva|kvar)\b/;

const isExport = ({ words }: SampleColumn) => /\b(export(ed)?|ae|generated to grid)\b/.test(words);

/** Whether the meters of the file are all export meters. */
function areExport(meters: readonly SampleColumn[], find: MeterLookup): boolean {
  const [column] = meters;
  const known = (column?.cells ?? []).flatMap((text) => {
    const meter = text === '' ? null : find(text);
    return meter !== null && 'id' in meter ? [meter] : [];
  });
  return known.length > 0 && known.every(({ direction }) => direction === 'export');
}

/**
 * Chooses the column of values: by its words, else by the unit in its header, else the only one that is left. Of import
 * and export side by side, the one that the meters of the file measure.
 */
export function findValueColumn(
  columns: readonly SampleColumn[],
  meters: readonly SampleColumn[],
  find: MeterLookup,
): FoundValue | string {
  const energy = columns.filter(({ words }) => !NO_ENERGY.test(words) || ENERGY_DEMAND.test(words));
  const dials = [...new Set([...inRole(energy, 'dial'), ...energy.filter(({ words }) => isCounterHeader(words))])];
  const taken = energy.filter((column) => !dials.includes(column) || inRole([column], 'value').length > 0);
  const exported = taken.filter(isExport);
  const isOfExport = areExport(meters, find);
  const directed =
    exported.length === 0 || exported.length === taken.length
      ? taken
      : taken.filter((column) => isExport(column) === isOfExport);
  const [byWord] = inRole(directed, 'value');
  if (byWord !== undefined) return { column: byWord, reason: 'Its header names a quantity.' };
  const [dial] = dials;
  if (dial !== undefined)
    return `column ${quoted(dial.header ?? '')} holds dial readings, not consumption: send them to /v1/readings`;
  const byUnit = directed.filter(({ words }) => headerUnit(words) !== null);
  const rest = byUnit.length > 0 ? byUnit : directed;
  const [only] = rest;
  if (rest.length === 1 && only !== undefined)
    return {
      column: only,
      reason: byUnit.length > 0 ? 'Its header names a unit.' : 'It is the only column of numbers left.',
    };
  const sums = rest.filter((column) =>
    isSumOf(
      column,
      rest.filter((other) => other !== column),
    ),
  );
  const [sum] = sums;
  if (sums.length === 1 && sum !== undefined && rest.length > 2)
    return { column: sum, reason: 'It is the sum of the other columns of quantities.' };
  const [power, ...others] = columns.filter(({ words }) => POWER.test(words) && !NO_MEAN_POWER.test(words));
  if (rest.length === 0 && power !== undefined && others.length === 0)
    return { column: power, reason: 'There is no energy, and its header names a power.' };
  if (rest.length === 0) return 'it has no column for the value';
  const names = rest.slice(0, NAMES_SHOWN).map(({ header, index }) => quoted(header ?? `column ${index + 1}`));
  return `more than one column could hold the value, such as ${names.join(' and ')}`;
}
