import { type Static, Type } from 'typebox';
import { ACTIVITIES, LINES } from '../../../domain/activities.ts';
import { INTERVALS } from '../../../domain/buckets.ts';
import { parseFactorPolicy } from '../../../domain/factor-policy.ts';
import { BASES, type FigureQuestion, GROUPS, type Group, METER_GROUPS } from '../../../domain/figure-question.ts';
import { parsePeriod } from '../../../domain/period.ts';
import { Refusal } from '../../../domain/refusal.ts';
import { LIMITS } from '../../../limits.ts';
import { asOf } from '../../schemas/as-of.ts';
import { key, oneOf } from '../../schemas/atoms.ts';
import { PAGE_QUERY } from '../../schemas/page-schemas.ts';
import { NORMALISE } from './weather-query.ts';

const closed = { additionalProperties: false } as const;

/** A list in one query parameter, its entries separated by commas. */
export function list(description: string) {
  return Type.String({
    description: `${description} Several are separated by commas.`,
    minLength: 1,
    maxLength: LIMITS.filterLengthMax,
  });
}

export const period = Type.String({
  description:
    'Financial year 2024/25 or its quarter 2024/25-Q1; calendar year 2024, quarter 2024-Q2, month 2024-07 or day 2024-07-15; or a half-open interval 2024-04-01/2025-04-01.',
  minLength: 4,
  maxLength: 40,
  examples: ['2024/25'],
});

/** What every question about figures may filter by. */
export const FILTERS = {
  period,
  interval: Type.Optional(
    oneOf(
      INTERVALS,
      'Length of the rows in time. `year` means reporting years or calendar years, whichever the period starts on. Default total.',
    ),
  ),
  site: Type.Optional(list('Keys of sites.')),
  meter: Type.Optional(list('Keys of meters.')),
  activity: Type.Optional(list(`Activities: ${ACTIVITIES.join(', ')}.`)),
  asOf,
  imdTable: Type.Optional(
    key('Table of deprivation by which `groupBy=imdDecile` tells deciles; the newest where none is named.'),
  ),
  estimates: Type.Optional(
    oneOf(
      ['include', 'exclude'],
      'What this service estimated itself: include (default), or exclude, which makes it missing again. What a supplier estimated is evidence and stays.',
    ),
  ),
};

/** Which factors apply, and which of their lines are asked for. */
export const FACTORS = {
  factors: Type.Optional(
    Type.String({
      description:
        'Which factors a day takes: reporting-year (default), calendar-year, blended, or one set for every day such as 2019 or 2019@1.03, for analysis.',
      minLength: 1,
      maxLength: 40,
    }),
  ),
  scopes: Type.Optional(list('Scopes to include: 1, 2, 3, outside.')),
  lines: Type.Optional(list(`Factor lines to include: ${LINES.join(', ')}.`)),
  gas: Type.Optional(
    oneOf(
      ['co2e', 'co2'],
      'All greenhouse gases as CO2e (default), or the published CO2 part alone; lines without one are not quantified.',
    ),
  ),
  basis: Type.Optional(
    oneOf(
      BASES,
      'Scope 2 basis: location (default), or market or both, which add scope2Market, totalMarket and tiers beside. scope2 and total are location-based always.',
    ),
  ),
};

/** Filters by what sites are. */
const OF_SITES = {
  category: Type.Optional(list('Categories of sites.')),
  portfolio: Type.Optional(list('Portfolios; a site counts for the days on which it is in one of them.')),
};

export const CONSUMPTION_QUERY = Type.Object(
  {
    ...FILTERS,
    ...OF_SITES,
    groupBy: Type.Optional(list(`What rows are grouped by: ${METER_GROUPS.join(', ')}. Default activity.`)),
    ...NORMALISE,
  },
  closed,
);

