import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { parsePeriod } from '../../../domain/period.ts';
import { LIMITS } from '../../../limits.ts';
import type { OperationalRatings } from '../../../services/buildings/operational-ratings.ts';
import { decodeCursor, encodeCursor } from '../../cursor.ts';
import { echoOf, sendPage } from '../../list-reply.ts';
import { jsonOrCsv } from '../../schemas/page-schemas.ts';
import { ref } from '../../schemas/ref.ts';
import { CAVEATS } from './caveats.ts';
import { RATED_SITE_COLUMNS, toRatedSite, toRating } from './convert.ts';
import {
  OperationalRatingSchema,
  OperationalRatingsSchema,
  RATING_PARAMS,
  RATING_QUERY,
  RATINGS_QUERY,
} from './schemas.ts';

const tags = ['Display energy'];
const MARKS = { indicative: true as const, unadjusted: true as const, caveats: [...CAVEATS] };

/** `/v1/sites/{site}/operational-rating` and `/v1/operational-ratings` */
export const operationalRatingRoutes: FastifyPluginAsyncTypebox<{ ratings: OperationalRatings }> = async (
  app,
  { ratings },
) => {
  app.get(
    '/sites/:site/operational-rating',
    {
      config: { scope: 'read', entityTag: true },
      schema: {
        operationId: 'getOperationalRating',
        summary: 'Rate a building, indicatively',
        description:
          'Sets the energy of twelve complete months against what is typical of the use, by the two-factor formula of display energy certificates, with every number it is divided from. Refused with all reasons where a rating would mislead (`not-rateable`).',
        tags,
        params: RATING_PARAMS,
        querystring: RATING_QUERY,
        response: { 200: ref(OperationalRatingSchema) },
      },
    },
    async (request) => {
      const { period: label, benchmarks = null, asOf } = request.query;
      const question = { period: parsePeriod(label), benchmarks, asOf };
      const { period, rating, asOf: known } = await ratings.ofSite(request.params.site, question);
      return { period, ...toRating(rating), ...MARKS, ...echoOf(known) };
    },
  );

  app.get(
    '/operational-ratings',
    {
      config: { scope: 'read', csv: true, entityTag: true },
      schema: {
        operationId: 'listOperationalRatings',
        summary: 'Rate the buildings of the estate, indicatively',
        description:
          'Every site with its indicative operational rating over twelve complete months, or with the reasons why it has none. With `Accept: text/csv` as CSV; the next page is then in the `Link` header.',
        tags,
        querystring: RATINGS_QUERY,
        response: { 200: jsonOrCsv(ref(OperationalRatingsSchema), 'One page of the sites.') },
      },
    },
    async (request, reply) => {
      const { cursor, limit = LIMITS.pageSizeDefault, ...bound } = request.query;
      const { category = null, portfolio = null, benchmarks = null, asOf } = bound;
      const [after = null] = cursor === undefined ? [] : decodeCursor(cursor, bound, ['text']);
      const question = { period: parsePeriod(bound.period), benchmarks, asOf };
      const filter = { category, portfolio, ward: null, q: null };
      const { period, ratings: found, next, asOf: known } = await ratings.ofEstate(filter, { after, limit }, question);
      const rows = found.map(toRatedSite);
      const nextCursor = next === null ? null : encodeCursor(bound, [next]);
      return sendPage(request, reply, rows, RATED_SITE_COLUMNS, nextCursor, known, { period, ...MARKS });
    },
  );
};
