import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { SettingsService } from '../../../services/settings.ts';
import { ref } from '../../schemas/ref.ts';
import { fromSettingsInput, toSettingsOutput } from './convert.ts';
import { SettingsInputSchema, SettingsSchema } from './schemas.ts';

const tags = ['Settings'];

/** `/v1/settings` */
export const settingsRoutes: FastifyPluginAsyncTypebox<{ settings: SettingsService }> = async (app, { settings }) => {
  app.get(
    '/settings',
    {
      config: { scope: 'read', entityTag: true },
      schema: {
        operationId: 'getSettings',
        summary: 'Read the settings',
        description: "The organisation's settings as they hold now; defaults where nothing was set.",
        tags,
        response: { 200: ref(SettingsSchema) },
      },
    },
    async () => toSettingsOutput(await settings.get()),
  );

  app.put(
    '/settings',
    {
      config: { scope: 'admin' },
      schema: {
        operationId: 'putSettings',
        summary: 'Replace the settings',
        description:
          'Replaces all settings. Every one of them changes figures, past ones too; answers say which held. Sending the same again changes nothing.',
        tags,
        body: ref(SettingsInputSchema),
        response: { 200: ref(SettingsSchema) },
      },
    },
    async (request) => toSettingsOutput(await settings.put(fromSettingsInput(request.body), request.principal)),
  );
};
