import { SerializerSelector } from '@fastify/fast-json-stringify-compiler';
import type { FastifySchemaCompiler } from 'fastify';

type Compile = FastifySchemaCompiler<unknown>;
type Validate = ReturnType<Compile>;

/**
 * Compiles the validator of a schema when the first request needs it. Compiled at the start, those of all routes took
 * seconds and tens of megabytes, most of them for routes and answers that an operator may never meet.
 */
export function validateWhenUsed(compile: Compile): Compile {
  return (route) => {
    let compiled: Validate | undefined;
    const validate: Validate = (data: unknown) => {
      compiled ??= compile(route);
      const result = compiled(data);
      validate.errors = compiled.errors ?? null;
      return result;
    };
    return validate;
  };
}

/** The same for what writes an answer: one for each route and status. */
export const buildSerializer: typeof SerializerSelector = () => {
  const factory = SerializerSelector();
  return (externalSchemas, options) => {
    const compile = factory(externalSchemas, options);
    return (route) => {
      let serialize: ReturnType<typeof compile> | undefined;
      return (answer) => {
        serialize ??= compile(route);
        return serialize(answer);
      };
    };
  };
};
