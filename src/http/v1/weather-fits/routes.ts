import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { AsOf } from '../../../domain/as-of.ts';
import { LIMITS } from '../../../limits.ts';
import type { FigureDeps } from '../../../services/figures/answer-figure.ts';
import { figuresAt, momentAsked } from '../../../services/past/known-at.ts';
import type { PastStore } from '../../../services/past/past-store.ts';
import type { WeatherDeps } from '../../../services/weather/fit-meters.ts';
import { listWeatherFits, weatherFitOf } from '../../../services/weather/weather-fits.ts';
import { sendCsv } from '../../csv.ts';
import { decodeCursor, encodeCursor } from '../../cursor.ts';
import { echoOf, sendPage } from '../../list-reply.ts';
import { jsonOrCsv } from '../../schemas/page-schemas.ts';
import { ref } from '../../schemas/ref.ts';
import { FIT_COLUMNS, fromFitQuery, POINT_COLUMNS, toFit, toFitRow } from './convert.ts';
import { FIT_PARAMS, FIT_QUERY, FITS_QUERY, WeatherFitPageSchema, WeatherFitSchema } from './schemas.ts';

const tags = ['Weather'];
const config = { scope: 'read', csv: true, entityTag: true } as const;

/** `/v1/meters/{meter}/weather-fit` and `/v1/weather-fits` */
export const weatherFitRoutes: FastifyPluginAsyncTypebox<{ figures: FigureDeps; past: PastStore }> = async (
  app,
  { figures, past },
) => {
  const knownTo = async (text: string | undefined): Promise<{ deps: WeatherDeps; asOf: AsOf | null }> => {
    const moment = await momentAsked(past, text);
    return moment === null ? { deps: figures, asOf: null } : { deps: figuresAt(past, moment), asOf: moment.asOf };
  };

  app.get(
    '/meters/:meter/weather-fit',
    {
      config,
      schema: {
        operationId: 'getWeatherFit',
        summary: 'How a meter answers to the weather',
        description:
          'The use of a meter set against the degree days of its region over a period: base and slope by least squares, how good the fit is, the points with their residuals, and why it is not used where it is refused. With `Accept: text/csv` the points.',
        tags,
        params: FIT_PARAMS,
        querystring: FIT_QUERY,
        response: { 200: jsonOrCsv(ref(WeatherFitSchema), 'The fit of the meter.') },
      },
    },
    async (request, reply) => {
      const { deps, asOf } = await knownTo(request.query.asOf);
      const fit = toFit(await weatherFitOf(deps, request.params.meter, fromFitQuery(request.query)));
      if (request.representation === 'json') return { ...fit, ...echoOf(asOf) };
      return sendCsv(reply, POINT_COLUMNS, fit.points);
    },
  );

  app.get(
    '/weather-fits',
    {
      config,
      schema: {
        operationId: 'listWeatherFits',
        summary: 'How the heating meters answer to the weather',
        description:
          'The fits of all meters of heating fuel, heat, and what else declares a heating share, of one site or of the estate, by key, each accepted or with the reason why not. With `Accept: text/csv` as CSV.',
        tags,
        querystring: FITS_QUERY,
        response: { 200: jsonOrCsv(ref(WeatherFitPageSchema), 'One page of the fits.') },
      },
    },
    async (request, reply) => {
      const { cursor, limit = LIMITS.pageSizeDefault, ...filters } = request.query;
      const [after = null] = cursor === undefined ? [] : decodeCursor(cursor, filters, ['text']);
      const { deps, asOf } = await knownTo(filters.asOf);
      const question = fromFitQuery(filters);
      const { items, next } = await listWeatherFits(deps, filters.site ?? null, question, { after, limit });
      const nextCursor = next === null ? null : encodeCursor(filters, [next]);
      return sendPage(request, reply, items.map(toFitRow), FIT_COLUMNS, nextCursor, asOf);
    },
  );
};
