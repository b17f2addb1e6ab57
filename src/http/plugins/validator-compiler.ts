import { AjvCompiler, type ValidatorFactory } from '@fastify/ajv-compiler';
import type { FastifySchemaCompiler } from 'fastify';
import { convertTexts } from '../strict-decimal.ts';
import { validateWhenUsed } from './compile-when-used.ts';

/**
 * Ajv as the door needs it: nothing is coerced, nothing removed, no default filled in. With Fastify's own options a
 * `null` reading becomes 0 and a misspelt field is dropped in silence. `verbose` gives the value and schema that the
 * fault's sentence names. Every error is collected; `maxItems` and the body limit bound how many there can be.
 */
const STRICT = {
  coerceTypes: false,
  removeAdditional: false,
  useDefaults: false,
  allErrors: true,
  verbose: true,
  strictNumbers: true,
  strictTypes: true,
  allowUnionTypes: true,
  // 12500.55 is a multiple of 0.01, whatever binary arithmetic says.
  multipleOfPrecision: 6,
  // The schemas are this project's own and a test compiles each; checking them at every start took a second.
  validateSchema: false,
  meta: false,
  keywords: ['x-expects', 'x-unit', 'x-aggregation'],
} as const;

type Compile = FastifySchemaCompiler<unknown>;
type Validate = ReturnType<Compile>;
type ObjectSchema = Readonly<{ properties?: Readonly<Record<string, Readonly<{ type?: unknown }>>> }>;

/** No text of an address may hold a control character: none has a meaning here, and the database takes no NUL. */
function controlCharacterFault(texts: Readonly<Record<string, unknown>>) {
  const found = Object.entries(texts).find(([, value]) => [value].flat().some((text) => /\p{Cc}/u.test(String(text))));
  if (found === undefined) return null;
  const parentSchema = { 'x-expects': 'text without control characters' };
  return { keyword: 'pattern', instancePath: `/${found[0]}`, schemaPath: '', params: {}, data: found[1], parentSchema };
}

/** A validator of texts (query, path): converts what is plainly a number, then checks as strictly as a body. */
function withTexts(validate: Validate, properties: NonNullable<ObjectSchema['properties']>) {
  const check: Validate = (data: Readonly<Record<string, unknown>> | null) => {
    const texts = data ?? {};
    const fault = controlCharacterFault(texts);
    const value = convertTexts(texts, properties);
    const valid = fault === null && validate(value) === true;
    check.errors = fault === null ? (validate.errors ?? null) : [fault];
    return valid ? { value } : false;
  };
  return check;
}

type SharedSchemas = Readonly<Record<string, unknown>>;

/** One instance of Ajv with the shared schemas, made when the first validator is compiled. */
function compilerOf(shared: SharedSchemas): Compile {
  let compiler: Compile | undefined;
  return (route) => {
    compiler ??= AjvCompiler()(shared as never, { customOptions: STRICT } as never) as unknown as Compile;
    return compiler(route);
  };
}

/**
 * Builds the validators: two compilers, picked by the part of the request. The body goes to its own instance, so that
 * nothing meant for query texts can ever reach it.
 */
function validatorsOf(shared: SharedSchemas): Compile {
  const bodies = compilerOf(shared);
  const texts = compilerOf(shared);
  return validateWhenUsed((route) => {
    if (route.httpPart !== 'querystring' && route.httpPart !== 'params') return bodies(route);
    return withTexts(texts(route), (route.schema as ObjectSchema).properties ?? {});
  });
}

function areSame(some: SharedSchemas, others: SharedSchemas): boolean {
  const names = Object.keys(some);
  return names.length === Object.keys(others).length && names.every((name) => some[name] === others[name]);
}

/**
 * Makes what builds the validators of one service. Fastify asks for a compiler for each group of routes, although they
 * all share the same schemas: taking these in ninety times was half of the time of a start.
 */
export function createBuildValidator(): ValidatorFactory {
  const built: { shared: SharedSchemas; compile: Compile }[] = [];
  const build = (shared: SharedSchemas) => {
    const found = built.find((one) => areSame(one.shared, shared));
    if (found !== undefined) return found.compile;
    const compile = validatorsOf(shared);
    built.push({ shared, compile });
    return compile;
  };
  return build as unknown as ValidatorFactory;
}
