import { type Static, Type } from 'typebox';
import { LINES } from '../../../domain/activities.ts';
import { CHECK_SETTINGS } from '../../../domain/checks/check-settings.ts';
import { ESTIMATION_SETTINGS } from '../../../domain/estimation/estimation-settings.ts';
import { withDefaults } from '../../../domain/setting-table.ts';
import { LIMITS } from '../../../limits.ts';
import { oneOf, share, text } from '../../schemas/atoms.ts';
import { settingsGroup, someSettings } from '../../schemas/setting-schemas.ts';

const EXAMPLE = {
  organisation: 'Coventry City Council',
  reportingYearStart: '04-01',
  consolidationApproach: 'operational-control',
  reportedLines: ['all'],
  returnToSewer: 0.9,
  missingShareMax: 0.05,
  estimatedShareMax: 0.2,
  significanceThreshold: 0.05,
};

const CHECKS = 'Thresholds of the checks of the meter data.';
const ESTIMATION = 'Limits within which gaps are estimated.';

const FIELDS = {
  organisation: text('Name of the council, as reports print it.', LIMITS.nameLengthMax),
  reportingYearStart: Type.String({
    description:
      'First day of a reporting year, MM-DD; the first of a month. A council that reports by financial year has 04-01.',
    pattern: '^(0[1-9]|1[0-2])-01$',
    'x-expects': 'the first of a month, written MM-01, such as 04-01',
  }),
  consolidationApproach: oneOf(
    ['operational-control'],
    'How the boundary is drawn. Financial control needs the kind of each lease, which is not kept yet.',
  ),
  reportedLines: Type.Array(oneOf(['all', ...LINES], 'A factor line, or all of them.'), {
    description: 'The factor lines that make up totals, or `all` alone.',
    minItems: 1,
    maxItems: LINES.length,
    uniqueItems: true,
  }),
  returnToSewer: share(
    'Share of supplied water that goes to the sewer, where a meter or bill does not say. An assumption, to be replaced by what the water company states.',
  ),
  missingShareMax: share('Largest missing share with which a figure still gets a verdict.'),
  estimatedShareMax: share('Largest estimated share with which a figure still gets a verdict.'),
  significanceThreshold: share('Change of a baseline, as a share of the original, from which it is recalculated.'),
};

const INPUT_FIELDS = {
  ...FIELDS,
  checks: Type.Optional(someSettings(CHECK_SETTINGS, `${CHECKS} What is left out takes its default.`)),
  estimation: Type.Optional(someSettings(ESTIMATION_SETTINGS, `${ESTIMATION} What is left out takes its default.`)),
};

/** Settings as they are written. */
export const SettingsInputSchema = Type.Object(INPUT_FIELDS, {
  $id: 'SettingsInput',
  additionalProperties: false,
  description: "The organisation's settings. Replaces all of them.",
  examples: [EXAMPLE],
});

/** Settings as they are read. */
export const SettingsSchema = Type.Object(
  {
    ...FIELDS,
    consolidationApproach: Type.String({ description: 'How the boundary is drawn.' }),
    checks: settingsGroup(CHECK_SETTINGS, CHECKS),
    estimation: settingsGroup(ESTIMATION_SETTINGS, ESTIMATION),
  },
  {
    $id: 'Settings',
    additionalProperties: false,
    description: "The organisation's settings. Every one of them changes figures.",
    examples: [{ ...EXAMPLE, checks: withDefaults(CHECK_SETTINGS), estimation: withDefaults(ESTIMATION_SETTINGS) }],
  },
);

export const settingsSchemas = [SettingsInputSchema, SettingsSchema];

export type SettingsInput = Static<typeof SettingsInputSchema>;
export type SettingsOutput = Static<typeof SettingsSchema>;
