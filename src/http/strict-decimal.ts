/** A number as a query parameter may write it: plain decimal notation; no sign +, no exponent, no hexadecimal, no Infinity. */
const DECIMAL_NOTATION = /^-?(?:0|[1-9]\d{0,14})(?:\.\d{1,10})?$/;

type PropertySchema = Readonly<{ type?: unknown; items?: PropertySchema }>;

function isNumeric(schema: PropertySchema | undefined): boolean {
  return schema?.type === 'number' || schema?.type === 'integer';
}

function converted(value: unknown, schema: PropertySchema): unknown {
  if (schema.type === 'array') {
    const values = Array.isArray(value) ? value : [value];
    return schema.items === undefined ? values : values.map((item) => converted(item, schema.items as PropertySchema));
  }
  if (schema.type === 'boolean' && (value === 'true' || value === 'false')) return value === 'true';
  if (isNumeric(schema) && typeof value === 'string' && DECIMAL_NOTATION.test(value)) return Number(value);
  return value;
}

/**
 * Gives the text of a query or path the types its schema asks for, where the text says so beyond doubt. Everything
 * else stays text and fails the check that follows. Ajv's own coercion is not used: it takes `0x10` for 16 and `1e999`
 * for Infinity, and skips range checks on what it has converted.
 */
export function convertTexts(
  texts: Readonly<Record<string, unknown>>,
  properties: Readonly<Record<string, PropertySchema>>,
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(texts).map(([name, value]) => {
      const schema = Object.hasOwn(properties, name) ? properties[name] : undefined;
      return [name, schema === undefined ? value : converted(value, schema)];
    }),
  );
}
