import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { Now } from '../../../clock.ts';
import { localDayOf } from '../../../domain/calendar.ts';
import { knowledgeAt } from '../../../services/past/known-at.ts';
import type { PastStore } from '../../../services/past/past-store.ts';
import type { SettingsService } from '../../../services/settings.ts';
import { echoOf } from '../../list-reply.ts';
import { AS_OF_QUERY } from '../../schemas/as-of.ts';
import { ref } from '../../schemas/ref.ts';
import { fromSettingsInput, toSettingsOutput } from './convert.ts';
import { SettingsInputSchema, SettingsSchema } from './schemas.ts';

const tags = ['Settings'];

/** `/v1/settings` */
export const settingsRoutes: FastifyPluginAsyncTypebox<{
  settings: SettingsService;
  now: Now;
  past: PastStore;
}> = async (app, { settings, now, past }) => {
  const today = () => localDayOf(now());

  app.get(
    '/settings',
    {
      config: { scope: 'read', entityTag: true },
      schema: {
        operationId: 'getSettings',
        summary: 'Read the settings',
        description: "The organisation's settings as they hold now, or held at `asOf`; defaults where nothing was set.",
        tags,
        querystring: AS_OF_QUERY,
        response: { 200: ref(SettingsSchema) },
      },
    },
    async (request) => {
      const known = await knowledgeAt(past, now, request.query.asOf);
      return { ...toSettingsOutput(await settings.get(known), known.day), ...echoOf(known.asOf) };
    },
  );

  app.put(
    '/settings',
    {
      config: { scope: 'admin' },
      schema: {
        operationId: 'putSettings',
        summary: 'Replace the settings',
        description:
          'Replaces all settings. Every one of them changes figures, past ones too, and answers say which held; only an assumed calorific value leaves what is converted as it is, which `notices` says. Sending the same again changes nothing.',
        tags,
        body: ref(SettingsInputSchema),
        response: { 200: ref(SettingsSchema) },
      },
    },
    async (request) => {
      const asked = fromSettingsInput(request.body, today());
      const { settings: stored, notices } = await settings.put(asked, request.principal);
      return { ...toSettingsOutput(stored, today()), ...(notices.length > 0 && { notices }) };
    },
  );
};
