/** One piece of work to measure. `before` runs ahead of it and is not measured. */
export type Work = { before?: () => Promise<unknown>; work: () => Promise<unknown> };

/** How long a piece of work takes, in milliseconds. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/**
 * Measures several pieces of work in turn, again and again, so that whatever else the machine does falls on all of them
 * alike. Resolves to the milliseconds of each, in the order of the rounds.
 */
export async function inRotation<Name extends string>(
  rounds: number,
  works: Readonly<Record<Name, Work>>,
): Promise<Record<Name, number[]>> {
  const names = Object.keys(works) as Name[];
  const times = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<Name, number[]>;
  for (let round = 0; round < rounds; round++) {
    for (const name of names) {
      await works[name].before?.();
      times[name].push(await timed(works[name].work));
    }
  }
  return times;
}
