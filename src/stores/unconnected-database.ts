import { PrismaPg } from '@prisma/adapter-pg';
import type { Database } from './database.ts';
import { PrismaClient } from './prisma-client/client.ts';
import { servicePool } from './service-pool.ts';

/**
 * A database that no connection is made to until it is used, for building the application without running it: to write
 * down its OpenAPI document, for one.
 */
export function unconnectedDatabase(): Database {
  const connection = { host: '127.0.0.1', port: 1, database: 'none' };
  const pool = servicePool(connection, { onError: () => {} });
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool) });
  const close = async () => {
    await prisma.$disconnect();
    await pool.end();
  };
  return { pool, snapshots: pool, prisma, replica: null, connection, close };
}
