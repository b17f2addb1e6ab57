import Type from 'typebox';
import Value from 'typebox/value';
import type { TargetSeed } from '../../domain/reference/target-seed.ts';
import { targetSeedFaults } from '../../domain/reference/target-seed-faults.ts';

const text = Type.String({ minLength: 1 });
const strict = { additionalProperties: false } as const;
const oneOf = <const T extends string>(...values: T[]) => Type.Enum(values);
const note = { source: text, note: Type.Optional(text) };

const MILESTONE = Type.Union([
  Type.Object({ period: text, reductionPercent: Type.Number(), ...note }, strict),
  Type.Object({ period: text, netZero: Type.Literal(true), ...note }, strict),
]);
const BASELINE = Type.Object(
  {
    period: text,
    kind: oneOf('published', 'unstated'),
    ...note,
    conflicts: Type.Optional(Type.Array(Type.Object({ period: text, source: text, note: text }, strict))),
  },
  strict,
);
const TARGETS = Type.Array(
  Type.Object(
    {
      key: Type.String({ pattern: '^[a-z0-9-]{1,64}$' }),
      name: Type.String({ minLength: 1, maxLength: 200 }),
      status: oneOf('reference', 'adopted'),
      boundary: Type.Object(
        {
          kind: oneOf('organisation', 'city', 'region', 'nation', 'sector'),
          name: text,
          code: Type.Optional(text),
          estateSharePercent: Type.Optional(Type.Number({ exclusiveMinimum: 0, maximum: 100 })),
        },
        strict,
      ),
      gas: oneOf('co2', 'co2e'),
      scopes: Type.Array(Type.Union([Type.Literal(1), Type.Literal(2), Type.Literal(3)])),
      lines: Type.Array(text),
      basis: oneOf('location', 'market'),
      factors: oneOf('reporting-year', 'calendar-year', 'blended'),
      yearBasis: oneOf('calendar', 'reporting'),
      path: oneOf('linear'),
      baseline: BASELINE,
      milestones: Type.Array(MILESTONE),
      budgets: Type.Array(Type.Object({ start: text, end: text, kgCo2e: Type.Number(), ...note }, strict)),
      adoptedOn: Type.Optional(Type.String({ pattern: '^\\d{4}(-\\d{2}){0,2}$' })),
      source: text,
      notes: Type.Array(text),
    },
    strict,
  ),
);

/** Reads the targets shipped with the service. Throws when the file is not of the expected shape, or contradicts itself. */
export function readShippedTargets(json: string): TargetSeed[] {
  const targets: TargetSeed[] = Value.Parse(TARGETS, JSON.parse(json));
  const faults = targets.flatMap(targetSeedFaults);
  if (new Set(targets.map(({ key }) => key)).size !== targets.length) faults.push('a target key occurs twice');
  if (faults.length > 0) throw new Error(`The shipped targets are not valid: ${faults.join('; ')}`);
  return targets;
}
