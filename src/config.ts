import { isAbsolute, resolve } from 'node:path';
import { LIMITS } from './limits.ts';

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** What the process reads from its environment, and nothing else does. */
export type Config = {
  /** `PORT`: TCP port to listen on; 0 lets the system choose. Default 3000. */
  port: number;
  /** `HOST`: address to listen on. Default 127.0.0.1, which only this machine can reach. */
  host: string;
  /** `DATABASE_URL`: PostgreSQL to use. Without it an embedded PostgreSQL is run in `dataDir`. */
  databaseUrl: string | null;
  /** `DATABASE_READ_URL`: a replica of that database, for reads. Needs `databaseUrl`. */
  databaseReadUrl: string | null;
  /** `DATA_DIR`: folder of the embedded database. Default `./.data`. */
  dataDir: string;
  /** `BOOTSTRAP_ADMIN_KEY`: an admin key of the operator's choosing, instead of the one printed at first start. */
  bootstrapAdminKey: string | null;
  /** `LOG_LEVEL`: fatal, error, warn, info (default), debug, trace or silent. */
  logLevel: LogLevel;
};

/** A setting of the environment that cannot be used. Its message is for the operator who starts the process. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

type Environment = Readonly<Record<string, string | undefined>>;

function readPort(text: string): number {
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port <= 65_535) return port;
  throw new ConfigError(`PORT is '${text}': expected a whole number from 0 to 65535`);
}

function readDatabaseUrl(name: string, text: string | null): string | null {
  if (text === null || /^postgres(ql)?:\/\/./.test(text)) return text;
  // The value is never repeated: it may hold a password.
  throw new ConfigError(
    `${name} is not the address of a PostgreSQL database: expected postgresql://user@host/database`,
  );
}

function readReplicaUrl(text: string | null, databaseUrl: string | null): string | null {
  if (text !== null && databaseUrl === null)
    throw new ConfigError('DATABASE_READ_URL names a replica, but DATABASE_URL names no database: expected both');
  return readDatabaseUrl('DATABASE_READ_URL', text);
}

function readBootstrapKey(text: string | null): string | null {
  if (text === null) return null;
  const { bootstrapKeyLengthMin: min, bearerKeyLengthMax: max } = LIMITS;
  if (text.length < min || text.length > max)
    throw new ConfigError(`BOOTSTRAP_ADMIN_KEY has ${text.length} characters: expected ${min} to ${max}`);
  if (/^[A-Za-z0-9._~+/-]+=*$/.test(text)) return text;
  throw new ConfigError('BOOTSTRAP_ADMIN_KEY cannot travel in a header: expected only letters, digits and - . _ ~ + /');
}

function readLogLevel(text: string): LogLevel {
  const level = LOG_LEVELS.find((known) => known === text.toLowerCase());
  if (level !== undefined) return level;
  throw new ConfigError(`LOG_LEVEL is '${text}': expected one of ${LOG_LEVELS.join(', ')}`);
}

/**
 * Reads the configuration. A variable that is empty counts as not set.
 * @throws ConfigError naming the variable and what was expected.
 */
export function readConfig(env: Environment): Config {
  const text = (name: string): string | null => env[name]?.trim() || null;
  const dataDir = text('DATA_DIR') ?? '.data';
  const databaseUrl = readDatabaseUrl('DATABASE_URL', text('DATABASE_URL'));
  return {
    port: readPort(text('PORT') ?? '3000'),
    host: text('HOST') ?? '127.0.0.1',
    databaseUrl,
    databaseReadUrl: readReplicaUrl(text('DATABASE_READ_URL'), databaseUrl),
    dataDir: isAbsolute(dataDir) ? dataDir : resolve(dataDir),
    bootstrapAdminKey: readBootstrapKey(text('BOOTSTRAP_ADMIN_KEY')),
    logLevel: readLogLevel(text('LOG_LEVEL') ?? 'info'),
  };
}
