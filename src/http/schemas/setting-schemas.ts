import { type TNumber, type TObject, type TOptional, Type } from 'typebox';
import type { SettingSpec, SettingTable } from '../../domain/setting-table.ts';

const closed = { additionalProperties: false } as const;

function numberOf({ value, unit, minimum, maximum, whole, description, source }: SettingSpec): TNumber {
  const options = {
    description: `${description} Default ${Number(value.toPrecision(6))} (${source}).`,
    minimum,
    maximum,
    'x-unit': unit,
  };
  return Type.Number(whole ? { ...options, multipleOf: 1 } : options);
}

type Group<Table extends SettingTable, Name extends keyof Table> = TObject<{ [Key in keyof Table[Name]]: TNumber }>;
type SomeOfGroup<Table extends SettingTable, Name extends keyof Table> = TOptional<
  TObject<{ [Key in keyof Table[Name]]: TOptional<TNumber> }>
>;

/** A table of settings as it is read: every value is there. */
export function settingsGroup<Table extends SettingTable>(table: Table, description: string) {
  const groups = Object.entries(table).map(([name, specs]) => {
    const values = Object.entries(specs).map(([key, spec]) => [key, numberOf(spec)]);
    return [name, Type.Object(Object.fromEntries(values), { ...closed, description: `Settings of ${name}.` })];
  });
  const properties: { [Name in keyof Table]: Group<Table, Name> } = Object.fromEntries(groups);
  return Type.Object(properties, { ...closed, description });
}

/** A table of settings as it is written: what is left out takes its default. */
export function someSettings<Table extends SettingTable>(table: Table, description: string) {
  const groups = Object.entries(table).map(([name, specs]) => {
    const values = Object.entries(specs).map(([key, spec]) => [key, Type.Optional(numberOf(spec))]);
    const group = Type.Object(Object.fromEntries(values), { ...closed, description: `Settings of ${name}.` });
    return [name, Type.Optional(group)];
  });
  const properties: { [Name in keyof Table]: SomeOfGroup<Table, Name> } = Object.fromEntries(groups);
  return Type.Object(properties, { ...closed, description });
}
