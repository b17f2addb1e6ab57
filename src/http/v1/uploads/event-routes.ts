import { Readable } from 'node:stream';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyReply } from 'fastify';
import { Type } from 'typebox';
import { Refusal } from '../../../domain/refusal.ts';
import { LIMITS } from '../../../limits.ts';
import type { Uploads } from '../../../services/uploads/uploads.ts';
import { uploadEvents } from './events.ts';
import { UPLOAD_PARAMS } from './schemas.ts';

const EVENT_STREAM = 'text/event-stream';

const EventsSchema = Type.String({
  description:
    'Events `progress`, with status and progress as data, and at last `end`, with the record as data. Connect again at any time: the present state comes first.',
});

/** `/v1/uploads/{id}/events` */
export const uploadEventRoutes: FastifyPluginAsyncTypebox<{ uploads: Uploads }> = async (app, { uploads }) => {
  const closing = new AbortController();
  let open = 0;
  // A stream is a request that does not end by itself, and the service waits for those when it stops.
  app.addHook('preClose', async () => closing.abort());

  function sendEvents(reply: FastifyReply, id: bigint): FastifyReply {
    if (open >= LIMITS.uploadEventStreamsMax)
      throw new Refusal('busy', `${open} streams are open already: ask for the upload itself from time to time`);
    const stream = Readable.from(uploadEvents(() => uploads.get(id), closing.signal));
    open += 1;
    stream.once('close', () => {
      open -= 1;
    });
    // A connection that were kept would hold up the end of a service that began to stop while it was in use.
    return reply.headers({ 'x-accel-buffering': 'no', connection: 'close' }).type(EVENT_STREAM).send(stream);
  }

  app.get(
    '/uploads/:id/events',
    {
      config: { scope: 'read', ownFormat: true },
      schema: {
        operationId: 'watchUpload',
        summary: 'Watch an upload',
        description:
          'Server-sent events about an upload that is on its way: how far it is, and how it ended. The stream closes at the end.',
        tags: ['Meter data'],
        params: UPLOAD_PARAMS,
        response: { 200: { description: 'The events.', content: { [EVENT_STREAM]: { schema: EventsSchema } } } },
      },
    },
    async (request, reply) => {
      const id = BigInt(request.params.id);
      await uploads.get(id);
      return sendEvents(reply, id);
    },
  );
};
