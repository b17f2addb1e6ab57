import { Readable } from 'node:stream';
import { stringify } from 'csv-stringify';
import type { FastifyReply } from 'fastify';

/** What a cell of a CSV answer may hold; null is an empty cell. */
export type CsvValue = string | number | boolean | null;

/** One column: its header and where its value comes from. */
export type CsvColumn<Row> = { header: string; value: (row: Row) => CsvValue | undefined };

/**
 * Sends rows as CSV (RFC 4180, UTF-8), header row always. A text that a spreadsheet would take for a formula gets an
 * apostrophe before it; numbers, negative ones too, stay numbers.
 */
export function sendCsv<Row>(
  reply: FastifyReply,
  columns: readonly CsvColumn<Row>[],
  rows: Iterable<Row> | AsyncIterable<Row>,
): FastifyReply {
  async function* records(): AsyncGenerator<(CsvValue | undefined)[]> {
    yield columns.map((column) => column.header);
    for await (const row of rows) yield columns.map((column) => column.value(row));
  }
  const csv = stringify({
    record_delimiter: '\r\n',
    escape_formulas: true,
    cast: { boolean: (value) => (value ? 'true' : 'false') },
  });
  return reply.type('text/csv; charset=utf-8; header=present').send(Readable.from(records()).pipe(csv));
}
