import { createHash } from 'node:crypto';
import type { Principal } from '../../domain/access.ts';
import type { AreaTable, Geography } from '../../domain/places/area-table.ts';
import { openAreaTable } from '../../domain/places/read-area-table.ts';
import { Refusal } from '../../domain/refusal.ts';
import { LIMITS } from '../../limits.ts';
import { type Page, type PageRequest, pageOf } from '../page.ts';
import type { Knowledge } from '../past/known-at.ts';
import type { AreaRows, AreaTableInput, AreaTableOutcome, AreaTableStore } from './area-tables-port.ts';

/** Look-up tables of areas. */
export type AreaTables = {
  /** Reads and keeps a table whole, in place of one of the same name; what it was before is kept. */
  put(
    input: AreaTableInput & { geography: Geography | null },
    file: AsyncIterable<Uint8Array>,
    principal: Principal,
  ): Promise<AreaTableOutcome>;
  /** @throws Refusal `unknown-area-table`. */
  get(key: string, known: Knowledge): Promise<AreaTable>;
  list(page: PageRequest, known: Knowledge): Promise<Page<AreaTable>>;
  /** @throws Refusal `unknown-area-table`. */
  remove(key: string, principal: Principal): Promise<void>;
};

function unknownTable(key: string): Refusal {
  return new Refusal('unknown-area-table', `There is no area table '${key}'`);
}

async function* rowsOf(file: AsyncIterable<Uint8Array>, geography: Geography | null): AreaRows {
  const reader = openAreaTable(geography);
  const digest = createHash('sha256');
  let bytes = 0;
  for await (const block of file) {
    bytes += block.length;
    if (bytes > LIMITS.areaTableBytesMax)
      throw new Refusal(
        'payload-too-large',
        `The table is larger than ${LIMITS.areaTableBytesMax} bytes: send the columns of postcodes and areas alone`,
      );
    digest.update(block);
    const rows = reader.push(Buffer.from(block.buffer, block.byteOffset, block.byteLength));
    if (rows.length > 0) yield rows;
  }
  const { rows, read } = reader.end();
  if (rows.length > 0) yield rows;
  return { ...read, digest: digest.digest('hex') };
}

/** Builds the use cases of look-up tables of areas. */
export function createAreaTables(store: AreaTableStore): AreaTables {
  return {
    put: ({ geography, ...input }, file, principal) => store.write(input, rowsOf(file, geography), principal.label),

    async get(key, { seq }) {
      const table = await store.find(key, seq);
      if (table === null) throw unknownTable(key);
      return table;
    },

    list: async (page, { seq }) => pageOf(await store.list(page, seq), page.limit, ({ key }) => key),

    async remove(key, principal) {
      if (!(await store.end(key, principal.label))) throw unknownTable(key);
    },
  };
}
