import { type Static, Type } from 'typebox';
import { ACTIVITIES } from '../../../domain/activities.ts';
import { CHECK_NAMES, SEVERITIES } from '../../../domain/checks/finding.ts';
import { GAP_REASONS } from '../../../domain/gaps.ts';
import { SUPPLY_CHECKS } from '../../../domain/market/supply-findings.ts';
import { AsOfSchema } from '../../schemas/as-of.ts';
import { localDay, oneOf } from '../../schemas/atoms.ts';
import { CoverageSchema, PeriodSchema } from '../../schemas/figure-atoms.ts';
import { ref } from '../../schemas/ref.ts';
import { METER_DIMS } from '../figures/schemas.ts';
import { FLOW, QUANTITIES } from '../figures/sums-schemas.ts';

const closed = { additionalProperties: false } as const;
const keyOrNull = (description: string) => Type.Unsafe<string | null>({ type: ['string', 'null'], description });
const numberOrNull = (description: string) =>
  Type.Unsafe<number | null>({ type: ['number', 'null'], description, 'x-unit': 'as in unit' });

const { selfUseKwh: _selfUse, heatSoldKwh: _heatSold, ...PLAIN_QUANTITIES } = QUANTITIES;

const COVERAGE_EXAMPLE = {
  period: { label: '2025-06', start: '2025-06-01', end: '2025-07-01' },
  site: 'CH-001',
  meter: '1200023305967',
  activity: 'electricity',
  quantity: { value: 2825, unit: 'kWh' },
  coverage: {
    actual: 0.95,
    estimated: 0,
    missing: 0.05,
    days: { expected: 30, actual: 28.5, estimated: 0, missing: 1.5 },
  },
};

const GAP_EXAMPLE = {
  meter: '1200023305967',
  site: 'CH-001',
  activity: 'electricity',
  start: '2025-06-17',
  end: '2025-06-18',
  days: 1,
  missingMinutes: 1440,
  reason: 'no-data',
};

const FINDING_EXAMPLE = {
  check: 'bill-against-intervals',
  severity: 'unreconciled',
  meter: '1200023305967',
  site: 'CH-001',
  start: '2025-06-01',
  end: '2025-07-01',
  detail: 'intervals 3200 against a total of 3000 kWh: 200, +6.67 %; the intervals stand',
  seen: 3200,
  expected: 3000,
  unit: 'kWh',
};

/** How complete one group of meters is in one period. */
export const CoverageRowSchema = Type.Object(
  {
    period: ref(PeriodSchema),
    ...METER_DIMS,
    ...PLAIN_QUANTITIES,
    ...FLOW,
    coverage: Type.Union([ref(CoverageSchema), Type.Null()], {
      description: 'How complete the data is; null where none was expected.',
    }),
  },
  {
    $id: 'CoverageRow',
    ...closed,
    description: 'How complete the data of one group is in one period.',
    examples: [COVERAGE_EXAMPLE],
  },
);

/** A stretch of time without data. */
export const GapSchema = Type.Object(
  {
    meter: Type.String({ description: 'Key of the meter.' }),
    site: keyOrNull('Key of the site the meter belonged to.'),
    activity: oneOf(ACTIVITIES, 'Utility or fuel.'),
    start: localDay('First day with missing data.'),
    end: localDay('First day after.'),
    days: Type.Integer({ description: 'Days on which data is missing.', 'x-unit': 'days' }),
    missingMinutes: Type.Integer({ description: 'Minutes of these days that are missing.', 'x-unit': 'minutes' }),
    reason: oneOf(
      GAP_REASONS,
      "Why: nothing is known of these days, a part of each is missing, or they are so young that the meter's usual delay explains it.",
    ),
  },
  { $id: 'Gap', ...closed, description: 'A stretch of time without data.', examples: [GAP_EXAMPLE] },
);

/** What a check found. */
export const FindingSchema = Type.Object(
  {
    check: oneOf(CHECK_NAMES, 'The check that found it.'),
    severity: oneOf(SEVERITIES, 'How it is to be taken.'),
    meter: Type.String({ description: 'Key of the meter.' }),
    site: keyOrNull('Key of the site the meter belonged to.'),
    start: localDay('First day concerned.'),
    end: localDay('First day after.'),
    detail: Type.String({ description: 'What was seen, what was expected, and why that is odd.' }),
    seen: numberOrNull('The number that was seen, in `unit`; null where there is none.'),
    expected: numberOrNull('The number it was held against, in `unit`; null where there is none.'),
    unit: Type.String({ description: 'Unit of both numbers.' }),
  },
  {
    $id: 'Finding',
    ...closed,
    description: 'Something odd about the data of a meter. It is kept in every figure until somebody corrects it.',
    examples: [FINDING_EXAMPLE],
  },
);

