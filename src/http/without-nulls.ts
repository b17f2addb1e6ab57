type NullableKeys<T> = { [K in keyof T]: null extends T[K] ? K : never }[keyof T];

/** `T` with absent members where it has null ones. */
export type WithoutNulls<T> = { [K in Exclude<keyof T, NullableKeys<T>>]: T[K] } & {
  [K in NullableKeys<T>]?: Exclude<T[K], null>;
};

/** Leaves out members that are null: on the wire, what is not known is absent. */
export function withoutNulls<T extends object>(value: T): WithoutNulls<T> {
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== null)) as WithoutNulls<T>;
}
