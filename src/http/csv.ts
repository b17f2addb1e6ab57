import { Readable } from 'node:stream';
import { type Options, stringify } from 'csv-stringify/sync';
import type { FastifyReply } from 'fastify';

/** What a cell of a CSV answer may hold; null is an empty cell. */
export type CsvValue = string | number | boolean | null;

/** One column: its header and where its value comes from. */
export type CsvColumn<Row> = { header: string; value: (row: Row) => CsvValue | undefined };

/** Rows that are written at a time. */
const BLOCK_ROWS = 500;

const OPTIONS: Options = {
  record_delimiter: '\r\n',
  escape_formulas: true,
  cast: { boolean: (value) => (value ? 'true' : 'false') },
};

async function* textOf<Row>(
  columns: readonly CsvColumn<Row>[],
  rows: Iterable<Row> | AsyncIterable<Row>,
): AsyncGenerator<string> {
  let records: (CsvValue | undefined)[][] = [columns.map((column) => column.header)];
  for await (const row of rows) {
    records.push(columns.map((column) => column.value(row)));
    if (records.length < BLOCK_ROWS) continue;
    yield stringify(records, OPTIONS);
    records = [];
  }
  if (records.length > 0) yield stringify(records, OPTIONS);
}

/**
 * Sends rows as CSV (RFC 4180, UTF-8), header row always. A text that a spreadsheet would take for a formula gets an
 * apostrophe before it; numbers, negative ones too, stay numbers. Rows are taken as fast as they are received: whoever
 * goes away stops them, and where they fail under way the connection is broken off, so that no part passes for the whole.
 */
export function sendCsv<Row>(
  reply: FastifyReply,
  columns: readonly CsvColumn<Row>[],
  rows: Iterable<Row> | AsyncIterable<Row>,
): FastifyReply {
  const text = Readable.from(textOf(columns, rows), { objectMode: false });
  return reply.type('text/csv; charset=utf-8; header=present').send(text);
}
