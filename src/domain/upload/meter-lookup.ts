import type { Activity, Direction, Unit } from '../activities.ts';
import { meterKeyOf } from '../identifiers/meter-key.ts';
import { type CellFault, quoted } from './row-fault.ts';

/** A meter as an upload knows it. */
export type UploadMeter = {
  id: number;
  key: string;
  activity: Activity;
  unit: Unit;
  direction: Direction;
  aliases: readonly string[];
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
    detail: `There is no meter ${quoted(text)}: add it first, or give the meter that it means this alias`,
  };
}

/**
 * Makes a lookup over the council's meters: by key, by the 13-digit core of a full MPAN, with or without spaces, and by
 * alias. A name that several meters have is refused.
 */
export function createMeterLookup(meters: readonly UploadMeter[]): MeterLookup {
  const byKey = new Map(meters.map((meter) => [meter.key, meter]));
  const byAlias = new Map<string, UploadMeter[]>();
  for (const meter of meters) {
    for (const alias of meter.aliases) byAlias.set(alias, [...(byAlias.get(alias) ?? []), meter]);
  }
  const known = new Map<string, UploadMeter>();

  const find = (text: string): UploadMeter | CellFault => {
    // A spreadsheet keeps a long number as text with an apostrophe before it.
    const plain = text.replace(/^'/, '').trim();
    const compact = plain.replaceAll(' ', '');
    const meter = byKey.get(plain) ?? byKey.get(compact) ?? byKey.get(meterKeyOf(compact));
    if (meter !== undefined) return meter;
    const named = byAlias.get(plain) ?? byAlias.get(compact) ?? [];
    const [only] = named;
    if (named.length > 1)
      return {
        code: 'ambiguous-meter',
        detail: `${quoted(plain)} is an alias of several meters: ${named.map(({ key }) => key).join(', ')}`,
      };
    return only ?? notFound(plain);
  };

  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    const found = find(text);
    if ('id' in found) known.set(text, found);
    return found;
  };
}
