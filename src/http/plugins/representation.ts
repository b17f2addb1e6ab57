import type { FastifyRequest } from 'fastify';
import { fastifyPlugin } from 'fastify-plugin';
import { ProtocolError } from '../protocol-error.ts';

/** The format an answer is given in. */
export type Representation = 'json' | 'csv';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** True when the route answers `Accept: text/csv` as well as JSON. */
    csv?: boolean;
    /** True when the route answers in the one format that it has, whatever `Accept` says. */
    ownFormat?: boolean;
  }
  interface FastifyRequest {
    /** The format that was agreed on. */
    representation: Representation;
  }
}

const MEDIA_TYPES: Readonly<Record<Representation, string>> = { json: 'application/json', csv: 'text/csv' };

type Range = { type: string; quality: number };

function parseAccept(header: string): Range[] {
  return header.split(',').map((part) => {
    const [type = '', ...parameters] = part.split(';').map((piece) => piece.trim().toLowerCase());
    const quality = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2);
    return { type, quality: quality === undefined ? 1 : Number(quality) || 0 };
  });
}

/** How much a client wants a media type: the most specific range that covers it decides; 0 when none does. */
function qualityOf(type: string, ranges: readonly Range[]): number {
  for (const candidate of [type, `${type.split('/')[0]}/*`, '*/*']) {
    const found = ranges.find((range) => range.type === candidate);
    if (found !== undefined) return found.quality;
  }
  return 0;
}

/**
 * Agrees on a format. JSON wins a draw. Returns null when nothing offered is acceptable.
 */
export function negotiate(accept: string | undefined, offered: readonly Representation[]): Representation | null {
  if (accept === undefined || accept.trim() === '') return 'json';
  const ranges = parseAccept(accept);
  const ranked = offered.map((representation) => ({
    representation,
    quality: qualityOf(MEDIA_TYPES[representation], ranges),
  }));
  const best = ranked.reduce((a, b) => (b.quality > a.quality ? b : a));
  return best.quality > 0 ? best.representation : null;
}

function agree(request: FastifyRequest): Representation {
  const offered: Representation[] = request.routeOptions.config.csv === true ? ['json', 'csv'] : ['json'];
  const agreed = negotiate(request.headers.accept, offered);
  if (agreed !== null) return agreed;
  const types = offered.map((representation) => MEDIA_TYPES[representation]).join(' or ');
  throw new ProtocolError(
    'not-acceptable',
    `The answer cannot be given as '${request.headers.accept}': this address answers ${types}`,
  );
}

/** Agrees on JSON or CSV before anything else is done for a request. */
export const representation = fastifyPlugin(
  async (app) => {
    app.decorateRequest('representation', 'json');
    app.addHook('onRequest', async (request) => {
      const { scope, ownFormat } = request.routeOptions.config;
      if (scope !== undefined && ownFormat !== true) request.representation = agree(request);
    });
  },
  { name: 'representation', dependencies: ['authentication'] },
);
