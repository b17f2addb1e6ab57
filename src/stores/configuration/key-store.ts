import type { AccessScope } from '../../domain/access.ts';
import type { KeyReads, KeyRecord, KeyStore } from '../../services/key-store.ts';
import { ADVISORY_LOCKS } from '../advisory-locks.ts';
import type { Prisma, PrismaClient } from '../prisma-client/client.ts';
import { refusing } from '../refusing.ts';

const FIELDS = { id: true, name: true, scopes: true, createdAt: true, expiresAt: true, revokedAt: true } as const;

type Row = Prisma.ApiKeyGetPayload<{ select: typeof FIELDS }>;

function fromRow(row: Row): KeyRecord {
  return { ...row, scopes: row.scopes as AccessScope[] };
}

async function list(db: Prisma.TransactionClient): Promise<KeyRecord[]> {
  return (await db.apiKey.findMany({ select: FIELDS, orderBy: { id: 'asc' } })).map(fromRow);
}

/** API keys as they stand now. */
export function createKeyReads(prisma: PrismaClient): KeyReads {
  return refusing({ list: () => list(prisma) });
}

/** API keys inside one transaction. */
export function createKeyStore(tx: Prisma.TransactionClient): KeyStore {
  return {
    async lockAll() {
      await tx.$executeRaw`select pg_advisory_xact_lock(${ADVISORY_LOCKS.apiKeys})`;
      return list(tx);
    },
    async findByHash(hash) {
      const row = await tx.apiKey.findUnique({ where: { hash }, select: FIELDS });
      return row === null ? null : fromRow(row);
    },
    async insert({ hash, scopes, ...key }) {
      return fromRow(await tx.apiKey.create({ data: { ...key, hash, scopes: [...scopes] }, select: FIELDS }));
    },
    async revoke(ids, at) {
      await tx.apiKey.updateMany({ where: { id: { in: [...ids] }, revokedAt: null }, data: { revokedAt: at } });
    },
  };
}
