import { fastifySwagger } from '@fastify/swagger';
import { fastifySwaggerUi } from '@fastify/swagger-ui';
import { fastifyPlugin } from 'fastify-plugin';

const DESCRIPTION = `Turns a council's meter data into carbon figures that explain themselves, and sets them against climate targets.

**Keys.** Every address under \`/v1\` needs \`Authorization: Bearer <key>\`. A key has one or more of the scopes \`read\`, \`write-readings\`, \`write-estate\` and \`admin\`. \`admin\` includes the others; nothing else includes anything, so a key that writes and reads needs both.

**Errors.** Every answer from 400 on is a problem document (RFC 9457) with a stable \`type\`, and a pointer for each fault. Unknown fields and unknown query parameters are refused, never ignored; nothing is converted in silence.

**Days and periods.** Days are days of Europe/London. A period is half-open: its end is the first day that is no longer in it.

**Lists** come in pages: pass \`nextCursor\` as \`cursor\`, with the same filters, until it is absent. Lists and figures are given as CSV with \`Accept: text/csv\`.

**Caching.** Reads carry a weak \`ETag\`; send it back in \`If-None-Match\` and an unchanged answer costs nothing.`;

/** Groups of operations, in the order in which a reader meets them. */
const TAGS = [
  { name: 'Sites', description: "The council's properties, and unmetered supplies such as street lighting." },
  { name: 'Meters', description: 'Metering points, keyed by what is on the bill.' },
  { name: 'Meter data', description: 'Interval data and billed periods, in and out.' },
  {
    name: 'Figures',
    description: 'Consumption and emissions of any period, with how complete they are and what they are made of.',
  },
  { name: 'Receipts', description: 'Figures with everything behind them and a digest, which can be verified.' },
  { name: 'Statements', description: 'Reports that are frozen when they are published, and what has changed since.' },
  { name: 'Bought energy', description: 'Heat networks, and what is known of the energy that is bought.' },
  { name: 'Weather', description: 'Degree days by region, and how meters answer to them.' },
  {
    name: 'Footprint',
    description: 'What the council emits beside its estate, as it states it, and both together.',
  },
  { name: 'Targets', description: 'Climate targets and how the estate stands against them.' },
  { name: 'Factors', description: 'Published and own emission factors, with source and version.' },
  {
    name: 'Places',
    description: 'Where sites stand: look-up tables of postcodes, small areas and deprivation, by edition.',
  },
  {
    name: 'Display energy',
    description: 'Benchmarks, indicative operational ratings, and the register of display energy certificates.',
  },
  {
    name: 'Changes',
    description: 'What has been recorded, by whom and about what, in the order in which it became visible.',
  },
  { name: 'Settings', description: "The organisation's settings that change figures." },
  { name: 'Keys', description: 'API keys and what they may do.' },
  { name: 'Service', description: 'Whether the service runs and can answer.' },
];

/** Collects the OpenAPI document from the routes and shows it. Must be registered before any route. */
export const openapi = fastifyPlugin<{ version: string }>(
  async (app, { version }) => {
    await app.register(fastifySwagger, {
      openapi: {
        openapi: '3.1.0',
        info: {
          title: 'Council Carbon',
          summary: "From a council's meter data to carbon figures that stand up to an auditor.",
          description: DESCRIPTION,
          version,
          license: { name: 'MIT', identifier: 'MIT' },
        },
        servers: [{ url: '/', description: 'The service that this document comes from.' }],
        tags: TAGS,
        components: {
          securitySchemes: {
            bearer: { type: 'http', scheme: 'bearer', description: 'An API key of this service.' },
          },
        },
      },
      // Components keep their own names; the default would call them def-0, def-1.
      refResolver: {
        buildLocalReference: (json, _baseUri, _fragment, index) => String(json.$id ?? `Anonymous${index}`),
      },
      convertConstToEnum: false,
    });
    await app.register(fastifySwaggerUi, {
      routePrefix: '/docs',
      staticCSP: true,
      uiConfig: { docExpansion: 'none', persistAuthorization: false },
    });
    app.get('/openapi.json', { schema: { hide: true } }, async () => app.swagger());
  },
  { name: 'openapi', dependencies: ['route-rules'] },
);
