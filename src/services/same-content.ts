import { isDeepStrictEqual } from 'node:util';

/** Whether two plain values say the same once written out: decimals by their digits, members in any order. */
export function sameContent(a: object | null, b: object | null): boolean {
  return isDeepStrictEqual(JSON.parse(JSON.stringify(a)), JSON.parse(JSON.stringify(b)));
}
