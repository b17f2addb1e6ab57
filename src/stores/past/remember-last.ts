/**
 * Loads by key and remembers the last few answers, for what never changes. Whoever asks while an answer is on its way waits
 * for the same one; a failure is not remembered.
 */
export function rememberLast<T>(count: number, load: (key: string) => Promise<T>): (key: string) => Promise<T> {
  const known = new Map<string, Promise<T>>();
  return (key) => {
    const found = known.get(key) ?? load(key);
    // Put last again, so that the one asked for longest ago is the first.
    known.delete(key);
    known.set(key, found);
    found.catch(() => known.delete(key));
    const oldest = known.keys().next();
    if (known.size > count && oldest.done !== true) known.delete(oldest.value);
    return found;
  };
}
