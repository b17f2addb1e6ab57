import t from 'tap';
import { openApiDocument } from '../../scripts/openapi-document.ts';
import { buildValidator } from '../../src/http/plugins/validator-compiler.ts';
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
const compile = (buildValidator as unknown as (schemas: object, options: object) => Compile)(components, {});

t.test('every example is an example of its schema', async (t) => {
  for (const [name, { examples = [] }] of Object.entries(components))
    for (const example of examples) {
      const validate = compile({ schema: { $ref: `${name}#` }, httpPart: 'body', method: 'PUT', url: '/' });
      t.ok(validate(example), `${name}: ${JSON.stringify(validate.errors)}`);
    }
});
