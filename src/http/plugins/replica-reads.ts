import { fastifyPlugin } from 'fastify-plugin';
import type { ReadServers } from '../../services/read-servers.ts';

/**
 * Lets reads that follow from the store alone go to a replica, once it has every change that the store had when the
 * request came in. A tag that the caller holds is answered before, and asks no replica.
 */
export const replicaReads = fastifyPlugin<{ readServers: ReadServers }>(
  async (app, { readServers }) => {
    app.addHook('preHandler', (request, _reply, done) => {
      if (request.routeOptions.config.entityTag !== true) return done();
      readServers.readingFrom(request.clockSeq, done).catch(done);
    });
  },
  { name: 'replica-reads', dependencies: ['authentication', 'entity-tag'] },
);
