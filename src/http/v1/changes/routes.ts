import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { LIMITS } from '../../../limits.ts';
import type { ChangeLog } from '../../../services/change-log/change-log.ts';
import { decodeCursor, encodeCursor } from '../../cursor.ts';
import { sendPage } from '../../list-reply.ts';
import { jsonOrCsv } from '../../schemas/page-schemas.ts';
import { ref } from '../../schemas/ref.ts';
import { CHANGE_COLUMNS, fromChangesQuery, toRecordedChange } from './convert.ts';
import { CHANGES_QUERY, ChangePageSchema } from './schemas.ts';

/** `/v1/changes` */
export const changeLogRoutes: FastifyPluginAsyncTypebox<{ changeLog: ChangeLog }> = async (app, { changeLog }) => {
  app.get(
    '/changes',
    {
      config: { scope: 'read', csv: true, entityTag: true } as const,
      schema: {
        operationId: 'listChanges',
        summary: 'What has changed',
        description:
          'Every change of what the service knows, oldest first, in the order in which changes became visible: none comes in later before one that was given. An activation of factors tells the old and the new figure and the amount due to the set. Go on from `resumeCursor` to learn what has changed since.',
        tags: ['Changes'],
        querystring: CHANGES_QUERY,
        response: { 200: jsonOrCsv(ref(ChangePageSchema), 'One page of the log of changes.') },
      },
    },
    async (request, reply) => {
      const { cursor, limit = LIMITS.pageSizeDefault } = request.query;
      const asked = fromChangesQuery(request.query);
      const [after = null] = cursor === undefined ? [] : decodeCursor(cursor, asked, ['number']);
      const { items, next, resume } = await changeLog.list(asked, after, limit);
      const rows = items.map(toRecordedChange);
      const nextCursor = next === null ? null : encodeCursor(asked, [next]);
      const standing = { resumeCursor: encodeCursor(asked, [resume]) };
      return sendPage(request, reply, rows, CHANGE_COLUMNS, nextCursor, null, {}, standing);
    },
  );
};
