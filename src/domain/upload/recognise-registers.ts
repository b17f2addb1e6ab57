import { headerWords, rankOf } from './header-words.ts';
import { DELIMITERS, type Delimiter } from './layout.ts';

/** Columns of a table with a row for each register read, by place; null where the table has none. */
export type RegisterColumns = {
  meter: number | null;
  date: number;
  time: number | null;
  dial: number;
  serial: number | null;
  register: number | null;
  readType: number | null;
};

/** A table with a row for each register read. */
export type RegisterLayout = {
  delimiter: Delimiter;
  /** Line the header stands on, from 1. */
  headerLine: number;
  /** The header cells, for messages. */
  headers: readonly string[];
  columns: RegisterColumns;
};

const DIAL_WORDS = [
  'register reading',
  'meter reading',
  'dial reading',
  'cumulative reading',
  'register read',
  'meter read',
  'dial read',
  'dials',
  'dial value',
];
const SERIAL_WORDS = [
  'serial',
  'serial number',
  'serial no',
  'meter serial',
  'meter serial number',
  'meter serial no',
  'msn',
  'device',
];
const REGISTER_WORDS = ['register', 'register id', 'register number', 'register no', 'meter register id', 'reg', 'tpr'];
const READ_TYPE_WORDS = [
  'read type',
  'reading type',
  'type of read',
  'type of reading',
  'read quality',
  'quality',
  'flag',
];

/** What a header says of a table of register reads; null where it is the header of something else, or of nothing. */
export function registerColumns(headers: readonly string[], needsMeter: boolean): RegisterColumns | null {
  const words = headers.map(headerWords);
  const first = (list: readonly string[]): number | null => {
    const found = list.map((word) => words.indexOf(word)).find((index) => index >= 0);
    return found ?? null;
  };
  const byRole = (role: 'meter' | 'day' | 'start' | 'time' | 'value', taken: readonly (number | null)[]) => {
    const ranked = words.flatMap((word, index) => {
      const rank = taken.includes(index) ? null : rankOf(word, role);
      return rank === null ? [] : [{ rank, index }];
    });
    return ranked.sort((a, b) => a.rank - b.rank)[0]?.index ?? null;
  };
  const dial = first(DIAL_WORDS);
  if (dial === null) return null;
  const [serial, register, readType] = [first(SERIAL_WORDS), first(REGISTER_WORDS), first(READ_TYPE_WORDS)];
  const taken = [dial, serial, register, readType];
  const date = byRole('day', taken) ?? byRole('start', taken);
  const meter = byRole('meter', taken);
  if (date === null || (needsMeter && meter === null) || byRole('value', taken) !== null) return null;
  return { meter, date, time: byRole('time', taken), dial, serial, register, readType };
}

/** Lines that are looked at for the header. */
const LINES_MAX = 30;

/** Finds the header of a table of register reads in the first lines of a file; null where there is none. */
export function findRegisterHeader(head: string, needsMeter: boolean): RegisterLayout | null {
  const lines = head.split('\n').slice(0, LINES_MAX);
  for (const [index, line] of lines.entries()) {
    for (const delimiter of DELIMITERS) {
      const headers = line.split(delimiter).map((cell) => cell.trim().replace(/^"(.*)"$/, '$1'));
      const columns = registerColumns(headers, needsMeter);
      if (columns !== null) return { delimiter, headerLine: index + 1, headers, columns };
    }
  }
  return null;
}
