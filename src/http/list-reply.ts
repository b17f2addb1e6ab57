import type { FastifyReply, FastifyRequest } from 'fastify';
import type { AsOf } from '../domain/as-of.ts';
import { type CsvColumn, sendCsv } from './csv.ts';

/** The next page of a list, for formats that have no place for it in the body (RFC 8288). */
function linkToNext(request: FastifyRequest, cursor: string): string {
  const url = new URL(request.url, 'http://service');
  url.searchParams.set('cursor', cursor);
  return `<${url.pathname}${url.search}>; rel="next"`;
}

/** The moment an answer was asked for, where it was. */
export function echoOf(asOf: AsOf | null): { asOf?: AsOf } {
  return asOf === null ? {} : { asOf };
}

/**
 * Sends one page as JSON or CSV, as agreed. The next page is in the body of JSON and in the `Link` header of both;
 * `beside` is what JSON says of all rows, `standing` of where the page stands.
 */
export function sendPage<Row>(
  request: FastifyRequest,
  reply: FastifyReply,
  rows: readonly Row[],
  columns: readonly CsvColumn<Row>[],
  nextCursor: string | null,
  asOf: AsOf | null = null,
  beside: object = {},
  standing: object = {},
): FastifyReply {
  if (nextCursor !== null) reply.header('link', linkToNext(request, nextCursor));
  if (request.representation === 'csv') return sendCsv(reply, columns, rows);
  return reply.send({
    ...beside,
    ...echoOf(asOf),
    data: rows,
    page: { ...(nextCursor !== null && { nextCursor }), ...standing },
  });
}
