import type { Principal } from '../domain/access.ts';
import type { PutOutcome } from './change-configuration.ts';
import type { Page, PageRequest } from './page.ts';
import type { Knowledge } from './past/known-at.ts';

/** Records that are kept under the council's own keys, with every version that they had. */
export type KeyedRecords<Value> = {
  /** Writes a record. The same again changes nothing; a change keeps what it was before. */
  put(value: Value, principal: Principal): Promise<PutOutcome<Value>>;
  /** @throws Refusal where there is none. */
  get(key: string, known: Knowledge): Promise<Value>;
  list(page: PageRequest, known: Knowledge): Promise<Page<Value>>;
  /** @throws Refusal where there is none. */
  remove(key: string, principal: Principal): Promise<void>;
};
