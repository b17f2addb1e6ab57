import path from 'node:path';
import t from 'tap';
import { ConfigError, readConfig } from '../src/config.ts';

t.test('without any setting there is a working configuration that only this machine can reach', async (t) => {
  t.strictSame(readConfig({}), {
    port: 3000,
    host: '127.0.0.1',
    databaseUrl: null,
    databaseReadUrl: null,
    dataDir: path.resolve('.data'),
    bootstrapAdminKey: null,
    logLevel: 'info',
  });
  t.strictSame(readConfig({ PORT: '', HOST: ' ', DATABASE_URL: '' }), readConfig({}), 'empty counts as not set');
});

t.test('every setting is taken', async (t) => {
  const key = 'k'.repeat(32);
  const env = {
    PORT: '0',
    HOST: '::',
    DATABASE_URL: 'postgres://u:p@db/x',
    DATABASE_READ_URL: 'postgres://u:p@replica/x',
    DATA_DIR: '/data',
    BOOTSTRAP_ADMIN_KEY: key,
    LOG_LEVEL: 'WARN',
  };
  t.strictSame(readConfig(env), {
    port: 0,
    host: '::',
    databaseUrl: env.DATABASE_URL,
    databaseReadUrl: env.DATABASE_READ_URL,
    dataDir: '/data',
    bootstrapAdminKey: key,
    logLevel: 'warn',
  });
});

t.test('a value that cannot be used is refused by name', async (t) => {
  const faulty = {
    PORT: ['http', '-1', '65536', '80.5', '0x50'],
    DATABASE_URL: ['localhost', 'mysql://u@h/d'],
    // The last is well formed, but of nothing.
    DATABASE_READ_URL: ['localhost', 'mysql://u@h/d', 'postgresql://u@h/d'],
    BOOTSTRAP_ADMIN_KEY: ['short', 'k'.repeat(31), 'k'.repeat(513), `${'k'.repeat(32)} k`, `${'k'.repeat(32)}é`],
    LOG_LEVEL: ['loud'],
  };
  for (const [name, values] of Object.entries(faulty))
    for (const value of values)
      t.throws(
        () => readConfig({ [name]: value }),
        { name: 'ConfigError', message: new RegExp(`^${name}`) },
        `${name}=${value}`,
      );
});

t.test('a password or key is never repeated in the message', async (t) => {
  for (const env of [
    { DATABASE_URL: 'mysql://u:hunter2@h/d' },
    { DATABASE_URL: 'hunter2' },
    { DATABASE_URL: 'postgres://h/d', DATABASE_READ_URL: 'hunter2' },
    { BOOTSTRAP_ADMIN_KEY: 'hunter2' },
  ])
    try {
      readConfig(env);
      t.fail('was taken');
    } catch (error) {
      t.type(error, ConfigError);
      t.notMatch((error as Error).message, /hunter2/);
    }
});
