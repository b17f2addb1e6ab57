import type { FastifyReply, FastifyRequest } from 'fastify';
import { fastifyPlugin } from 'fastify-plugin';
import type { ReadServers } from '../../services/read-servers.ts';

/**
 * Resolves when the answer is sent, or when nobody is there to take it. A caller may have left before anything listens, and
 * of several requests on one connection only the first is told that it closed: the connection itself is asked as well.
 */
function endOf({ raw: { socket } }: FastifyRequest, { raw: response }: FastifyReply): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      socket.off('close', end);
      resolve();
    };
    response.once('finish', end).once('close', end);
    socket.once('close', end);
    if (response.destroyed || socket.destroyed) end();
  });
}

/**
 * Reads that follow from the store alone are of one moment, which has every change that the store had when the request
 * came in. A tag that the caller holds is answered before, and takes none.
 */
export const oneMoment = fastifyPlugin<{ readServers: ReadServers }>(
  async (app, { readServers }) => {
    app.addHook('preHandler', (request, reply, done) => {
      if (request.routeOptions.config.entityTag !== true) return done();
      readServers.readingFrom(request.clockSeq, endOf(request, reply), done).catch(done);
    });
  },
  { name: 'one-moment', dependencies: ['authentication', 'entity-tag'] },
);
