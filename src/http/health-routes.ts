import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { ProtocolError } from './protocol-error.ts';

const statusSchema = (value: 'live' | 'ready', description: string) =>
  Type.Object(
    { status: Type.Literal(value, { description: 'Always this word.' }) },
    { additionalProperties: false, description, examples: [{ status: value }] },
  );

/** The probes. They need no key. */
export const healthRoutes: FastifyPluginAsyncTypebox<{ isReady: () => Promise<boolean> }> = async (
  app,
  { isReady },
) => {
  app.get(
    '/health/live',
    {
      schema: {
        operationId: 'getLiveness',
        summary: 'Whether the process runs',
        description: 'Answers as long as the process can answer at all. Looks at nothing else.',
        tags: ['Service'],
        response: { 200: statusSchema('live', 'The process runs.') },
      },
    },
    async () => ({ status: 'live' as const }),
  );

  app.get(
    '/health/ready',
    {
      schema: {
        operationId: 'getReadiness',
        summary: 'Whether the service can answer requests',
        description: 'Asks the database. Answers 503 when it does not answer in time.',
        tags: ['Service'],
        response: { 200: statusSchema('ready', 'The service can answer requests.') },
      },
    },
    async () => {
      if (await isReady()) return { status: 'ready' as const };
      throw new ProtocolError('busy', 'The database does not answer');
    },
  );
};
