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

/**
 * Builds the validators: two compilers, picked by the part of the request. The body goes to its own instance, so that
 * nothing meant for query texts can ever reach it.
 */
export const buildValidator: ValidatorFactory = ((externalSchemas: Record<string, never>) => {
  const bodies = AjvCompiler()(externalSchemas, { customOptions: STRICT } as never) as unknown as Compile;
  const texts = AjvCompiler()(externalSchemas, { customOptions: STRICT } as never) as unknown as Compile;
  const compile: Compile = (route) => {
    if (route.httpPart !== 'querystring' && route.httpPart !== 'params') return bodies(route);
    return withTexts(texts(route), (route.schema as ObjectSchema).properties ?? {});
  };
  return validateWhenUsed(compile);
}) as unknown as ValidatorFactory;
