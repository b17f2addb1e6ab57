/** A part of an OpenAPI document, as far as tests look at it. */
export type Schema = {
  $ref?: string;
  type?: string | string[];
  description?: string;
  properties?: Record<string, Schema>;
  items?: Schema;
  examples?: unknown[];
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
  additionalProperties?: boolean | Schema;
  const?: unknown;
  enum?: unknown[];
  'x-unit'?: string;
};

type Media = { schema?: Schema; example?: unknown; examples?: Record<string, { value: unknown }> };
type Response = { description?: string; content?: Record<string, Media> };

export type Operation = {
  operationId?: string;
  summary?: string;
  description?: string;
  tags?: string[];
  security?: Record<string, string[]>[];
  parameters?: { name: string; in: string; description?: string; schema?: Schema }[];
  requestBody?: { content?: Record<string, Media> };
  responses: Record<string, Response>;
};

export type Document = {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Schema> };
  tags: { name: string }[];
};

type Method = 'GET' | 'PUT' | 'POST' | 'DELETE' | 'PATCH';

/** Every operation of an OpenAPI document. */
export function operationsOf(document: object): { method: Method; path: string; operation: Operation }[] {
  return Object.entries((document as Document).paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({ method: method.toUpperCase() as Method, path, operation })),
  );
}

/** The schema itself behind a reference to a component. */
export function resolved(document: Document, schema: Schema): Schema {
  const name = schema.$ref?.replace('#/components/schemas/', '');
  return name === undefined ? schema : (document.components.schemas[name] ?? {});
}

/** An example of what a media type holds: its own, or its schema's. */
export function exampleOf(document: Document, media: Media): unknown {
  const [named] = Object.values(media.examples ?? {});
  return media.example ?? named?.value ?? resolved(document, media.schema ?? {}).examples?.[0];
}
