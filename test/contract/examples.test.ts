import { SerializerSelector } from '@fastify/fast-json-stringify-compiler';
import t from 'tap';
import { openApiDocument } from '../../scripts/openapi-document.ts';
import { createBuildValidator } from '../../src/http/plugins/validator-compiler.ts';
import type { Document, Schema } from '../support/operations.ts';

const document = (await openApiDocument()) as unknown as Document;

/** The components as the routes have them: named by `$id`, and referred to by it. */
const components = Object.fromEntries(
  Object.entries(document.components.schemas).map(([name, schema]) => [
    name,
    {
      $id: name,
      ...(JSON.parse(JSON.stringify(schema).replace(/"#\/components\/schemas\/(\w+)"/g, '"$1#"')) as Schema),
    },
  ]),
);

type Validate = { (data: unknown): boolean; errors?: unknown };
type Compile = (route: { schema: object; httpPart: string; method: string; url: string }) => Validate;
const compile = (createBuildValidator() as unknown as (schemas: object, options: object) => Compile)(components, {});

t.test('every example is an example of its schema', async (t) => {
  for (const [name, { examples = [] }] of Object.entries(components))
    for (const example of examples) {
      const validate = compile({ schema: { $ref: `${name}#` }, httpPart: 'body', method: 'PUT', url: '/' });
      t.ok(validate(example), `${name}: ${JSON.stringify(validate.errors)}`);
    }
});

t.test('every schema of the document can be checked and written', async (t) => {
  const factory = SerializerSelector();
  const compileAnswer = factory(components, {}) as (route: object) => (answer: unknown) => string;
  const schemas: Schema[] = [];
  const collect = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    for (const [name, child] of Object.entries(node)) {
      if (name === 'schema') schemas.push(child as Schema);
      else collect(child);
    }
  };
  collect(JSON.parse(JSON.stringify(document.paths).replace(/"#\/components\/schemas\/(\w+)"/g, '"$1#"')));
  t.ok(schemas.length > 100, `${schemas.length} schemas`);
  const route = { httpPart: 'body', method: 'PUT', url: '/', httpStatus: '200' };
  for (const schema of schemas) {
    t.doesNotThrow(() => compile({ ...route, schema })({}), JSON.stringify(schema).slice(0, 80));
    t.doesNotThrow(() => compileAnswer({ ...route, schema }));
  }
});