const SUPPLY_EXAMPLE = {
  check: 'certificate-surplus',
  record: 'rego-2025',
  start: '2025-04-01',
  end: '2026-04-01',
  detail: 'it states 150000 kWh, of which 50000 cover no use; they are not carried over',
  seen: 150000,
  expected: 100000,
};
const kwhOrNull = (description: string) =>
  Type.Unsafe<number | null>({ type: ['number', 'null'], description, 'x-unit': 'kWh' });

/** Something odd about the records of bought energy. */
export const SupplyFindingSchema = Type.Object(
  {
    check: oneOf(SUPPLY_CHECKS, 'The check that found it.'),
    record: Type.String({ description: 'Key of the instrument or heat network.' }),
    start: localDay('First day concerned.'),
    end: localDay('First day after.'),
    detail: Type.String({ description: 'What was seen, and what figures do about it.' }),
    seen: kwhOrNull('Energy that it states; null where no amount is in question.'),
    expected: kwhOrNull('Energy that it could cover; null where no amount is in question.'),
  },
  {
    $id: 'SupplyFinding',
    ...closed,
    description: 'Something odd about an instrument or a heat network.',
    examples: [SUPPLY_EXAMPLE],
  },
);

const findings = (description: string) => Type.Array(ref(FindingSchema), { description });

/** The data of a period, judged. */
export const DataQualitySchema = Type.Object(
  {
    asOf: Type.Optional(ref(AsOfSchema)),
    period: ref(PeriodSchema),
    coverage: Type.Array(ref(CoverageRowSchema), { description: 'How complete the data is, by what was asked.' }),
    totalCoverage: Type.Union([ref(CoverageSchema), Type.Null()], {
      description: 'The same over all meters in totals, weighed by expected emissions; null where none was expected.',
    }),
    gaps: Type.Array(ref(GapSchema), { description: 'Where data is missing, by meter and day.' }),
    suspects: findings('Values that are hardly so. They are stored as received and stay in every figure.'),
    conflicts: findings('Sources that contradict each other.'),
    overdue: findings('Meters whose data should have come by now.'),
    unreconciled: findings('Totals that do not meet: bills against intervals, sub-meters against the meter above.'),
    information: findings('Good to know: estimates for long, values out of service, meters without a first day.'),
    boughtEnergy: Type.Array(ref(SupplyFindingSchema), {
      description:
        'Instruments that are not used, that state more than there was to cover, or that cover the same as others; heat factors that have run out.',
    }),
    intervalsChecked: Type.Boolean({
      description: 'False where there were too many meter-days to look at intervals; then days alone were checked.',
    }),
    notices: Type.Array(Type.String({ description: 'One notice.' }), {
      description: 'What a reader of the answer should know.',
    }),
  },
  {
    $id: 'DataQuality',
    ...closed,
    description: 'The meter data of a period, judged: coverage, gaps and findings.',
    examples: [
      {
        period: { label: '2025-06', start: '2025-06-01', end: '2025-07-01' },
        coverage: [COVERAGE_EXAMPLE],
        totalCoverage: COVERAGE_EXAMPLE.coverage,
        gaps: [GAP_EXAMPLE],
        suspects: [],
        conflicts: [],
        overdue: [],
        unreconciled: [FINDING_EXAMPLE],
        information: [],
        boughtEnergy: [SUPPLY_EXAMPLE],
        intervalsChecked: true,
        notices: [],
      },
    ],
  },
);

export const dataQualitySchemas = [CoverageRowSchema, GapSchema, FindingSchema, SupplyFindingSchema, DataQualitySchema];

export type CoverageRow = Static<typeof CoverageRowSchema>;
export type GapOutput = Static<typeof GapSchema>;
export type FindingOutput = Static<typeof FindingSchema>;
export type SupplyFindingOutput = Static<typeof SupplyFindingSchema>;
export type DataQualityOutput = Static<typeof DataQualitySchema>;
