import { existsSync, readFileSync } from 'node:fs';
import t from 'tap';
import { OPENAPI_FILE, openApiDocument, openApiText } from '../../scripts/openapi-document.ts';
import { type Document, exampleOf, operationsOf, type Schema } from '../support/operations.ts';

const document = (await openApiDocument()) as unknown as Document;
const operations = operationsOf(document);

t.test('the committed document is that of the routes (else: npm run openapi)', async (t) => {
  const file = new URL(`../../${OPENAPI_FILE}`, import.meta.url);
  t.ok(existsSync(file));
  t.equal(readFileSync(file, 'utf8'), await openApiText());
});

t.test('every operation says what it is called, what it does and where it belongs', async (t) => {
  const tags = document.tags.map(({ name }) => name);
  for (const { method, path, operation } of operations) {
    const name = `${method} ${path}`;
    t.match(operation.operationId, /^[a-z][A-Za-z]+$/, name);
    t.ok(operation.summary, name);
    t.ok(operation.description, name);
    t.equal(operation.tags?.length, 1, name);
    t.ok(tags.includes(operation.tags?.[0] ?? ''), name);
  }
  const ids = operations.map(({ operation }) => operation.operationId);
  t.equal(new Set(ids).size, ids.length, 'no two operations share a name');
});

t.test('every operation shows a request and an answer, and says how it refuses', async (t) => {
  for (const { method, path, operation } of operations) {
    const name = `${method} ${path}`;
    for (const media of Object.values(operation.requestBody?.content ?? {}))
      if (media.schema?.type !== 'string') t.ok(exampleOf(document, media), `${name} request`);
    const answers = Object.entries(operation.responses).filter(([status]) => status.startsWith('2'));
    t.ok(answers.length > 0, name);
    for (const [, answer] of answers) {
      const media = answer.content?.['application/json'];
      if (media !== undefined) t.ok(exampleOf(document, media), `${name} answer`);
    }
    for (const status of ['4XX', '5XX'])
      t.strictSame(
        operation.responses[status]?.content?.['application/problem+json']?.schema,
        { $ref: '#/components/schemas/Problem' },
        name,
      );
  }
});

/** Schemas inside a schema, with where they stand. */
function* within(schema: Schema, place: string): Generator<[string, Schema]> {
  yield [place, schema];
  for (const [name, property] of Object.entries(schema.properties ?? {})) yield* within(property, `${place}.${name}`);
  if (schema.items !== undefined) yield* within(schema.items, `${place}[]`);
  for (const part of [...(schema.anyOf ?? []), ...(schema.oneOf ?? []), ...(schema.allOf ?? [])])
    yield* within(part, place);
  if (typeof schema.additionalProperties === 'object') yield* within(schema.additionalProperties, `${place}.*`);
}

function* everySchema(): Generator<[string, Schema]> {
  for (const [name, schema] of Object.entries(document.components.schemas)) yield* within(schema, name);
  for (const { method, path, operation } of operations) {
    const contents = [
      operation.requestBody?.content ?? {},
      ...Object.values(operation.responses).map(({ content }) => content ?? {}),
    ];
    for (const content of contents)
      for (const [type, media] of Object.entries(content))
        yield* within(media.schema ?? {}, `${method} ${path} ${type}`);
  }
}

function isNumeric({ type }: Schema): boolean {
  return [type].flat().some((name) => name === 'number' || name === 'integer');
}

t.test('every property and parameter is described', async (t) => {
  for (const [place, schema] of everySchema())
    for (const [name, property] of Object.entries(schema.properties ?? {}))
      t.ok(property.$ref !== undefined || property.description, `${place}.${name}`);
  for (const { path, operation } of operations)
    for (const parameter of operation.parameters ?? []) t.ok(parameter.description, `${path} ${parameter.name}`);
});

/** Units as they end the names of properties. */
const UNIT_IN_NAME = /(Kwh|KgCo2e|KgCo2|M2|M3|Gbp|Days|Minutes|Percent)(\[\])?$/;

/** A number says its unit in its name, in `x-unit`, in its description, or in a `unit` beside it; a choice of numbers has none. */
function namesUnit(place: string, schema: Schema, beside: Schema): boolean {
  if (schema.const !== undefined || schema.enum !== undefined) return true;
  if (schema['x-unit'] !== undefined || UNIT_IN_NAME.test(place)) return true;
  return /\bunit\b/.test(schema.description ?? '') || beside.properties?.unit !== undefined;
}

t.test('every number names its unit', async (t) => {
  for (const [place, schema] of everySchema())
    for (const [name, property] of Object.entries(schema.properties ?? {}))
      for (const [inner, number] of within({ ...property, properties: {} }, `${place}.${name}`))
        if (isNumeric(number)) t.ok(namesUnit(inner, number, schema) || property['x-unit'], inner);
  for (const { path, operation } of operations)
    for (const { name, schema = {} } of operation.parameters ?? [])
      if (isNumeric(schema)) t.ok(namesUnit(name, schema, {}), `${path} ${name}`);
});

t.test('every component is described, and objects are closed unless they say otherwise', async (t) => {
  for (const [name, schema] of Object.entries(document.components.schemas)) t.ok(schema.description, name);
  for (const [place, schema] of everySchema())
    if (schema.properties !== undefined) t.not(schema.additionalProperties, undefined, place);
});

t.test('the top level of every JSON answer is an object', async (t) => {
  for (const { path, operation } of operations)
    for (const answer of Object.values(operation.responses)) {
      const schema = answer.content?.['application/json']?.schema;
      if (schema !== undefined) t.ok(schema.$ref !== undefined || schema.type === 'object', path);
    }
});
