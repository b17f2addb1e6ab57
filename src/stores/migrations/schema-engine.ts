import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { bindMigrationAwareSqlAdapterFactory, type SqlDriverAdapter } from '@prisma/driver-adapter-utils';
import type { SchemaEngine } from '@prisma/schema-engine-wasm';
import * as bindings from '@prisma/schema-engine-wasm/schema_engine_bg';
import pg from 'pg';
import type { DatabaseConnection } from '../connection.ts';
import { engineAdapter } from './engine-adapter.ts';
import { engineFailure } from './engine-failure.ts';
import { readSchema } from './prisma-folder.ts';
import { shadowDatabase } from './shadow-database.ts';

/** Any 63-bit number no other program on the server is likely to use. */
const MIGRATION_LOCK_KEY = '4846791580151137091';

/**
 * Marks the migration just run as finished in the transaction that ran it. The engine does so in a later statement:
 * a process killed in between would leave a migration that is there but looks failed.
 */
const FINISH_WITH_SCRIPT =
  'update _prisma_migrations set finished_at = clock_timestamp() where finished_at is null and rolled_back_at is null';

/** The part of the global that is used here; the type library chosen for this project leaves it out. */
const { WebAssembly } = globalThis as unknown as {
  WebAssembly: {
    Module: new (bytes: Uint8Array) => object;
    Instance: new (module: object, imports: object) => { exports: { __wbindgen_start?(): void } };
  };
};

let engineModule: typeof bindings | undefined;

/**
 * Runs `use` with Prisma's schema engine on the database at `connection`, while no other process can do the same:
 * the one connection holds an advisory lock from its first moment, and so does a server process whose client was
 * killed, until its last statement has ended. Throws an Error whose message is one sentence.
 */
export async function withSchemaEngine<T>(
  connection: DatabaseConnection,
  use: (engine: SchemaEngine) => Promise<T>,
): Promise<T> {
  const pool = new pg.Pool({
    ...connection,
    max: 1,
    idleTimeoutMillis: 0,
    onConnect: (client) => client.query(`select pg_advisory_lock(${MIGRATION_LOCK_KEY})`),
  });
  pool.on('error', () => {}); // The next query of the engine reports a lost connection.
  let scriptError: Error | undefined;
  const shadows: SqlDriverAdapter[] = [];
  const factory = bindMigrationAwareSqlAdapterFactory({
    provider: 'postgres',
    adapterName: '@prisma/adapter-pg',
    connect: () =>
      engineAdapter(pool, FINISH_WITH_SCRIPT, (error) => {
        scriptError = error;
      }),
    connectToShadowDb: async () => {
      const shadow = await shadowDatabase(connection);
      shadows.push(shadow);
      return shadow;
    },
  });
  try {
    await (await pool.connect()).release();
    const engine = await loadEngine().SchemaEngine.new(
      { datamodels: [['schema.prisma', readSchema()]] },
      () => {},
      factory,
    );
    try {
      return await use(engine);
    } catch (error) {
      throw engineFailure(error, scriptError);
    } finally {
      engine.free();
    }
  } finally {
    for (const shadow of shadows) await shadow.dispose();
    await pool.end();
  }
}

function loadEngine(): typeof bindings {
  if (engineModule !== undefined) return engineModule;
  const script = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm/schema_engine_bg');
  const wasm = new WebAssembly.Module(readFileSync(script.replace(/\.js$/, '.wasm')));
  const imports = { ...bindings, ...unheldTimers() };
  const { exports } = new WebAssembly.Instance(wasm, { './schema_engine_bg.js': imports });
  // The package's own loader does these two calls; it imports a .wasm file, which Node cannot.
  (bindings as unknown as { __wbg_set_wasm(exports: object): void }).__wbg_set_wasm(exports);
  exports.__wbindgen_start?.();
  // The engine hands its panics to this global before it aborts.
  Object.assign(globalThis, { PRISMA_WASM_PANIC_REGISTRY: { set_message: panicMessage } });
  engineModule = bindings;
  return engineModule;
}

/**
 * The engine gives itself ten seconds for some steps and never clears the timer; as it is, every program that
 * migrates would wait for it before it ends.
 */
function unheldTimers(): Record<string, unknown> {
  const names = Object.keys(bindings).filter((name) => name.startsWith('__wbg_setTimeout_'));
  const start = (callback: () => void, delayMs: number) => setTimeout(callback, delayMs).unref();
  return Object.fromEntries(names.map((name) => [name, start]));
}

function panicMessage(message: string): void {
  process.emitWarning(`Prisma's schema engine stopped: ${message}`);
}
