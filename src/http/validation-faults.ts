import type { FastifySchemaValidationError } from 'fastify';
import type { Fault } from '../domain/refusal.ts';
import { LIMITS } from '../limits.ts';

/** Where a fault lies: the parts of a request that are checked against a schema. */
export type RequestPart = 'body' | 'querystring' | 'params' | 'headers';

/** An Ajv error with the schema and value it is about (`verbose`). */
type DetailedError = FastifySchemaValidationError & {
  data?: unknown;
  parentSchema?: Readonly<Record<string, unknown>>;
};

const CODES: Readonly<Record<string, string>> = {
  required: 'missing',
  additionalProperties: 'unknown-field',
  type: 'wrong-type',
  enum: 'not-allowed',
  const: 'not-allowed',
  minimum: 'out-of-range',
  maximum: 'out-of-range',
  exclusiveMinimum: 'out-of-range',
  exclusiveMaximum: 'out-of-range',
  multipleOf: 'too-precise',
  minLength: 'wrong-length',
  maxLength: 'wrong-length',
  minItems: 'wrong-count',
  maxItems: 'wrong-count',
  minProperties: 'wrong-count',
  uniqueItems: 'repeated',
  pattern: 'wrong-format',
  format: 'wrong-format',
};

/** A value as it is repeated in a message: JSON, cut to a readable length. */
export function quote(value: unknown): string {
  const written = typeof value === 'string' ? `'${value}'` : (JSON.stringify(value) ?? String(value));
  const text = written.replace(/\p{Cc}/gu, '\uFFFD');
  return text.length > LIMITS.quotedValueLengthMax ? `${text.slice(0, LIMITS.quotedValueLengthMax)}…` : text;
}

const COMPARISONS: Readonly<Record<string, string>> = {
  minimum: 'at least',
  maximum: 'at most',
  exclusiveMinimum: 'more than',
  exclusiveMaximum: 'less than',
};

function typeExpected(type: unknown): string {
  const names = (Array.isArray(type) ? type : String(type).split(',')).map(String);
  return names
    .map((name) => (/^[aeiou]/.test(name) ? `an ${name}` : `a ${name}`).replace('a null', 'null'))
    .join(' or ');
}

/** What was expected, in words. A schema with `x-expects` says it itself. */
function expectation(error: DetailedError): string {
  const { keyword, params, parentSchema = {} } = error;
  const limit = String(params.limit);
  if (keyword === 'type') return typeExpected(params.type);
  if (typeof parentSchema['x-expects'] === 'string') return parentSchema['x-expects'];
  if (keyword === 'enum') return `one of ${(params.allowedValues as unknown[]).map(String).join(', ')}`;
  if (keyword === 'const') return quote(params.allowedValue);
  if (keyword in COMPARISONS) return `${COMPARISONS[keyword]} ${limit}`;
  if (keyword === 'multipleOf') return `a multiple of ${String(params.multipleOf)}`;
  if (keyword === 'minLength') return `at least ${limit} characters`;
  if (keyword === 'maxLength') return `at most ${limit} characters`;
  if (keyword === 'minItems') return `at least ${limit} entries`;
  if (keyword === 'maxItems') return `at most ${limit} entries`;
  if (keyword === 'uniqueItems') return 'entries that all differ';
  if (keyword === 'format') return `the format ${String(params.format)}`;
  return error.message ?? 'another value';
}

function knownNames(error: DetailedError): string {
  const names = Object.keys((error.parentSchema?.properties as object | undefined) ?? {});
  return names.length === 0 ? 'none is taken here' : `known are ${names.join(', ')}`;
}

const PART_NAMES: Readonly<Record<RequestPart, string>> = {
  body: 'the body',
  querystring: 'the query',
  params: 'the address',
  headers: 'the headers',
};

function escapePointer(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}

function pointerIn(part: RequestPart, path: string): string {
  if (part === 'body') return path;
  const name = (path.split('/')[1] ?? '').replaceAll('~1', '/').replaceAll('~0', '~');
  if (part === 'querystring') return `?${name}`;
  return part === 'params' ? `{${name}}` : name;
}

function place(part: RequestPart, path: string): string {
  if (path === '') return PART_NAMES[part];
  if (part === 'querystring') return `query parameter '${path.split('/')[1]}'`;
  return path.slice(1).replaceAll('/', '.');
}

function faultOf(error: DetailedError, part: RequestPart): Fault {
  const code = CODES[error.keyword] ?? 'not-valid';
  const at = error.instancePath;
  if (error.keyword === 'required') {
    const name = String(error.params.missingProperty);
    const detail = `${place(part, at)} lacks '${name}', which is required`;
    return { pointer: pointerIn(part, `${at}/${escapePointer(name)}`), code, detail };
  }
  if (error.keyword === 'additionalProperties') {
    const name = String(error.params.additionalProperty);
    const detail = `${place(part, at)} has ${quote(name)}, which is not known here: ${knownNames(error)}`;
    return { pointer: pointerIn(part, `${at}/${escapePointer(name)}`), code, detail };
  }
  const value = typeof error.data === 'object' && error.data !== null ? '' : ` is ${quote(error.data)}`;
  return { pointer: pointerIn(part, at), code, detail: `${place(part, at)}${value}: expected ${expectation(error)}` };
}

/** Keywords that only sum up what deeper errors already say. */
const SUMMARIES = new Set(['anyOf', 'oneOf', 'if', 'not', 'propertyNames']);

/** Turns validation errors into faults that name the value, the place and what was expected. */
export function faultsOf(errors: readonly FastifySchemaValidationError[], part: RequestPart): Fault[] {
  const telling = errors.filter((error) => !SUMMARIES.has(error.keyword));
  return (telling.length > 0 ? telling : errors).map((error) => faultOf(error, part));
}
