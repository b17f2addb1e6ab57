/** Mixes texts and numbers into one seed of 32 bits (FNV-1a). The same parts give the same seed on every machine. */
export function seedOf(...parts: (string | number)[]): number {
  let hash = 0x811c9dc5;
  for (const character of parts.join('|')) {
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
  }
  return hash >>> 0;
}

/** A seed of its own for the `index`-th day or month of a series; cheaper than `seedOf`. */
export function seedAt(seed: number, index: number): number {
  return Math.imul(seed ^ Math.imul(index + 1, 0x9e3779b1), 0x85ebca6b) >>> 0;
}

/** A source of numbers from 0 up to 1 (mulberry32): small, fast, and enough for data that only has to look alive. */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** The first number of a seed. */
export function randomAt(seed: number, index: number): number {
  return randomFrom(seedAt(seed, index))();
}

/** Noise from -1 to 1 that changes over about `length` steps: one value per step, each a function of the step alone. */
export function smoothNoise(seed: number, step: number, length: number): number {
  const knot = Math.floor(step / length);
  const share = step / length - knot;
  const ease = share * share * (3 - 2 * share);
  const before = randomAt(seed, knot) * 2 - 1;
  const after = randomAt(seed, knot + 1) * 2 - 1;
  return before + (after - before) * ease;
}
