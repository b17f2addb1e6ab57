import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import type { Now } from '../../../clock.ts';
import type { ApiKeys } from '../../../services/api-keys.ts';
import { ref } from '../../schemas/ref.ts';
import { fromApiKeyInput, toApiKeyOutput } from './convert.ts';
import { API_KEY_PARAMS, ApiKeyInputSchema, ApiKeyListSchema, IssuedApiKeySchema } from './schemas.ts';

const tags = ['Keys'];
const config = { scope: 'admin' } as const;

/** `/v1/api-keys` */
export const apiKeyRoutes: FastifyPluginAsyncTypebox<{ apiKeys: ApiKeys; now: Now }> = async (
  app,
  { apiKeys, now },
) => {
  app.post(
    '/api-keys',
    {
      config,
      schema: {
        operationId: 'issueApiKey',
        summary: 'Issue a key',
        description:
          'Issues a key. The key itself is in this answer and nowhere else: the service keeps only a hash of it.',
        tags,
        body: ref(ApiKeyInputSchema),
        response: { 201: ref(IssuedApiKeySchema) },
      },
    },
    async (request, reply) => {
      const { record, key } = await apiKeys.issue(fromApiKeyInput(request.body), request.principal);
      return reply.code(201).send({ ...toApiKeyOutput(record, now()), key });
    },
  );

  app.get(
    '/api-keys',
    {
      config,
      schema: {
        operationId: 'listApiKeys',
        summary: 'List keys',
        description: 'All keys, oldest first, without the keys themselves.',
        tags,
        response: { 200: ref(ApiKeyListSchema) },
      },
    },
    async () => ({ data: (await apiKeys.list()).map((record) => toApiKeyOutput(record, now())) }),
  );

  app.delete(
    '/api-keys/:id',
    {
      config,
      schema: {
        operationId: 'revokeApiKey',
        summary: 'Revoke a key',
        description: 'Revokes a key at once, for ever. The last key with the scope `admin` cannot be revoked.',
        tags,
        params: API_KEY_PARAMS,
        response: { 204: Type.Null({ description: 'The key opens nothing any more.' }) },
      },
    },
    async (request, reply) => {
      await apiKeys.revoke(request.params.id, request.principal);
      return reply.code(204).send(null);
    },
  );
};
