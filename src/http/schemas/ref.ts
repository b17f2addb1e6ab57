import { type Static, type TSchema, type TUnsafe, Type } from 'typebox';

/**
 * A reference to a named component that keeps the component's static type, which a plain `$ref` loses. The component
 * must have an `$id` and be added with `app.addSchema`.
 */
export function ref<Component extends TSchema & { $id?: string }>(component: Component): TUnsafe<Static<Component>> {
  const { $id } = component;
  if ($id === undefined) throw new Error('only a schema with an $id can be referred to');
  return Type.Unsafe<Static<Component>>({ $ref: `${$id}#` });
}
