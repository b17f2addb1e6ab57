import fc from 'fast-check';
import type { Test } from 'tap';

/** Asserts that a property holds for generated cases. The seed is fixed, so that a run can be repeated. */
export function holds(t: Test, property: fc.IRawProperty<unknown>, numRuns = 200): void {
  fc.assert(property, { numRuns, seed: 20_260_401 });
  t.pass(`holds for ${numRuns} cases`);
}
