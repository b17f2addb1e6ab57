import { Type } from 'typebox';
import { RESTATEMENT_CAUSES } from '../../../domain/statements/restatement.ts';
import { localDay, oneOf } from '../../schemas/atoms.ts';
import { kg } from '../../schemas/figure-atoms.ts';
import { kgOrNull } from './outlook-schemas.ts';

const closed = { additionalProperties: false } as const;

/** What became of a baseline. */
export const RECALCULATION_STATUSES = ['none', 'below-threshold', 'recalculated', 'recalculation-incomplete'] as const;
export const RECALCULATION_STATUS =
  'none: no transfer. below-threshold: all of them together are too small. recalculated: the baseline is moved. recalculation-incomplete: what a site emitted in the base year is not known.';

/** What transfers did to a baseline. */
export const RecalculationSchema = Type.Object(
  {
    status: oneOf(RECALCULATION_STATUSES, RECALCULATION_STATUS),
    method: oneOf(['all-year'], 'A site counts for the whole year of its change or not at all.'),
    significanceThreshold: Type.Number({
      description: 'Share of the original that all changes together must reach.',
      'x-unit': 'share of one',
    }),
    originalKgCo2e: kg('The baseline before any transfer.'),
    recalculatedKgCo2e: kg('The baseline that verdicts use today.'),
    effectKgCo2e: kg('What all changes with a known base year come to together.'),
    effectPercent: Type.Union([Type.Number(), Type.Null()], {
      description: 'The same against the original.',
      'x-unit': 'percent',
    }),
    sites: Type.Array(
      Type.Object(
        {
          site: Type.String({ description: 'Key of the site.' }),
          changes: Type.Array(
            Type.Object(
              {
                on: localDay('First day of the change.'),
                reason: Type.String({ description: 'Its reason.' }),
                direction: oneOf(['joined', 'left'], 'Whether the site joined or left what the target counts.'),
              },
              { ...closed, description: 'One transfer.' },
            ),
            { description: 'Transfers of the site, in order.' },
          ),
          baseYearKgCo2e: kgOrNull('What the site emitted in the base year; null where that is not known.'),
          evidence: oneOf(['data', 'stated', 'unknown'], 'Where that figure is from.'),
          effectKgCo2e: kgOrNull('What the site changes in the baseline.'),
        },
        { ...closed, description: 'One site.' },
      ),
      { description: 'Sites that were transferred since the base year.' },
    ),
  },
  { $id: 'TargetRecalculation', ...closed, description: 'What transfers of sites did to the baseline of a target.' },
);

/** What has come of a frozen base year since. */
export const BaselineReviewSchema = Type.Object(
  {
    frozenAt: Type.String({ description: 'The moment whose knowledge the baseline keeps.', format: 'date-time' }),
    frozenKgCo2e: kg('The base year as it was known then: the baseline.'),
    presentKgCo2e: kg('The base year as it is known now.'),
    differenceKgCo2e: kg('Present less frozen.'),
    differencePercent: Type.Union([Type.Number(), Type.Null()], {
      description: 'The same against the frozen figure, to one decimal.',
      'x-unit': 'percent',
    }),
    reachesThreshold: Type.Boolean({ description: 'Whether it is as much as `significanceThreshold`.' }),
    causes: Type.Array(
      Type.Object(
        {
          cause: oneOf(RESTATEMENT_CAUSES, 'Kind of change.'),
          differenceKgCo2e: kg('What this kind of change did; all of them add up to the difference.'),
        },
        { ...closed, description: 'One kind of change.' },
      ),
      { description: 'Where the difference comes from; empty where nothing has changed.' },
    ),
  },
  {
    $id: 'TargetBaselineReview',
    ...closed,
    description:
      'What late data, corrections and new versions of factors have come to in the base year since it was frozen. The baseline stays until the operator takes them over with a later `baseline.frozenAt`.',
    examples: [
      {
        frozenAt: '2025-07-31T23:00:00.000000Z',
        frozenKgCo2e: 1000000,
        presentKgCo2e: 1012500,
        differenceKgCo2e: 12500,
        differencePercent: 1.3,
        reachesThreshold: false,
        causes: [{ cause: 'factor-version', differenceKgCo2e: 12500 }],
      },
    ],
  },
);
