import { canonicalJson, type Json } from './canonical-json.ts';
import { groupBy } from './group-by.ts';
import type { ReceiptContent } from './receipt-content.ts';

/** What identifies a line of a receipt. */
const IDENTITY = [
  'row',
  'site',
  'meter',
  'activity',
  'tenant',
  'start',
  'end',
  'control',
  'line',
  'scope',
  'scope3Category',
];

/** A member that is not what it was: where (RFC 6901), of which line if of one, what the receipt says and what was found. */
export type ReceiptDifference = {
  pointer: string;
  line: { [member: string]: Json } | null;
  member: string;
  /** As canonical JSON; null where the receipt has no such member. */
  expected: string | null;
  /** As canonical JSON; null where there is none now. */
  found: string | null;
};

type JsonObject = { readonly [member: string]: Json | undefined };

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

type Leaf = { path: string; expected: Json | undefined; found: Json | undefined };

const escaped = (name: string): string => name.replaceAll('~', '~0').replaceAll('/', '~1');

/** The innermost members in which two values differ. */
function leaves(expected: Json | undefined, found: Json | undefined, path: string): Leaf[] {
  if (expected !== undefined && found !== undefined) {
    if (canonicalJson(expected) === canonicalJson(found)) return [];
    if (Array.isArray(expected) && Array.isArray(found)) {
      const length = Math.max(expected.length, found.length);
      return Array.from({ length }, (_, index) => index).flatMap((index) =>
        leaves(expected[index], found[index], `${path}/${index}`),
      );
    }
    if (isObject(expected) && isObject(found)) {
      const names = [...new Set([...Object.keys(expected), ...Object.keys(found)])].sort();
      return names.flatMap((name) => leaves(expected[name], found[name], `${path}/${escaped(name)}`));
    }
  }
  return [{ path, expected, found }];
}

const written = (value: Json | undefined): string | null => (value === undefined ? null : canonicalJson(value));

function identityOf(line: Json | undefined): { [member: string]: Json } {
  if (!isObject(line)) return {};
  const { basis, market } = line;
  return {
    ...Object.fromEntries(IDENTITY.map((name) => [name, line[name] ?? null])),
    ...(basis !== undefined && { basis }),
    ...(isObject(market) && { record: market.record ?? null }),
  };
}

function toDifference(prefix: string, line: Json | undefined, { path, expected, found }: Leaf): ReceiptDifference {
  return {
    pointer: `${prefix}${path}`,
    line: line === undefined ? null : identityOf(line),
    member: path.slice(1),
    expected: written(expected),
    found: written(found),
  };
}

function lineDifferences(expected: readonly Json[], found: readonly Json[]): ReceiptDifference[] {
  const nameOf = (line: Json): string => canonicalJson(identityOf(line));
  // One instrument may cover different shares of the days of one line: such lines stand in the same order in both.
  const left = groupBy(found, nameOf);
  const differences = expected.flatMap((line, index) => {
    const now = left.get(nameOf(line))?.shift();
    return leaves(line, now, '').map((leaf) => toDifference(`/lines/${index}`, line, leaf));
  });
  const added = [...left.values()]
    .flat()
    .map((line) => toDifference('/lines/-', line, { path: '', expected: undefined, found: line }));
  return [...differences, ...added];
}

/** Where what is recomputed differs from what a receipt states: its lines first, then all else. */
export function receiptDifferences(
  expected: Omit<ReceiptContent, 'kind' | 'rounding'> & JsonObject,
  found: ReceiptContent,
): ReceiptDifference[] {
  const { lines: linesThen, ...then } = expected;
  const { lines: linesNow, ...now } = found;
  return [
    ...lineDifferences(linesThen, linesNow),
    ...leaves(then, now, '').map((leaf) => toDifference('', undefined, leaf)),
  ];
}

/** A member that is not what was stated: where (RFC 6901), what is stated and what was found, as canonical JSON. */
export type ContentDifference = Pick<ReceiptDifference, 'pointer' | 'expected' | 'found'>;

/** The innermost members in which two contents differ. */
export function contentDifferences(expected: Json, found: Json): ContentDifference[] {
  return leaves(expected, found, '').map((leaf) => {
    return { pointer: leaf.path, expected: written(leaf.expected), found: written(leaf.found) };
  });
}
