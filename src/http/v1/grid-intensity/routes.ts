import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { NATIONAL } from '../../../domain/grid/grid-intensity.ts';
import { readIntensityJson, readIntensityTable } from '../../../domain/grid/read-intensities.ts';
import { parsePeriod } from '../../../domain/period.ts';
import { LIMITS } from '../../../limits.ts';
import type { GridIntensities, IntensityStore } from '../../../services/grid/grid-intensity.ts';
import { timeMatched } from '../../../services/grid/time-matched.ts';
import { momentAsked, readingsAt, seqAsked } from '../../../services/past/known-at.ts';
import type { PastStore } from '../../../services/past/past-store.ts';
import type { ReadReadingsDeps } from '../../../services/readings/read-readings.ts';
import { sendCsv } from '../../csv.ts';
import { takeCsvBodies } from '../../csv-body.ts';
import { decodeCursor, encodeCursor } from '../../cursor.ts';
import { sendPage } from '../../list-reply.ts';
import { jsonOrCsv } from '../../schemas/page-schemas.ts';
import { ref } from '../../schemas/ref.ts';
import { splitList } from '../figures/query.ts';
import { GRID_INTENSITY_COLUMNS, TIME_MATCHED_COLUMNS, toGridIntensity, toTimeMatched } from './convert.ts';
import {
  GRID_INTENSITY_LIST_QUERY,
  GRID_INTENSITY_POST_QUERY,
  type GridIntensityBody,
  GridIntensityBodySchema,
  GridIntensityOutcomeSchema,
  GridIntensityPageSchema,
  TIME_MATCHED_QUERY,
  TimeMatchedSchema,
} from './schemas.ts';

const CsvSchema = Type.String({
  description:
    'The table as CSV: a column of instants (`from`, `datetime`; UTC where they name no offset), half-hours or hours, and columns `actual` and `forecast`, or one of intensities in grams, or in kilograms where its header says so.',
  minLength: 1,
});

type GridDeps = {
  gridIntensities: GridIntensities;
  intensities: IntensityStore;
  readings: ReadReadingsDeps;
  past: PastStore;
};

/** `/v1/grid-intensity` and `/v1/emissions/time-matched` */
export const gridIntensityRoutes: FastifyPluginAsyncTypebox<GridDeps> = async (app, deps) => {
  takeCsvBodies(app);

  app.post(
    '/grid-intensity',
    {
      config: { scope: 'write-readings' },
      bodyLimit: LIMITS.gridIntensitiesBodyBytesMax,
      schema: {
        operationId: 'postGridIntensity',
        summary: 'Store carbon intensities of the grid',
        description:
          'Lays half-hourly intensities over those that stand, as one change: an answer of the national carbon intensity API as it comes, or a table. An actual value takes the place of a forecast, never the other way round. The same again writes nothing; what a value was before is kept.',
        tags: ['Meter data'],
        querystring: GRID_INTENSITY_POST_QUERY,
        body: {
          content: {
            'application/json': { schema: ref(GridIntensityBodySchema) },
            'text/csv': { schema: CsvSchema },
          },
        },
        response: { 200: ref(GridIntensityOutcomeSchema), 201: ref(GridIntensityOutcomeSchema) },
      },
    },
    async (request, reply) => {
      const { region = null } = request.query;
      // The type of the body depends on its media type, which the types of routes do not say.
      const body = request.body as GridIntensityBody | string;
      const entries = typeof body === 'string' ? readIntensityTable(body, region) : readIntensityJson(body, region);
      const { seq, ...counts } = await deps.gridIntensities.put(entries, request.principal);
      return reply.code(seq === null ? 200 : 201).send({ ...counts, ...(seq !== null && { seq }) });
    },
  );

  app.get(
    '/grid-intensity',
    {
      config: { scope: 'read', entityTag: true, csv: true },
      schema: {
        operationId: 'listGridIntensity',
        summary: 'List carbon intensities of the grid',
        description: 'The intensities that stand, or stood at `asOf`, by region and half-hour.',
        tags: ['Meter data'],
        querystring: GRID_INTENSITY_LIST_QUERY,
        response: { 200: jsonOrCsv(ref(GridIntensityPageSchema), 'One page of the intensities.') },
      },
    },
    async (request, reply) => {
      const { cursor, limit = LIMITS.pageSizeDefault, region = null, period, asOf } = request.query;
      const filter = { region, span: period === undefined ? null : parsePeriod(period, '?period') };
      const bound = { region, period, asOf };
      const [afterRegion, start] = cursor === undefined ? [] : decodeCursor(cursor, bound, ['text', 'instant']);
      const after = afterRegion === undefined || start === undefined ? null : { region: afterRegion, start };
      const known = await seqAsked(deps.past, asOf);
      const { items, next } = await deps.gridIntensities.list(filter, after, limit, known.seq);
      const nextCursor = next === null ? null : encodeCursor(bound, [next.region, next.start]);
      const rows = items.map(toGridIntensity);
      return sendPage(request, reply, rows, GRID_INTENSITY_COLUMNS, nextCursor, known.asOf);
    },
  );

  app.get(
    '/emissions/time-matched',
    {
      config: { scope: 'read', entityTag: true, csv: true },
      schema: {
        operationId: 'getTimeMatchedEmissions',
        summary: 'Carbon of electricity by the time of use',
        description:
          'Matches each interval of electricity from the grid with the intensity of its own half-hour. It stands beside the official figures and is in none of them.',
        tags: ['Figures'],
        querystring: TIME_MATCHED_QUERY,
        response: { 200: jsonOrCsv(ref(TimeMatchedSchema), 'Carbon by the time of use.') },
      },
    },
    async (request, reply) => {
      const { interval = 'total', groupBy = 'none', site, meter, region = NATIONAL } = request.query;
      const moment = await momentAsked(deps.past, request.query.asOf);
      const readings = moment === null ? deps.readings : readingsAt(deps.past, moment);
      const known = { readings, intensities: deps.intensities, at: moment?.reading ?? null };
      const [sites, meters] = [splitList(site, 'site'), splitList(meter, 'meter')];
      const question = { period: parsePeriod(request.query.period), interval, groupBy, sites, meters, region };
      const answer = toTimeMatched(await timeMatched(known, question));
      if (request.representation === 'csv') return sendCsv(reply, TIME_MATCHED_COLUMNS, answer.data);
      return { ...answer, ...(moment === null ? {} : { asOf: moment.asOf }) };
    },
  );
};
