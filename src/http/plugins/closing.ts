import { fastifyPlugin } from 'fastify-plugin';

/**
 * Once the service is asked to stop, every answer ends its connection. Otherwise a client that keeps connections open
 * holds the stop up until the process is ended by force: only connections that are idle at that moment are closed.
 */
export const closing = fastifyPlugin(
  async (app) => {
    let isClosing = false;
    app.addHook('preClose', async () => {
      isClosing = true;
    });
    app.addHook('onSend', async (_request, reply) => {
      if (isClosing) reply.header('connection', 'close');
    });
  },
  { name: 'closing' },
);
