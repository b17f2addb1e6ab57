import type { ApiClient } from './api-client.ts';

type Page<Entry> = { data: Entry[]; page: { nextCursor?: string } };

/** Every entry of a list of the API, page after page. */
export async function listAll<Entry>(api: ApiClient, path: string): Promise<Entry[]> {
  const entries: Entry[] = [];
  let query = '?limit=500';
  for (;;) {
    const { data, page } = await api.get<Page<Entry>>(`${path}${query}`);
    entries.push(...data);
    if (page.nextCursor === undefined) return entries;
    query = `?limit=500&cursor=${page.nextCursor}`;
  }
}
