import type { Activity } from '../activities.ts';

/** What a read is good for: an advance between two actual ones is actual; withdrawn and queried ones count nowhere. */
export type ReadEvidence = 'actual' | 'estimated' | 'withdrawn' | 'queried';

/** What a read says of its device: that it was taken off, or put on. */
export type DeviceEdge = 'closing' | 'opening' | null;

type Fuel = 'electricity' | 'gas';
type ReadTypeRow = {
  evidence: ReadEvidence;
  edge: DeviceEdge;
  meaning: string;
  /** The letters that files of each fuel write for it; the same letter may mean something else in the other fuel. */
  letters: Readonly<Record<Fuel, readonly string[]>>;
};

const plain = (
  evidence: ReadEvidence,
  meaning: string,
  electricity: readonly string[],
  gas: readonly string[] = [],
): ReadTypeRow => ({ evidence, edge: null, meaning, letters: { electricity, gas } });

/**
 * Read types by name, with the letters of the industry's flows: data item J0171 of the electricity data transfer catalogue
 * and the letters of gas suppliers' files. `S` is a special, actual read in electricity and a deemed one in gas; `D` and `E`
 * are no reads that anybody took.
 */
export const READ_TYPES = {
  actual: plain('actual', 'Read taken by a person or a device; at a change of supplier, too', ['A'], ['A']),
  routine: plain('actual', 'Read on the usual round', ['N', 'N3', 'R']),
  customer: plain('actual', "The customer's own read", ['C'], ['C']),
  special: plain('actual', 'Read asked for specially', ['S']),
  prepayment: plain('actual', 'Collected through prepayment infrastructure', ['P']),
  'change-of-tenancy': plain('actual', 'Read at a change of tenancy', ['Z']),
  'exchange-or-remote': plain(
    'actual',
    'Read at an exchange, or one obtained remotely: files use one letter for both',
    ['X'],
  ),
  'exchange-closing': {
    evidence: 'actual',
    edge: 'closing',
    meaning: 'Last read of a device that is taken off, or of a register before it is set up anew',
    letters: { electricity: ['F'], gas: ['F'] },
  },
  'exchange-opening': {
    evidence: 'actual',
    edge: 'opening',
    meaning: 'First read of a device that is put on, or of a register after it was set up anew',
    letters: { electricity: ['I'], gas: ['I'] },
  },
  estimated: plain('estimated', 'Estimated by the supplier or a computer', ['E', 'E3', 'EM', 'CP'], ['E']),
  deemed: plain('estimated', 'Deemed or estimated where no read could be had', ['D'], ['S']),
  'old-suppliers-estimate': plain('estimated', "The old supplier's estimate at a change of supplier", ['O']),
  modified: plain('estimated', 'Changed by hand by the data collector', ['Q']),
  queried: plain('queried', 'Put in doubt by the supplier', ['H']),
  information: plain('queried', 'For information, or a proving test: not for billing', ['IF', 'T']),
  withdrawn: plain('withdrawn', 'Taken back', ['W']),
} as const satisfies Record<string, ReadTypeRow>;

export type ReadType = keyof typeof READ_TYPES;

export const READ_TYPE_NAMES = Object.keys(READ_TYPES) as ReadType[];

const OTHER_NAMES: ReadonlyMap<string, ReadType> = new Map([
  ['final', 'exchange-closing'],
  ['initial', 'exchange-opening'],
]);

/** What kind of evidence a read is. */
export const evidenceOf = (type: ReadType): ReadEvidence => READ_TYPES[type].evidence;

/** Whether a read begins a device's or register's life. */
export const isOpening = (type: ReadType): boolean => READ_TYPES[type].edge === 'opening';

/** Whether a read ends a device's or register's life. */
export const isClosing = (type: ReadType): boolean => READ_TYPES[type].edge === 'closing';

/** Which letters a meter's reads are written in; water, heat and other fuels use those that mean the same in both. */
function lettersOf(type: ReadType, activity: Activity): readonly string[] {
  const { electricity, gas } = READ_TYPES[type].letters as ReadTypeRow['letters'];
  if (activity === 'electricity') return electricity;
  return activity === 'natural-gas' ? gas : gas.filter((letter) => electricity.includes(letter));
}

/** The read type that a name or a letter means for a fuel, or null when it means none. */
export function readTypeOf(text: string, activity: Activity): ReadType | null {
  const word = text.trim();
  const name = word.toLowerCase().replaceAll(' ', '-');
  const byName = READ_TYPE_NAMES.find((type) => type === name) ?? OTHER_NAMES.get(name);
  return byName ?? READ_TYPE_NAMES.find((type) => lettersOf(type, activity).includes(word.toUpperCase())) ?? null;
}

/** The names and letters that a fuel's reads may carry, for a message. */
export function readTypesExpected(activity: Activity): string {
  const letters = READ_TYPE_NAMES.flatMap((type) => lettersOf(type, activity));
  return `one of ${READ_TYPE_NAMES.join(', ')}, or for ${activity} a letter: ${letters.join(', ')}`;
}
