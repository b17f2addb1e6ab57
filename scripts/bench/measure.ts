/** Times of one piece of work, in milliseconds. */
export type Times = { medianMs: number; leastMs: number; mostMs: number; p99Ms: number; count: number };

/** The value below which a share of the sorted values lies. */
function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/** Sums up single times. */
export function timesOf(milliseconds: readonly number[]): Times {
  const sorted = milliseconds.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  const medianMs = ((sorted[Math.ceil(middle) - 1] ?? 0) + (sorted[Math.floor(middle)] ?? 0)) / 2;
  return {
    medianMs,
    leastMs: sorted[0] ?? 0,
    mostMs: sorted.at(-1) ?? 0,
    p99Ms: quantile(sorted, 0.99),
    count: sorted.length,
  };
}

/** How long a piece of work takes. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/**
 * Measures several pieces of work in turn, again and again, so that whatever else the machine does falls on all of them
 * alike. `before` runs ahead of each and is not measured.
 */
export async function inRotation(
  rounds: number,
  works: Readonly<Record<string, { before?: () => Promise<unknown>; work: () => Promise<unknown> }>>,
): Promise<Record<string, Times>> {
  const times: Record<string, number[]> = Object.fromEntries(Object.keys(works).map((name) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (const [name, { before, work }] of Object.entries(works)) {
      await before?.();
      times[name]?.push(await timed(work));
    }
  }
  return Object.fromEntries(Object.entries(times).map(([name, list]) => [name, timesOf(list)]));
}