export const EMISSIONS_QUERY = Type.Object(
  {
    ...FILTERS,
    ...OF_SITES,
    groupBy: Type.Optional(list(`What rows are grouped by: ${GROUPS.join(', ')}.`)),
    ...FACTORS,
  },
  closed,
);

/** What a figure may be asked; receipts, changes and explanations are of figures in the weather of their days. */
export const EMISSIONS_FIGURE_QUERY = Type.Object({ ...EMISSIONS_QUERY.properties, ...NORMALISE }, closed);

export const EXPLANATION_QUERY = Type.Object(
  {
    ...EMISSIONS_QUERY.properties,
    limit: Type.Optional(
      Type.Integer({
        description:
          'Lines of one page. A paged explanation is answered as of the moment of its first page, so that its pages belong together.',
        minimum: 1,
        maximum: LIMITS.explanationLinesMax,
        'x-unit': 'lines',
      }),
    ),
    cursor: PAGE_QUERY.cursor,
  },
  closed,
);
export type ExplanationQuery = Static<typeof EXPLANATION_QUERY>;

export type EmissionsQuery = Static<typeof EMISSIONS_QUERY>;
export type ConsumptionQuery = Static<typeof CONSUMPTION_QUERY>;

/** The entries of a list parameter, each once. */
export function splitList(text: string | undefined, name: string): string[] {
  if (text === undefined) return [];
  const entries = text.split(',').map((entry) => entry.trim());
  if (entries.includes('')) refuse(name, text, 'an entry between every two commas');
  if (entries.length > LIMITS.filterValuesMax)
    refuse(name, `${entries.length} entries`, `at most ${LIMITS.filterValuesMax}`);
  return [...new Set(entries)];
}

function refuse(name: string, value: string, expected: string): never {
  const detail = `${name} is '${value}': expected ${expected}`;
  throw new Refusal('invalid-request', detail, [{ pointer: `?${name}`, code: 'not-allowed', detail }]);
}

/** The words of a list parameter; refuses what is none of them. */
export function listOf<Word extends string>(text: string | undefined, name: string, words: readonly Word[]): Word[] {
  return splitList(text, name).map((entry) => {
    const word = words.find((candidate) => candidate === entry);
    return word ?? refuse(name, entry, `any of ${words.join(', ')}`);
  });
}

const SCOPE_WORDS = { '1': 1, '2': 2, '3': 3, outside: 'outside' } as const;

/** A question about emissions from its query. */
export function fromEmissionsQuery(query: EmissionsQuery): FigureQuestion {
  return {
    ...fromFilters(query, listOf(query.groupBy, 'groupBy', GROUPS)),
    scopes: listOf(query.scopes, 'scopes', ['1', '2', '3', 'outside'] as const).map((word) => SCOPE_WORDS[word]),
    lines: listOf(query.lines, 'lines', LINES),
    policy: parseFactorPolicy(query.factors ?? 'reporting-year'),
    gas: query.gas ?? 'co2e',
    basis: query.basis ?? 'location',
  };
}

/** A question about consumption from its query; energy and water are never added, so rows are by activity at least. */
export function fromConsumptionQuery(query: ConsumptionQuery): FigureQuestion {
  const groups = listOf(query.groupBy, 'groupBy', METER_GROUPS);
  return fromFilters(query, groups.includes('activity') ? groups : [...groups, 'activity']);
}

/** A question from the filters alone. */
export function fromFilters(query: ConsumptionQuery, groupBy: Group[]): FigureQuestion {
  return {
    period: parsePeriod(query.period),
    interval: query.interval ?? 'total',
    groupBy,
    sites: splitList(query.site, 'site'),
    meters: splitList(query.meter, 'meter'),
    activities: listOf(query.activity, 'activity', ACTIVITIES),
    categories: splitList(query.category, 'category'),
    portfolios: splitList(query.portfolio, 'portfolio'),
    scopes: [],
    lines: [],
    policy: { kind: 'reporting-year' },
    gas: 'co2e',
    imdTable: query.imdTable ?? null,
  };
}
