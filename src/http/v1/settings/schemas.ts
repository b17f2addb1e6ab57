import { type Static, Type } from 'typebox';
import { LINES } from '../../../domain/activities.ts';
import { DISPLAY_ENERGY_SETTINGS } from '../../../domain/buildings/display-energy-settings.ts';
import { CHECK_SETTINGS } from '../../../domain/checks/check-settings.ts';
import { CONSOLIDATION_APPROACHES } from '../../../domain/consolidation.ts';
import { ESTIMATION_SETTINGS } from '../../../domain/estimation/estimation-settings.ts';
import { GAS_SETTINGS } from '../../../domain/gas/gas-settings.ts';
import { withDefaults } from '../../../domain/setting-table.ts';
import { WEATHER_SETTINGS } from '../../../domain/weather/weather-settings.ts';
import { LIMITS } from '../../../limits.ts';
import { AsOfSchema } from '../../schemas/as-of.ts';
import { localDay, oneOf, share, text } from '../../schemas/atoms.ts';
import { ref } from '../../schemas/ref.ts';
import { settingsGroup, someSettings } from '../../schemas/setting-schemas.ts';
import { weatherRegion } from '../../schemas/weather-atoms.ts';

const EXAMPLE = {
  organisation: 'Coventry City Council',
  reportingYearStart: '04-01',
  consolidationApproach: 'operational-control',
  reportedLines: ['all'],
  returnToSewer: 0.9,
  missingShareMax: 0.05,
  estimatedShareMax: 0.2,
  significanceThreshold: 0.05,
  restatementThreshold: 0.05,
};

const CHECKS = 'Thresholds of the checks of the meter data.';
const ESTIMATION = 'Limits within which gaps are estimated.';
const WEATHER = 'How weather is told from use: the base temperature of the degree days, and what a fit must reach.';

const GAS = 'How volumes of gas are converted where nobody states a number.';
const DISPLAY_ENERGY = 'What operational ratings and display energy certificates go by.';

const REGION = weatherRegion('Region whose degree days hold for sites that name none.');

const KEPT_FILE_DAYS = Type.Optional(
  Type.Integer({
    description:
      'Days after which the bytes of a sent file are removed; its record, digest and results stay. Absent: they are kept for ever.',
    minimum: 1,
    maximum: LIMITS.keptFileDaysMax,
    'x-unit': 'days',
  }),
);

const FIELDS = {
  organisation: text('Name of the council, as reports print it.', LIMITS.nameLengthMax),
  reportingYearStart: Type.String({
    description:
      'First day of a reporting year, MM-DD; the first of a month. A council that reports by financial year has 04-01.',
    pattern: '^(0[1-9]|1[0-2])-01$',
    'x-expects': 'the first of a month, written MM-01, such as 04-01',
  }),
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

const restatementThreshold = share(
  'Change of a published figure, as a share of it, from which its statement is restated. Left out it is 0.05.',
);

const approach = (description: string) => oneOf(CONSOLIDATION_APPROACHES, description);

const ApproachSchema = Type.Object(
  {
    from: Type.Optional(localDay('First day it holds. Absent: since ever.')),
    approach: approach('The approach.'),
  },
  {
    $id: 'ConsolidationPeriod',
    additionalProperties: false,
    description: 'How the boundary is drawn, from a day until the next entry begins.',
  },
);

const APPROACHES = Type.Optional(
  Type.Array(ref(ApproachSchema), {
    description:
      'The approach by date, ascending, where it has changed; the first holds since ever. With it `consolidationApproach` may be left out; given, it is the one that holds today.',
    minItems: 2,
    maxItems: LIMITS.datedEntriesMax,
  }),
);

const INPUT_FIELDS = {
  ...FIELDS,
  consolidationApproach: Type.Optional(
    approach(
      'How the boundary is drawn: by who runs a site, or by who bears its risks and rewards. Financial control needs the `leaseType` of every lease. Required where `consolidationApproaches` is not given.',
    ),
  ),
  consolidationApproaches: APPROACHES,
  restatementThreshold: Type.Optional(restatementThreshold),
  checks: Type.Optional(someSettings(CHECK_SETTINGS, `${CHECKS} What is left out takes its default.`)),
  estimation: Type.Optional(someSettings(ESTIMATION_SETTINGS, `${ESTIMATION} What is left out takes its default.`)),
  weatherRegion: Type.Optional(REGION),
  weather: Type.Optional(someSettings(WEATHER_SETTINGS, `${WEATHER} What is left out takes its default.`)),
  gas: Type.Optional(someSettings(GAS_SETTINGS, `${GAS} What is left out takes its default.`)),
  displayEnergy: Type.Optional(
    someSettings(DISPLAY_ENERGY_SETTINGS, `${DISPLAY_ENERGY} What is left out takes its default.`),
  ),
  keptFileDays: KEPT_FILE_DAYS,
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
    asOf: Type.Optional(ref(AsOfSchema)),
    ...FIELDS,
    consolidationApproach: approach('How the boundary is drawn today.'),
    consolidationApproaches: APPROACHES,
    restatementThreshold,
    checks: settingsGroup(CHECK_SETTINGS, CHECKS),
    estimation: settingsGroup(ESTIMATION_SETTINGS, ESTIMATION),
    weatherRegion: Type.Optional(REGION),
    weather: settingsGroup(WEATHER_SETTINGS, WEATHER),
    gas: settingsGroup(GAS_SETTINGS, GAS),
    notices: Type.Optional(
      Type.Array(Type.String({ description: 'One notice.' }), {
        description: 'Of settings that were just written: what they leave as it was.',
      }),
    ),
    displayEnergy: settingsGroup(DISPLAY_ENERGY_SETTINGS, DISPLAY_ENERGY),
    keptFileDays: KEPT_FILE_DAYS,
  },
  {
    $id: 'Settings',
    additionalProperties: false,
    description:
      "The organisation's settings. All but `keptFileDays` change figures; an assumed calorific value those of volumes that are still to come.",
    examples: [
      {
        ...EXAMPLE,
        checks: withDefaults(CHECK_SETTINGS),
        estimation: withDefaults(ESTIMATION_SETTINGS),
        weather: withDefaults(WEATHER_SETTINGS),
        gas: withDefaults(GAS_SETTINGS),
        displayEnergy: withDefaults(DISPLAY_ENERGY_SETTINGS),
      },
    ],
  },
);

export const settingsSchemas = [ApproachSchema, SettingsInputSchema, SettingsSchema];

export type SettingsInput = Static<typeof SettingsInputSchema>;
export type SettingsOutput = Static<typeof SettingsSchema>;
