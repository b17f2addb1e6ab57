import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import type { Now } from '../../../clock.ts';
import { REMINDER_STATES } from '../../../domain/buildings/certificate-reminders.ts';
import { LIMITS } from '../../../limits.ts';
import type { Certificates } from '../../../services/buildings/certificates.ts';
import { knowledgeAt } from '../../../services/past/known-at.ts';
import type { PastStore } from '../../../services/past/past-store.ts';
import { sendCsv } from '../../csv.ts';
import { decodeCursor, encodeCursor } from '../../cursor.ts';
import { echoOf, sendPage } from '../../list-reply.ts';
import { AS_OF_QUERY } from '../../schemas/as-of.ts';
import { jsonOrCsv } from '../../schemas/page-schemas.ts';
import { ref } from '../../schemas/ref.ts';
import { listOf } from '../figures/query.ts';
import { CERTIFICATE_COLUMNS, fromCertificateInput, REMINDER_COLUMNS, toCertificate, toReminders } from './convert.ts';
import {
  CERTIFICATE_PARAMS,
  CERTIFICATES_QUERY,
  CertificateInputSchema,
  CertificatePageSchema,
  CertificateRemindersSchema,
  CertificateSchema,
  REMINDERS_QUERY,
} from './schemas.ts';

const tags = ['Display energy'];
const TO_BE_DONE = REMINDER_STATES.filter((state) => state !== 'valid');

type CertificateRouteDeps = { certificates: Certificates; now: Now; past: PastStore };

/** `/v1/certificates` and `/v1/certificate-reminders` */
export const certificateRoutes: FastifyPluginAsyncTypebox<CertificateRouteDeps> = async (
  app,
  { certificates, now, past },
) => {
  app.put(
    '/certificates/:rrn',
    {
      config: { scope: 'write-estate' },
      schema: {
        operationId: 'putCertificate',
        summary: 'Enter a certificate',
        description:
          'Enters a display energy certificate or an advisory report under the number that it has in the government’s register, or replaces it whole. Sending the same again changes nothing; what it was before is kept.',
        tags,
        params: CERTIFICATE_PARAMS,
        body: ref(CertificateInputSchema),
        response: { 200: ref(CertificateSchema), 201: ref(CertificateSchema) },
      },
    },
    async (request, reply) => {
      const { certificate, band } = fromCertificateInput(request.params.rrn, request.body);
      const { created, value } = await certificates.put(certificate, band, request.principal);
      return reply.code(created ? 201 : 200).send(toCertificate(value));
    },
  );

  app.get(
    '/certificates/:rrn',
    {
      config: { scope: 'read', entityTag: true },
      schema: {
        operationId: 'getCertificate',
        summary: 'Read a certificate',
        description: 'The certificate with its band, the days it is valid on and how it stands, now or at `asOf`.',
        tags,
        params: CERTIFICATE_PARAMS,
        querystring: AS_OF_QUERY,
        response: { 200: ref(CertificateSchema) },
      },
    },
    async (request) => {
      const known = await knowledgeAt(past, now, request.query.asOf);
      return { ...toCertificate(await certificates.get(request.params.rrn, known)), ...echoOf(known.asOf) };
    },
  );

  app.get(
    '/certificates',
    {
      config: { scope: 'read', entityTag: true, csv: true },
      schema: {
        operationId: 'listCertificates',
        summary: 'List the register of certificates',
        description:
          'The certificates and reports that pass every filter given, by number. With `Accept: text/csv` as CSV; the next page is then in the `Link` header.',
        tags,
        querystring: CERTIFICATES_QUERY,
        response: { 200: jsonOrCsv(ref(CertificatePageSchema), 'One page of the register.') },
      },
    },
    async (request, reply) => {
      const { cursor, limit = LIMITS.pageSizeDefault, ...bound } = request.query;
      const { site = null, kind = null, status = null, expiringBefore = null, asOf } = bound;
      const [after = null] = cursor === undefined ? [] : decodeCursor(cursor, bound, ['text']);
      const known = await knowledgeAt(past, now, asOf);
      const filter = { site, kind, status, expiringBefore };
      const { items, next } = await certificates.list(filter, { after, limit }, known);
      const nextCursor = next === null ? null : encodeCursor(bound, [next]);
      return sendPage(request, reply, items.map(toCertificate), CERTIFICATE_COLUMNS, nextCursor, known.asOf);
    },
  );

  app.delete(
    '/certificates/:rrn',
    {
      config: { scope: 'write-estate' },
      schema: {
        operationId: 'deleteCertificate',
        summary: 'Take a certificate out of the register',
        description: 'For one that was entered by mistake, or cancelled. What it was is found with `asOf`.',
        tags,
        params: CERTIFICATE_PARAMS,
        response: { 204: Type.Null({ description: 'It is out of the register.' }) },
      },
    },
    async (request, reply) => {
      await certificates.remove(request.params.rrn, request.principal);
      return reply.code(204).send(null);
    },
  );

  app.get(
    '/certificate-reminders',
    {
      config: { scope: 'read', entityTag: true, csv: true },
      schema: {
        operationId: 'listCertificateReminders',
        summary: 'Which certificates are due',
        description:
          'Every site that must show a certificate and has none, or whose certificate or advisory report has expired or will soon; and sites of which it is not recorded whether they must.',
        tags,
        querystring: REMINDERS_QUERY,
        response: { 200: jsonOrCsv(ref(CertificateRemindersSchema), 'What is due.') },
      },
    },
    async (request, reply) => {
      const { state, daysAhead = null, asOf } = request.query;
      const states = state === undefined ? TO_BE_DONE : listOf(state, 'state', REMINDER_STATES);
      const known = await knowledgeAt(past, now, asOf);
      const answer = toReminders(await certificates.reminders(known, daysAhead), states);
      if (request.representation === 'csv') return sendCsv(reply, REMINDER_COLUMNS, answer.data);
      return { ...answer, ...echoOf(known.asOf) };
    },
  );
};
