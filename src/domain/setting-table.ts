/** Where a default rests on no publication: a decision of this service, to be tuned to the estate. */
export const OWN_DECISION = 'decision of this service';

/** One number that an operator may set: what holds until then, its bounds, and where the default comes from. */
export type SettingSpec = {
  value: number;
  unit: string;
  minimum: number;
  maximum: number;
  whole: boolean;
  description: string;
  source: string;
};

/** Settings by group and name. */
export type SettingTable = Readonly<Record<string, Readonly<Record<string, SettingSpec>>>>;

/** The values of a table, in its shape. */
export type SettingValues<Table extends SettingTable> = {
  readonly [Group in keyof Table]: { readonly [Name in keyof Table[Group]]: number };
};

/** What is given of the values of a table; anything may be left out. */
export type SomeValues = Readonly<Record<string, Readonly<Record<string, number | undefined>> | undefined>>;

/** All values of a table: those given, and the defaults of the rest. What the table does not know is left out. */
export function withDefaults<Table extends SettingTable>(table: Table, given: SomeValues = {}): SettingValues<Table> {
  const groups = Object.entries(table).map(([group, specs]) => {
    const values = Object.entries(specs).map(([name, { value }]) => [name, given[group]?.[name] ?? value]);
    return [group, Object.fromEntries(values)];
  });
  return Object.fromEntries(groups);
}

type Bounds = { minimum?: number; maximum?: number };

/** A setting that counts whole things. */
export function wholeSetting(
  value: number,
  unit: string,
  description: string,
  source: string,
  { minimum = 1, maximum = 1_000 }: Bounds = {},
): SettingSpec {
  return { value, unit, minimum, maximum, whole: true, description, source };
}

/** A setting that measures. */
export function measuredSetting(
  value: number,
  unit: string,
  description: string,
  source: string,
  { minimum = 0, maximum = 1_000 }: Bounds = {},
): SettingSpec {
  return { value, unit, minimum, maximum, whole: false, description, source };
}

const SHARE = { minimum: 0, maximum: 1 };

/** A setting that is a share of something. */
export function shareSetting(value: number, of: string, description: string, source: string): SettingSpec {
  return measuredSetting(value, `share of ${of}`, description, source, SHARE);
}
