import type { Activity, Direction, MeterKind, Unit } from '../activities.ts';
import { meterKeyOf } from '../identifiers/meter-key.ts';
import { type CellFault, quoted } from './row-fault.ts';

/** A meter as an upload knows it. */
export type UploadMeter = {
  id: number;
  key: string;
  activity: Activity;
  unit: Unit;
  direction: Direction;
  /** The kind of data that is expected from it; any kind is taken. */
  kind: MeterKind;
  aliases: readonly string[];
  /** Serial numbers that the metering point has or had. */
  serials: readonly string[];
};

/** Finds the meter that a text of a file names. */
export type MeterLookup = (text: string) => UploadMeter | CellFault;

const SPREADSHEET_NUMBER = /^\d(\.\d+)?e\+?\d+$/i;

function notFound(text: string): CellFault {
  if (text === '') return { code: 'no-meter', detail: 'The row names no meter' };
  if (SPREADSHEET_NUMBER.test(text))
    return {
      code: 'scientific-notation',
      detail: `${quoted(text)} is a number that a spreadsheet has shortened, its last digits are lost: format the column as text and export the file again`,
    };
  return {
    code: 'unknown-meter',
    detail: `There is no meter with the key, serial number or alias ${quoted(text)}: add it first, or give the meter that it means this alias`,
  };
}

type Names = ReadonlyMap<string, readonly UploadMeter[]>;

/** Meters by each of their names, as `form` writes it; a meter stands once under a name. */
function namesBy(
  meters: readonly UploadMeter[],
  namesOf: (meter: UploadMeter) => readonly string[],
  form: (name: string) => string,
): Names {
  const names = new Map<string, UploadMeter[]>();
  for (const meter of meters) {
    for (const name of new Set(namesOf(meter).map(form))) {
      if (name !== '') names.set(name, [...(names.get(name) ?? []), meter]);
    }
  }
  return names;
}

const withoutSpaces = (name: string) => name.replace(/\s+/g, '').toLowerCase();
/** A number without the zeros that a spreadsheet takes from it; '' for a name that is no number. */
const withoutZeros = (name: string) =>
  /^\d+$/.test(withoutSpaces(name)) ? withoutSpaces(name).replace(/^0+/, '') : '';

/**
 * Makes a lookup over the council's meters: by key, by the 13-digit core of a full MPAN, by serial number and by alias,
 * with or without spaces; last by a number that has lost its leading zeros. A name that several meters have is refused.
 */
export function createMeterLookup(meters: readonly UploadMeter[]): MeterLookup {
  const byKey = new Map(meters.map((meter) => [meter.key, meter]));
  const byName: { what: string; names: Names; form: (name: string) => string }[] = [
    { what: 'the key', names: namesBy(meters, ({ key }) => [key], withoutSpaces), form: withoutSpaces },
    {
      what: 'a serial number or an alias',
      names: namesBy(meters, ({ aliases, serials }) => [...aliases, ...serials], withoutSpaces),
      form: withoutSpaces,
    },
    {
      what: 'the number, without its leading zeros,',
      names: namesBy(meters, ({ key, serials }) => [key, ...serials], withoutZeros),
      form: withoutZeros,
    },
  ];
  const known = new Map<string, UploadMeter>();

  const find = (text: string): UploadMeter | CellFault => {
    // A spreadsheet keeps a long number as text with an apostrophe before it.
    const plain = text.replace(/^'/, '').trim();
    const compact = plain.replaceAll(' ', '');
    const meter = byKey.get(plain) ?? byKey.get(compact) ?? byKey.get(meterKeyOf(compact));
    if (meter !== undefined) return meter;
    for (const { what, names, form } of byName) {
      const [only, ...others] = names.get(form(plain)) ?? [];
      if (only === undefined) continue;
      if (others.length === 0) return only;
      const keys = [only, ...others].map(({ key }) => key).join(', ');
      return { code: 'ambiguous-meter', detail: `${quoted(plain)} is ${what} of several meters: ${keys}` };
    }
    return notFound(plain);
  };

  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    const found = find(text);
    if ('id' in found) known.set(text, found);
    return found;
  };
}
