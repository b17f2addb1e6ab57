import type { LocalDay } from '../domain/local-day.ts';
import type { Site } from '../domain/site.ts';
import type { PageRequest } from './page.ts';

/** Which sites are asked for. A null filter takes all. */
export type SiteFilter = {
  category: string | null;
  portfolio: string | null;
  ward: string | null;
  /** Part of the key, name or postcode, in any case. */
  q: string | null;
};

/** A site's identity, locked, with what is known of it now; `current` is null for one that was deleted or never written. */
export type LockedSite = { id: number; current: Site | null };

/** Sites inside one transaction. */
export type SiteStore = {
  /** Locks a site's identity until the transaction ends, making it first where it does not exist. */
  claim(key: string): Promise<LockedSite>;
  /** Locks a site's identity. Null when there is none. */
  lock(key: string): Promise<LockedSite | null>;
  /** Replaces what is known of a site. */
  write(id: number, changeId: bigint, site: Site): Promise<void>;
  /** Ends what is known of a site, without a successor. */
  end(id: number, changeId: bigint): Promise<void>;
  /** What is known now of sites, by id. */
  known(ids: readonly number[]): Promise<Site[]>;
  /** Keys of meters that belong to a site on some day, at most `limit`, in order. */
  meterKeys(id: number, limit: number): Promise<string[]>;
  /** Numbers of the energy certificates that stand for a site, at most `limit`, in order. */
  certificateNumbers(id: number, limit: number): Promise<string[]>;
  /** Ids of the sites that exist now among `keys`, by key. Held against deletion until the transaction ends. */
  hold(keys: readonly string[]): Promise<ReadonlyMap<string, number>>;
};

/** Sites outside any transaction: as they stand now (`seq` null), or as they stood at a clock reading. */
export type SiteReads = {
  find(key: string, seq: string | null): Promise<Site | null>;
  /** Up to `limit + 1` sites after `after`, by key in byte order; what is dated is filtered by as it holds on `day`. */
  list(filter: SiteFilter, page: PageRequest, known: { seq: string | null; day: LocalDay }): Promise<Site[]>;
};
