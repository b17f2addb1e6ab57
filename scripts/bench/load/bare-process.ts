import fastify from 'fastify';

// The least that Fastify can do: a route that sends bytes which are there already.

/** What this process is told first; it tells its address then. */
export type BareAnswer = { body: string; contentType: string };

process.once('message', async ({ body, contentType }: BareAnswer) => {
  const app = fastify();
  app.get('/', (_request, reply) => reply.type(contentType).send(body));
  process.send?.(await app.listen({ port: 0, host: '127.0.0.1' }));
});
process.on('disconnect', () => process.exit());
