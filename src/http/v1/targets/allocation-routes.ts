import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Refusal } from '../../../domain/refusal.ts';
import { LIMITS } from '../../../limits.ts';
import { pageOf } from '../../../services/page.ts';
import type { AllocatedPart } from '../../../services/targets/target-allocation.ts';
import type { KnownAllocation, Targets } from '../../../services/targets/targets.ts';
import { decodeCursor, encodeCursor } from '../../cursor.ts';
import { sendPage } from '../../list-reply.ts';
import { jsonOrCsv } from '../../schemas/page-schemas.ts';
import { ref } from '../../schemas/ref.ts';
import { ALLOCATION_COLUMNS, toAllocatedPart, toAllocation } from './allocation-convert.ts';
import { ALLOCATION_QUERY, AllocationSchema } from './allocation-schemas.ts';
import { TARGET_PARAMS } from './schemas.ts';

/** The parts that are asked for. */
function askedParts({ parts, target }: KnownAllocation, part: string | undefined): readonly AllocatedPart[] {
  if (part === undefined) return parts;
  const found = parts.filter(({ name }) => name.key === part);
  if (found.length > 0) return found;
  const detail = `'${part}' is no part of '${target.key}': expected one of which the target counts a meter in some year, or a line that it covers`;
  throw new Refusal('invalid-request', detail, [{ pointer: '?part', code: 'unknown-part', detail }]);
}

/** `/v1/targets/{target}/allocation`: what a target allows each part of the estate. */
export const allocationRoutes: FastifyPluginAsyncTypebox<{ targets: Targets }> = async (app, { targets }) => {
  app.get(
    '/targets/:target/allocation',
    {
      config: { scope: 'read', entityTag: true, csv: true },
      schema: {
        operationId: 'getTargetAllocation',
        summary: 'A target of their own for sites, portfolios or categories',
        description:
          'Divides a target by share of its baseline: what each part may emit in each year, what it emitted, and what is left of its budget. Parts add up to the whole to the gram. With `part` one alone. As CSV a row for each year of each part.',
        tags: ['Targets'],
        params: TARGET_PARAMS,
        querystring: ALLOCATION_QUERY,
        response: { 200: jsonOrCsv(ref(AllocationSchema), 'One page of the parts.') },
      },
    },
    async (request, reply) => {
      const { by, part, sharesOf, asOf, cursor, limit = LIMITS.pageSizeDefault } = request.query;
      const { target } = request.params;
      const bound = { target, by, part, sharesOf, asOf };
      const [after = null] = cursor === undefined ? [] : decodeCursor(cursor, bound, ['text']);
      const allocation = await targets.allocation(target, { by, sharesOf: sharesOf ?? null }, asOf);
      const rest = askedParts(allocation, part).filter(({ id }) => after === null || id > after);
      const { items, next } = pageOf(rest, limit, ({ id }) => id);
      const rows = items.map((item) => toAllocatedPart(item, allocation));
      const nextCursor = next === null ? null : encodeCursor(bound, [next]);
      if (request.representation === 'json')
        return sendPage(request, reply, rows, [], nextCursor, null, toAllocation(allocation));
      const years = rows.flatMap((row) => row.years.map((year) => ({ part: row, year })));
      return sendPage(request, reply, years, ALLOCATION_COLUMNS, nextCursor);
    },
  );
};
