import { type Static, Type } from 'typebox';
import { UNITS } from '../../../domain/activities.ts';
import { INTERVALS } from '../../../domain/buckets.ts';
import { AsOfSchema, asOf } from '../../schemas/as-of.ts';
import { key, oneOf } from '../../schemas/atoms.ts';
import { CoverageSchema, PeriodSchema } from '../../schemas/figure-atoms.ts';
import { ref } from '../../schemas/ref.ts';
import { period } from '../figures/query.ts';

const closed = { additionalProperties: false } as const;

const quantity = (description: string) =>
  Type.Union([Type.Number(), Type.Null()], { description, 'x-unit': 'as in unit' });

const COVERAGE = { actual: 1, estimated: 0, missing: 0, days: { expected: 30, actual: 30, estimated: 0, missing: 0 } };
const ROW_EXAMPLE = {
  period: { label: '2025-04', start: '2025-04-01', end: '2025-05-01' },
  main: { meter: '1200023305967', quantity: 3000, coverage: COVERAGE },
  subs: [{ meter: 'CAFE-SUB', quantity: 1000, coverage: COVERAGE }],
  subTotal: 1000,
  remainder: 2000,
  flags: [],
};

/** What one meter read in a slice of time. */
export const BalancedMeterSchema = Type.Object(
  {
    meter: Type.String({ description: 'Key of the meter.' }),
    quantity: quantity('What it read; null where nothing is known.'),
    coverage: Type.Union([ref(CoverageSchema), Type.Null()], {
      description: 'How complete that is; null where it was not in service.',
    }),
  },
  { $id: 'BalancedMeter', ...closed, description: 'One meter of a balance.', examples: [ROW_EXAMPLE.main] },
);

/** A slice of a balance. */
export const BalanceRowSchema = Type.Object(
  {
    period: ref(PeriodSchema),
    main: ref(BalancedMeterSchema),
    subs: Type.Array(ref(BalancedMeterSchema), {
      description: 'The meters that it feeds directly, of its activity and unit.',
    }),
    subTotal: quantity('Sum of what is known of the meters below; null where nothing is.'),
    remainder: quantity(
      'Main less the meters below: what no sub-meter measures. Null where one of them should have data and has none.',
    ),
    flags: Type.Array(oneOf(['sub-exceeds-main', 'incomplete'], 'One flag.'), {
      description:
        'sub-exceeds-main: the remainder is negative, which is kept. incomplete: something is missing, so that the meters may be known over different days.',
    }),
  },
  { $id: 'BalanceRow', ...closed, description: 'A meter against the ones that it feeds.', examples: [ROW_EXAMPLE] },
);

/** A balance. */
export const BalanceSchema = Type.Object(
  {
    meter: Type.String({ description: 'Key of the meter above.' }),
    unit: oneOf(UNITS, 'Unit of all quantities.'),
    period: ref(PeriodSchema),
    asOf: Type.Optional(ref(AsOfSchema)),
    data: Type.Array(ref(BalanceRowSchema), { description: 'The slices, in order of time.' }),
  },
  {
    $id: 'Balance',
    ...closed,
    description: 'A meter against the ones that it feeds.',
    examples: [{ meter: '1200023305967', unit: 'kWh', period: ROW_EXAMPLE.period, data: [ROW_EXAMPLE] }],
  },
);

export const BALANCE_PARAMS = Type.Object({ meter: key('Key of the meter that feeds others.') }, closed);

export const BALANCE_QUERY = Type.Object(
  { period, interval: Type.Optional(oneOf(INTERVALS, 'Length of the slices. Default total.')), asOf },
  closed,
);

export const balanceSchemas = [BalancedMeterSchema, BalanceRowSchema, BalanceSchema];

export type BalanceOutput = Static<typeof BalanceSchema>;
export type BalanceRowOutput = Static<typeof BalanceRowSchema>;
