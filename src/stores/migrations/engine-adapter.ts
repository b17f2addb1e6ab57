import { PrismaPg } from '@prisma/adapter-pg';
import { ColumnTypeEnum, DriverAdapterError, type SqlDriverAdapter, type SqlQuery } from '@prisma/driver-adapter-utils';
import pg from 'pg';

const CHAR_OID = 18;
const TEXT_OID = 25;

/** The one step of the stock adapter that is not public: it runs a query and still knows the type of each column. */
type WithPerformIO = { performIO(query: SqlQuery): Promise<{ fields: pg.FieldDef[] }> };

/**
 * Prisma's adapter over `pool` (of one connection), mended in two places for the schema engine:
 * a script is one simple query, hence atomic and free to hold any semicolon (the stock adapter splits at each);
 * and PostgreSQL's internal type "char", which the catalogue is full of, is reported instead of refused.
 *
 * `epilogue` is a statement run with every script, in the same implicit transaction; `onScriptError` is told the
 * server's words when a script fails, of which the engine passes on few.
 */
export async function engineAdapter(
  pool: pg.Pool,
  epilogue = '',
  onScriptError: (error: Error) => void = () => {},
): Promise<SqlDriverAdapter> {
  const adapter: SqlDriverAdapter = await new PrismaPg(pool).connect();
  reportCharColumns(adapter);
  adapter.executeScript = async (script) => {
    try {
      await pool.query(`${script}\n;${epilogue}`);
    } catch (error) {
      if (error instanceof Error) onScriptError(error);
      throw toDriverError(error);
    }
  };
  return adapter;
}

function reportCharColumns(adapter: SqlDriverAdapter): void {
  const charColumns = new WeakMap<SqlQuery, boolean[]>();
  const inner = adapter as unknown as WithPerformIO;
  const performIO = inner.performIO.bind(adapter);
  const queryRaw = adapter.queryRaw.bind(adapter);
  inner.performIO = async (query) => {
    const result = await performIO(query);
    charColumns.set(
      query,
      result.fields.map((field) => field.dataTypeID === CHAR_OID),
    );
    for (const field of result.fields) if (field.dataTypeID === CHAR_OID) field.dataTypeID = TEXT_OID;
    return result;
  };
  adapter.queryRaw = async (query) => {
    const result = await queryRaw(query);
    const isChar = charColumns.get(query) ?? [];
    return {
      ...result,
      columnTypes: result.columnTypes.map((type, column) => (isChar[column] ? ColumnTypeEnum.Character : type)),
    };
  };
}

function toDriverError(error: unknown): unknown {
  if (!(error instanceof pg.DatabaseError)) return error;
  return new DriverAdapterError({
    kind: 'postgres',
    code: error.code ?? 'N/A',
    severity: error.severity ?? 'ERROR',
    message: error.message,
    detail: error.detail,
    column: error.column,
    hint: error.hint,
    ...(error.code === undefined ? {} : { originalCode: error.code }),
    originalMessage: error.message,
  });
}
