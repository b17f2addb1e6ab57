import { fastifyPlugin } from 'fastify-plugin';
import type { ReadServers } from '../../services/read-servers.ts';

/**
 * Reads that follow from the store alone are of one moment, which has every change that the store had when the request
 * came in. A tag that the caller holds is answered before, and takes none.
 */
export const oneMoment = fastifyPlugin<{ readServers: ReadServers }>(
  async (app, { readServers }) => {
    app.addHook('preHandler', (request, reply, done) => {
      if (request.routeOptions.config.entityTag !== true) return done();
      const ended = new Promise<void>((resolve) => {
        reply.raw.once('finish', resolve).once('close', resolve);
      });
      readServers.readingFrom(request.clockSeq, ended, done).catch(done);
    });
  },
  { name: 'one-moment', dependencies: ['authentication', 'entity-tag'] },
);
