import fc from 'fast-check';
import type { Test } from 'tap';

const SEED = 20_260_401;

/** Asserts that a property holds for generated cases. The seed is fixed, so that a run can be repeated. */
export function holds(t: Test, property: fc.IRawProperty<unknown>, numRuns = 200): void {
  fc.assert(property, { numRuns, seed: SEED });
  t.pass(`holds for ${numRuns} cases`);
}

/** The same of a property that has to be waited for. */
export async function holdsInTime(t: Test, property: fc.IAsyncProperty<unknown>, numRuns = 200): Promise<void> {
  await fc.assert(property, { numRuns, seed: SEED });
  t.pass(`holds for ${numRuns} cases`);
}
