/** What part of a list is asked for: at most `limit` entries after the one at `after`, in the list's own order. */
export type PageRequest = { after: string | null; limit: number };

/** One page. `next` is where the next one begins, or null at the end of the list. */
export type Page<Item> = { items: readonly Item[]; next: string | null };

/** Makes a page of up to `limit + 1` entries that a store found: one more than asked for says that there is a next page. */
export function pageOf<Item>(found: readonly Item[], limit: number, position: (item: Item) => string): Page<Item> {
  const items = found.slice(0, limit);
  const last = items.at(-1);
  return { items, next: found.length > limit && last !== undefined ? position(last) : null };
}
