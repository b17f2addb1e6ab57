import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { localDayOf } from '../../../domain/calendar.ts';
import { answeredPeriod } from '../../../domain/figure-answer.ts';
import { parsePeriod } from '../../../domain/period.ts';
import { LIMITS } from '../../../limits.ts';
import { momentAsked, readingsAt } from '../../../services/past/known-at.ts';
import type { PastStore } from '../../../services/past/past-store.ts';
import { postReadings, type ReadingsDeps } from '../../../services/readings/post-readings.ts';
import { type ReadReadingsDeps, readReadings } from '../../../services/readings/read-readings.ts';
import { sendCsv } from '../../csv.ts';
import { jsonOrCsv } from '../../schemas/page-schemas.ts';
import { ref } from '../../schemas/ref.ts';
import { toGasConversions } from './conversion-schemas.ts';
import { otherUnitOf, STORED_COLUMNS, toReadingsOutcome, toStoredReading } from './convert.ts';
import { ReadingsInputSchema } from './entry-schemas.ts';
import { READINGS_MODE, ReadingsOutcomeSchema, STORED_PARAMS, STORED_QUERY, StoredReadingsSchema } from './schemas.ts';

const tags = ['Meter data'];

/** `/v1/readings` and `/v1/meters/{meter}/readings` */
export const readingRoutes: FastifyPluginAsyncTypebox<{
  readings: ReadingsDeps & ReadReadingsDeps;
  past: PastStore;
}> = async (app, { readings, past }) => {
  app.post(
    '/readings',
    {
      config: { scope: 'write-readings' },
      bodyLimit: LIMITS.readingsBodyBytesMax,
      schema: {
        operationId: 'postReadings',
        summary: 'Store meter data',
        description:
          'Stores day profiles, single intervals, billed periods and register readings as one change. The same data again writes nothing; a correction keeps what it replaced. An estimate never replaces an actual value, and a null never replaces a value. A register reading that runs backwards is refused, unless the dials turned over zero or the device was exchanged.',
        tags,
        querystring: READINGS_MODE,
        body: ref(ReadingsInputSchema),
        response: { 200: ref(ReadingsOutcomeSchema), 201: ref(ReadingsOutcomeSchema) },
      },
    },
    async (request, reply) => {
      const { readings: entries } = request.body;
      const posted = await postReadings(readings, entries, request.query.mode ?? 'strict', request.principal);
      return reply.code(posted.outcome.seq === null ? 200 : 201).send(toReadingsOutcome(posted));
    },
  );

  app.get(
    '/meters/:meter/readings',
    {
      config: { scope: 'read', csv: true, entityTag: true },
      schema: {
        operationId: 'getReadings',
        summary: 'What is stored of a meter',
        description: 'By interval, day or month, with quality and origin. Missing time is listed with a null quantity.',
        tags,
        params: STORED_PARAMS,
        querystring: STORED_QUERY,
        response: { 200: jsonOrCsv(ref(StoredReadingsSchema), 'What is stored of the meter.') },
      },
    },
    async (request, reply) => {
      const period = parsePeriod(request.query.period);
      const resolution = request.query.resolution ?? 'day';
      const moment = await momentAsked(past, request.query.asOf);
      const known = moment === null ? readings : readingsAt(past, moment);
      const { meter, slices, conversions } = await readReadings(known, request.params.meter, period, resolution);
      const data = slices.map((slice) => toStoredReading(slice, otherUnitOf(slice, meter, resolution)));
      if (request.representation === 'csv') return sendCsv(reply, STORED_COLUMNS, data);
      const answered = answeredPeriod(period, localDayOf(known.now()));
      const echo = moment === null ? {} : { asOf: moment.asOf };
      const unit = resolution === 'interval' ? meter.readingUnit : meter.unit;
      const converted = conversions.conversions.length === 0 ? {} : { conversions: toGasConversions(conversions) };
      return { meter: meter.key, unit, resolution, period: answered, ...echo, data, ...converted };
    },
  );
};
