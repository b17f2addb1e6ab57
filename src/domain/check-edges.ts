import type { ServiceEdge } from './estate.ts';
import { Refusal } from './refusal.ts';

/**
 * Checks that something ends after it begins.
 * @param names the fields' names in the request, first and last.
 * @throws Refusal `invalid-request` naming both days.
 */
export function checkEdges(
  first: ServiceEdge | null,
  last: ServiceEdge | null,
  names: readonly [string, string],
): void {
  if (first === null || last === null || first.on < last.on) return;
  const detail = `${names[1]} is ${last.on}: expected a day later than ${names[0]}, which is ${first.on}`;
  throw new Refusal('invalid-request', detail, [{ pointer: `/${names[1]}/on`, code: 'wrong-order', detail }]);
}
