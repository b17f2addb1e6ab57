import Type from 'typebox';
import Value from 'typebox/value';
import type { Edition } from '../../domain/reference/edition.ts';

const text = Type.String({ minLength: 1 });
const sha256 = Type.String({ pattern: '^[0-9a-f]{64}$' });

const EDITIONS = Type.Array(
  Type.Object(
    {
      id: Type.String({ pattern: '^[a-z0-9-]+$' }),
      version: text,
      year: Type.Integer({ minimum: 1990, maximum: 2100 }),
      title: text,
      publisher: text,
      publishedOn: Type.Union([Type.Null(), Type.String({ pattern: '^\\d{4}(-\\d{2}){0,2}$' })]),
      gwp: Type.Union([Type.Literal('SAR'), Type.Literal('AR4'), Type.Literal('AR5')]),
      licence: text,
      attribution: text,
      source: text,
      officialFileSha256: Type.Union([Type.Null(), sha256]),
      notes: Type.Array(text),
      digest: sha256,
    },
    { additionalProperties: false },
  ),
);

/** Reads the editions shipped with the service. Throws when the file is not of the expected shape. */
export function readShippedEditions(json: string): Edition[] {
  return Value.Parse(EDITIONS, JSON.parse(json));
}
