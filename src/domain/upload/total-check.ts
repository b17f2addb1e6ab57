import { MICRO } from '../interval-profile.ts';
import { readValue } from './read-value.ts';
import { clip } from './row-fault.ts';

/** A row whose own total is not the sum of its values. */
export type TotalDifference = { line: number; total: number; sum: number; difference: number };

/** What the totals that a supplier wrote say of the values beside them. */
export type TotalCheck = {
  rowsAgree: number;
  rowsDiffer: number;
  /** The first rows that differ, by line. */
  differences: TotalDifference[];
};

/** Rows that differ and are told one by one. */
const DIFFERENCES_MAX = 100;
const DECIMALS_MAX = 6;

/** A check of rows as they are read. */
export type TotalChecker = {
  /** Holds the text of a total against the values of its row; NaN is a missing value. Blank totals are not compared. */
  row(line: number, total: string, values: Iterable<number>): void;
  result(): TotalCheck;
};

/** What half a unit of the last decimal of a number is, in millionths. */
function halfUnitMicro(text: string): number {
  const decimals = Math.min(/\.(\d*)/.exec(text)?.[1]?.length ?? 0, DECIMALS_MAX);
  return 10 ** (DECIMALS_MAX - decimals) / 2;
}

/**
 * Makes a check. A total agrees when the sum of the values, rounded to as many decimals as the total has, is the total;
 * sums are of millionths, exact.
 */
export function createTotalChecker(): TotalChecker {
  const check: TotalCheck = { rowsAgree: 0, rowsDiffer: 0, differences: [] };
  return {
    row(line, text, values) {
      const total = readValue(clip(text, 40));
      if (typeof total !== 'number' || Number.isNaN(total)) return;
      let sumMicro = 0;
      let present = 0;
      for (const value of values) {
        if (Number.isNaN(value)) continue;
        sumMicro += Math.round(value * MICRO);
        present += 1;
      }
      if (present === 0) return;
      const differenceMicro = Math.round(total * MICRO) - sumMicro;
      if (Math.abs(differenceMicro) <= halfUnitMicro(text)) {
        check.rowsAgree += 1;
        return;
      }
      check.rowsDiffer += 1;
      if (check.differences.length === DIFFERENCES_MAX) return;
      check.differences.push({ line, total, sum: sumMicro / MICRO, difference: differenceMicro / MICRO });
    },
    result: () => check,
  };
}
