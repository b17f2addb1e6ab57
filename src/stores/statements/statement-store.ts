import type pg from 'pg';
import { touchedOne, touchedTogether } from '../../domain/change-log/touched.ts';
import { Decimal } from '../../domain/decimal.ts';
import type { LocalDay } from '../../domain/local-day.ts';
import type { StatementDraft, StatementStatus } from '../../domain/statements/statement.ts';
import type { KeptStatement, StatementFacts, StatementStore } from '../../services/statements/statement-store.ts';
import { inChange, withConnection } from '../change.ts';
import { FACTS_ORGANISATION, FACTS_SITES, SELECT_STATEMENT } from './statement-queries.ts';

type Row = {
  id: string;
  version: number;
  status: StatementStatus;
  supersedes_id: string | null;
  draft: StatementDraft;
  content: string | null;
  digest: string | null;
  published_at: string | null;
  ended_at: string | null;
  end_reason: string | null;
};

type SiteRow = {
  key: string;
  name: string;
  disclosure: string;
  areas: { from: LocalDay | null; areaM2: string }[];
};

function fromRow(row: Row): KeptStatement {
  const { id, version, status, draft, content, digest } = row;
  return {
    ...{ id, version, status, draft, content, digest },
    supersedes: row.supersedes_id,
    publishedAt: row.published_at,
    endedAt: row.ended_at,
    endReason: row.end_reason,
  };
}

async function find(db: pg.Pool | pg.PoolClient, id: string): Promise<KeptStatement | null> {
  const { rows } = await db.query<Row>(`${SELECT_STATEMENT} where s.id = $1::bigint`, [id]);
  return rows[0] === undefined ? null : fromRow(rows[0]);
}

/** Locks a statement. What it is then will not change until the transaction ends. */
async function claim(client: pg.PoolClient, id: string): Promise<KeptStatement | null> {
  await client.query('select s.id from statement s where s.id = $1::bigint for no key update', [id]);
  return find(client, id);
}

async function factsAt(pool: pg.Pool, seq: string): Promise<StatementFacts> {
  const [organisation, sites] = await Promise.all([
    pool.query<{ organisation: string }>(FACTS_ORGANISATION, [seq]),
    pool.query<SiteRow>(FACTS_SITES, [seq]),
  ]);
  return {
    organisation: organisation.rows[0]?.organisation ?? '',
    sites: new Map(
      sites.rows.map(({ key, name, disclosure, areas }) => [
        key,
        { name, disclosure, areas: areas.map(({ from, areaM2 }) => ({ from, areaM2: new Decimal(areaM2) })) },
      ]),
    ),
  };
}

/** Keeps statements in PostgreSQL. Each write is a change of its own. */
export function createStatementStore(pool: pg.Pool): StatementStore {
  /** Runs a write, which tells the statements that it wrote, its own first; one that comes to nothing writes nothing. */
  const write = (
    principal: string,
    work: (client: pg.PoolClient, changeId: () => Promise<string>) => Promise<readonly string[] | null>,
  ): Promise<string | null> =>
    withConnection(pool, async (client) => {
      const stamp = { kind: 'statement', principal, uploadId: null, config: false } as const;
      const { result } = await inChange(client, stamp, async (drawChangeId) => {
        const ids = await work(client, drawChangeId);
        const touched = ids === null ? null : touchedTogether(ids.map((id) => touchedOne('statement', id)));
        return { touched, result: ids?.[0] ?? null };
      });
      return result;
    });

  return {
    async writeDraft(draft, { id, supersedes, version }, principal) {
      const written = await write(principal, async (client, changeId) => {
        if (id === null) {
          const { rows } = await client.query<{ id: string }>(
            `insert into statement (version, status, supersedes_id, draft, change_id)
             values ($1, 'draft', $2::bigint, $3::jsonb, $4::bigint) returning id::text as id`,
            [version, supersedes, JSON.stringify(draft), await changeId()],
          );
          return rows.map((row) => row.id);
        }
        if ((await claim(client, id))?.status !== 'draft') return null;
        await client.query(`update statement set draft = $2::jsonb, change_id = $3::bigint where id = $1::bigint`, [
          id,
          JSON.stringify(draft),
          await changeId(),
        ]);
        return [id];
      });
      return written === null ? null : find(pool, written);
    },

    async publish({ id, content, digest, frozenSeq, principal }, read) {
      const published = await write(principal, async (client, changeId) => {
        // The older one first, in every transaction, so that no two wait for each other.
        const before = read.supersedes === null ? null : await claim(client, read.supersedes);
        const now = await claim(client, id);
        const isAsRead = now?.status === 'draft' && JSON.stringify(now.draft) === JSON.stringify(read.draft);
        if (!isAsRead || (read.supersedes !== null && before?.status !== 'published')) return null;
        const change = await changeId();
        if (before !== null)
          await client.query(
            `update statement set status = 'superseded', ended_by = $2::bigint where id = $1::bigint`,
            [before.id, change],
          );
        await client.query(
          `update statement set status = 'published', content = $2, digest = $3, frozen_seq = $4::bigint, published_by = $5::bigint
           where id = $1::bigint`,
          [id, content, digest, frozenSeq, change],
        );
        return before === null ? [id] : [id, before.id];
      });
      return published === null ? null : find(pool, published);
    },

    async withdraw(id, reason, principal) {
      const withdrawn = await write(principal, async (client, changeId) => {
        if ((await claim(client, id))?.status !== 'published') return null;
        await client.query(
          `update statement set status = 'withdrawn', ended_by = $2::bigint, end_reason = $3 where id = $1::bigint`,
          [id, await changeId(), reason],
        );
        return [id];
      });
      return withdrawn === null ? null : find(pool, withdrawn);
    },

    async removeDraft(id, principal) {
      const removed = await write(principal, async (client, changeId) => {
        if ((await claim(client, id))?.status !== 'draft') return null;
        await changeId();
        await client.query('delete from statement where id = $1::bigint', [id]);
        return [id];
      });
      return removed !== null;
    },

    find: (id) => find(pool, id),

    async list(status, before, limit) {
      const { rows } = await pool.query<Row>(
        `${SELECT_STATEMENT} where ($1::text is null or s.status = $1) and ($2::bigint is null or s.id < $2)
         order by s.id desc limit $3`,
        [status, before, limit],
      );
      return rows.map(fromRow);
    },

    factsAt: (seq) => factsAt(pool, seq),
  };
}
