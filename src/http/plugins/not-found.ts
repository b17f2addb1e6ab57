import type { FastifyRequest } from 'fastify';
import { fastifyPlugin } from 'fastify-plugin';
import { ProtocolError } from '../protocol-error.ts';
import { quote } from '../validation-faults.ts';

type KnownAddress = { pattern: RegExp; methods: Set<string> };

function patternOf(url: string): RegExp {
  const parts = url
    .split('/')
    .map((part) => (part.startsWith(':') ? '[^/]+' : part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')));
  return new RegExp(`^${parts.join('/')}$`);
}

function refuse(known: ReadonlyMap<string, KnownAddress>, request: FastifyRequest): never {
  const path = request.url.split('?', 1)[0] ?? '';
  const methods = [...known.values()]
    .filter(({ pattern }) => pattern.test(path))
    .flatMap((address) => [...address.methods]);
  if (methods.length === 0)
    throw new ProtocolError(
      'not-found',
      `There is nothing at ${quote(path)}: the addresses are listed in /openapi.json`,
    );
  const allow = [...new Set(methods)].sort().join(', ');
  throw new ProtocolError('method-not-allowed', `${request.method} is not possible here: expected ${allow}`, { allow });
}

/**
 * Answers addresses that do not exist with 404, and methods that an address does not take with 405. Neither needs a
 * key and neither looks at what is stored: both follow from the published list of addresses alone.
 */
export const notFound = fastifyPlugin(
  async (app) => {
    const known = new Map<string, KnownAddress>();
    app.addHook('onRoute', ({ url, method }) => {
      const address = known.get(url) ?? { pattern: patternOf(url), methods: new Set<string>() };
      for (const name of [method].flat()) address.methods.add(name);
      known.set(url, address);
    });
    app.setNotFoundHandler((request) => refuse(known, request));
  },
  { name: 'not-found' },
);
