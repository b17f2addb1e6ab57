import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { parsePeriod } from '../../../domain/period.ts';
import type { Factors } from '../../../services/factors/factors.ts';
import { ref } from '../../schemas/ref.ts';
import { toFactorSetOutput } from './convert.ts';
import {
  ActivatedSetSchema,
  ActivateSchema,
  FactorImpactSchema,
  FactorSetHistorySchema,
  IMPACT_QUERY,
  SET_PARAMS,
  VERSION_PARAMS,
} from './impact-schemas.ts';
import { FactorSetSchema } from './schemas.ts';
import { FactorSetInputSchema, HISTORY_QUERY } from './set-schemas.ts';
import { fromFactorSetInput, toHistoryOutput, toImpactOutput } from './version-convert.ts';

const tags = ['Factors'];

/** Versions of a factor set: entering, comparing, bringing into use and taking out of it. */
export const factorVersionRoutes: FastifyPluginAsyncTypebox<{ factors: Factors }> = async (app, { factors }) => {
  app.get(
    '/factor-sets/:set',
    {
      config: { scope: 'read', entityTag: true },
      schema: {
        operationId: 'getFactorSet',
        summary: 'Read a factor set with its history',
        description:
          'The versions of a set that are held, and every change of the one in use with what it changed in figures and targets.',
        tags,
        params: SET_PARAMS,
        querystring: HISTORY_QUERY,
        response: { 200: ref(FactorSetHistorySchema) },
      },
    },
    async (request) =>
      toHistoryOutput(request.params.set, await factors.getSet(request.params.set, request.query.asOf)),
  );

  app.get(
    '/factor-sets/:set/impact',
    {
      config: { scope: 'read' },
      schema: {
        operationId: 'getFactorSetImpact',
        summary: 'Tell what a version would change',
        description:
          'What bringing a version of the set into use would change: its factors, the figures of each reporting year by line and, where asked, by site, the targets, and the published statements with whether they would be restated. Nothing is stored.',
        tags,
        params: SET_PARAMS,
        querystring: IMPACT_QUERY,
        response: { 200: ref(FactorImpactSchema) },
      },
    },
    async (request) => {
      const { version, period, factors: policy = 'reporting-year', groupBy } = request.query;
      return toImpactOutput(
        await factors.impact({
          set: request.params.set,
          version,
          period: period === undefined ? null : parsePeriod(period, '?period'),
          policy,
          bySite: groupBy === 'site',
        }),
      );
    },
  );

  app.put(
    '/factor-sets/:set/versions/:version',
    {
      config: { scope: 'admin' },
      schema: {
        operationId: 'putFactorSetVersion',
        summary: 'Enter a version of a factor set',
        description:
          "Stores factors that are entered rather than uploaded: a set of the operator's own, or a published one with corrections (`basedOn`). The name of a set ends in the year it is for. Of a set of its own name the factors stand before those of the edition of that year, for the lines it has. No figure uses a version before it is activated. The same again changes nothing; a stored version is never edited.",
        tags,
        params: VERSION_PARAMS,
        body: ref(FactorSetInputSchema),
        response: { 200: ref(FactorSetSchema), 201: ref(FactorSetSchema) },
      },
    },
    async (request, reply) => {
      const { set, version } = request.params;
      const { created, value } = await factors.enter(fromFactorSetInput(set, version, request.body), request.principal);
      return reply.code(created ? 201 : 200).send(toFactorSetOutput(value));
    },
  );

  app.get(
    '/factor-sets/:set/versions/:version',
    {
      config: { scope: 'read', entityTag: true },
      schema: {
        operationId: 'getFactorSetVersion',
        summary: 'Read a version of a factor set',
        description: 'One version with its history; its factors are at `/v1/factors`.',
        tags,
        params: VERSION_PARAMS,
        response: { 200: ref(FactorSetSchema) },
      },
    },
    async (request) => toFactorSetOutput(await factors.version(request.params)),
  );

  app.post(
    '/factor-sets/:set/versions/:version/activate',
    {
      config: { scope: 'admin' },
      schema: {
        operationId: 'activateFactorSetVersion',
        summary: 'Bring a version into use',
        description:
          'From now on figures are made with this version in place of the one that was in use; a former version can be brought back the same way. Figures asked `asOf` an earlier moment stay what they were. What it changes is answered, and kept with the change. The version in use already changes nothing.',
        tags,
        params: VERSION_PARAMS,
        body: ref(ActivateSchema),
        response: { 200: ref(ActivatedSetSchema) },
      },
    },
    async (request) => {
      const { account } = await factors.activate(
        { ...request.params, reason: request.body?.reason ?? null },
        request.principal,
      );
      return { set: toFactorSetOutput(await factors.version(request.params)), impact: toImpactOutput(account) };
    },
  );

  app.post(
    '/factor-sets/:set/versions/:version/withdraw',
    {
      config: { scope: 'admin' },
      schema: {
        operationId: 'withdrawFactorSetVersion',
        summary: 'Take a version out of use',
        description:
          'The set has no version in use then: its lines are carried forward from the newest earlier edition that has them, and figures are provisional. The version stays and can be activated again.',
        tags,
        params: VERSION_PARAMS,
        response: { 200: ref(ActivatedSetSchema) },
      },
    },
    async (request) => {
      const { account } = await factors.withdraw(request.params, request.principal);
      return { set: toFactorSetOutput(await factors.version(request.params)), impact: toImpactOutput(account) };
    },
  );
};
