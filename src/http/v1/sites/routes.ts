import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import type { Now } from '../../../clock.ts';
import { localDayOf } from '../../../domain/calendar.ts';
import { LIMITS } from '../../../limits.ts';
import { knowledgeAt } from '../../../services/past/known-at.ts';
import type { PastStore } from '../../../services/past/past-store.ts';
import type { Sites } from '../../../services/sites.ts';
import { decodeCursor, encodeCursor } from '../../cursor.ts';
import { echoOf, sendPage } from '../../list-reply.ts';
import { AS_OF_QUERY } from '../../schemas/as-of.ts';
import { jsonOrCsv } from '../../schemas/page-schemas.ts';
import { ref } from '../../schemas/ref.ts';
import { fromSiteInput, fromSiteQuery, SITE_COLUMNS, toSiteOutput } from './convert.ts';
import { SITE_PARAMS, SITE_QUERY, SiteInputSchema, SitePageSchema, SiteSchema } from './schemas.ts';

const tags = ['Sites'];

/** `/v1/sites` */
export const siteRoutes: FastifyPluginAsyncTypebox<{ sites: Sites; now: Now; past: PastStore }> = async (
  app,
  { sites, now, past },
) => {
  app.put(
    '/sites/:site',
    {
      config: { scope: 'write-estate' },
      schema: {
        operationId: 'putSite',
        summary: 'Write a site',
        description: 'Makes the site or replaces it whole. Sending the same again changes nothing.',
        tags,
        params: SITE_PARAMS,
        body: ref(SiteInputSchema),
        response: { 200: ref(SiteSchema), 201: ref(SiteSchema) },
      },
    },
    async (request, reply) => {
      const site = fromSiteInput(request.params.site, request.body);
      const { created, value } = await sites.put(site, request.principal);
      return reply.code(created ? 201 : 200).send(toSiteOutput(value, localDayOf(now())));
    },
  );

  app.get(
    '/sites/:site',
    {
      config: { scope: 'read', entityTag: true },
      schema: {
        operationId: 'getSite',
        summary: 'Read a site',
        description: 'The site as it stands now, or stood at `asOf`.',
        tags,
        params: SITE_PARAMS,
        querystring: AS_OF_QUERY,
        response: { 200: ref(SiteSchema) },
      },
    },
    async (request) => {
      const known = await knowledgeAt(past, now, request.query.asOf);
      return { ...toSiteOutput(await sites.get(request.params.site, known), known.day), ...echoOf(known.asOf) };
    },
  );

  app.get(
    '/sites',
    {
      config: { scope: 'read', entityTag: true, csv: true },
      schema: {
        operationId: 'listSites',
        summary: 'List sites',
        description:
          'The sites that pass every filter given, by key. With `Accept: text/csv` as CSV; the next page is then in the `Link` header.',
        tags,
        querystring: SITE_QUERY,
        response: { 200: jsonOrCsv(ref(SitePageSchema), 'One page of the sites.') },
      },
    },
    async (request, reply) => {
      const { cursor, limit = LIMITS.pageSizeDefault, asOf } = request.query;
      const filter = fromSiteQuery(request.query);
      const bound = asOf === undefined ? filter : { ...filter, asOf };
      const [after = null] = cursor === undefined ? [] : decodeCursor(cursor, bound, ['text']);
      const known = await knowledgeAt(past, now, asOf);
      const { items, next } = await sites.list(filter, { after, limit }, known);
      const rows = items.map((site) => toSiteOutput(site, known.day));
      const nextCursor = next === null ? null : encodeCursor(bound, [next]);
      return sendPage(request, reply, rows, SITE_COLUMNS, nextCursor, known.asOf);
    },
  );

  app.delete(
    '/sites/:site',
    {
      config: { scope: 'write-estate' },
      schema: {
        operationId: 'deleteSite',
        summary: 'Delete a site',
        description:
          'Deletes a site that no meter and no certificate belongs to. A site that was used is closed with `closed` instead.',
        tags,
        params: SITE_PARAMS,
        response: { 204: Type.Null({ description: 'The site is deleted.' }) },
      },
    },
    async (request, reply) => {
      await sites.remove(request.params.site, request.principal);
      return reply.code(204).send(null);
    },
  );
};
