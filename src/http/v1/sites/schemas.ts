import { type Static, Type } from 'typebox';
import { LEASE_TYPES } from '../../../domain/consolidation.ts';
import { BOUNDARY_REASONS, CONTROLS } from '../../../domain/control.ts';
import { COMMON_PORTFOLIOS, DISCLOSURES } from '../../../domain/site.ts';
import { LIMITS } from '../../../limits.ts';
import { AsOfSchema, asOf } from '../../schemas/as-of.ts';
import { key, localDay, oneOf, serviceEdge, squareMetres, text } from '../../schemas/atoms.ts';
import { PAGE_QUERY, pageSchema } from '../../schemas/page-schemas.ts';
import { ref } from '../../schemas/ref.ts';
import { weatherRegion } from '../../schemas/weather-atoms.ts';

const closed = { additionalProperties: false } as const;
const REASONS = Object.keys(BOUNDARY_REASONS) as (keyof typeof BOUNDARY_REASONS)[];

const FIELDS = {
  name: text('Name of the property, as people know it.', LIMITS.nameLengthMax),
  uprn: Type.String({
    description: 'Unique property reference number of the national address gazetteer, 1 to 12 digits.',
    pattern: '^\\d{1,12}$',
    'x-expects': 'a UPRN of 1 to 12 digits, as text',
  }),
  ward: text('Electoral ward.'),
  lsoa: Type.String({
    description: 'Lower layer super output area (the small area of the deprivation index), such as E01009660.',
    pattern: '^[EWNS]\\d{8}$',
    'x-expects': 'a code of a small area, such as E01009660',
  }),
  weatherRegion: weatherRegion('Region whose degree days hold for the site. Absent: that of the settings.'),
  category: text('Kind of building or supply, such as office, school, leisure-centre, depot.'),
  portfolio: text(`Part of the estate that is published apart. Councils use ${COMMON_PORTFOLIOS.join(', ')}.`),
};

const ControlPeriodSchema = Type.Object(
  {
    from: Type.Optional(localDay('First day of the period. Absent: since ever.')),
    control: oneOf(
      CONTROLS,
      'Who runs the site. `operated`: the council (scopes 1 and 2). `leased-in`, `leased-out`, `outsourced`, `investee`: somebody else (scope 3, category 8, 13, 1 or 15). `outside`: not reported.',
    ),
    scope3Category: Type.Optional(
      Type.Integer({
        description: 'Scope 3 category, where it is not the usual one of the control.',
        minimum: 1,
        maximum: 15,
        'x-unit': 'category number',
      }),
    ),
    reason: Type.Optional(oneOf(REASONS, 'Why the control changed on that day.')),
    leaseType: Type.Optional(
      oneOf(
        LEASE_TYPES,
        'Kind of the lease of a site that is rented or let. Under financial control it decides who reports the site, and is required of `leased-in` and `leased-out`; `operated` with one is rented and run by the council.',
      ),
    ),
  },
  { $id: 'ControlPeriod', ...closed, description: 'Who runs a site, from a day until the next entry begins.' },
);

const PortfolioPeriodSchema = Type.Object(
  { from: Type.Optional(localDay('First day it holds. Absent: since ever.')), portfolio: FIELDS.portfolio },
  { $id: 'PortfolioPeriod', ...closed, description: 'Portfolio of a site, from a day until the next entry begins.' },
);

const FloorAreaSchema = Type.Object(
  {
    from: Type.Optional(localDay('First day the area holds. Absent: since ever.')),
    areaM2: squareMetres('Gross internal floor area.'),
  },
  { $id: 'FloorArea', ...closed, description: 'Floor area of a site, from a day until the next entry begins.' },
);

const BenchmarkUsePeriodSchema = Type.Object(
  {
    from: Type.Optional(localDay('First day it holds. Absent: since ever.')),
    uses: Type.Array(key('A use, as the benchmarks name it.'), {
      description: 'The uses of the building. More than one: mixed uses, for which no operational rating is computed.',
      minItems: 1,
      maxItems: LIMITS.benchmarkUsesMax,
      uniqueItems: true,
    }),
  },
  {
    $id: 'BenchmarkUsePeriod',
    ...closed,
    description: 'What a site is used as, for the sake of benchmarks, from a day until the next entry begins.',
  },
);

const visitedByPublic = Type.Boolean({
  description: 'Whether the public frequently visits the building, so that it must show a display energy certificate.',
});

const opened = serviceEdge(
  'When the site came into the estate, where it has not always been in it.',
  'First day in the estate.',
);
const closedOn = serviceEdge('When the site left the estate.', 'First day no longer in the estate.');
const disclosure = oneOf(
  DISCLOSURES,
  'Whether the site may be named in public returns. `totals-only` (refuges, children’s homes): counted in totals, never named.',
);

/** A site as it is written. */
export const SiteInputSchema = Type.Object(
  {
    name: FIELDS.name,
    uprn: Type.Optional(FIELDS.uprn),
    postcode: Type.Optional(
      Type.String({
        description: 'Postcode, in any case and spacing.',
        maxLength: 10,
        pattern: '^[A-Za-z0-9 ]+$',
        'x-expects': 'a UK postcode, such as CV1 5RR',
      }),
    ),
    ward: Type.Optional(FIELDS.ward),
    weatherRegion: Type.Optional(FIELDS.weatherRegion),
    lsoa: Type.Optional(FIELDS.lsoa),
    category: Type.Optional(FIELDS.category),
    portfolio: Type.Optional(
      text('Part of the estate that it is published in, where that has always been the same. Not with `portfolios`.'),
    ),
    portfolios: Type.Optional(
      Type.Array(ref(PortfolioPeriodSchema), {
        description: 'Portfolio by date, ascending. Days before a first entry with `from` are in none.',
        maxItems: LIMITS.datedEntriesMax,
      }),
    ),
    floorAreaM2: Type.Optional(
      squareMetres('Gross internal floor area, where it has always been the same. Not with `floorAreas`.'),
    ),
    floorAreas: Type.Optional(
      Type.Array(ref(FloorAreaSchema), {
        description: 'Floor area by date, ascending.',
        maxItems: LIMITS.datedEntriesMax,
      }),
    ),
    opened: Type.Optional(opened),
    closed: Type.Optional(closedOn),
    control: Type.Optional(
      Type.Array(ref(ControlPeriodSchema), {
        description:
          'Who runs the site by date, ascending. Absent: operated by the council since ever. Days before a first entry with `from` count as operated.',
        minItems: 1,
        maxItems: LIMITS.datedEntriesMax - 1,
      }),
    ),
    disclosure: Type.Optional(disclosure),
    benchmarkUses: Type.Optional(
      Type.Array(ref(BenchmarkUsePeriodSchema), {
        description: 'What it is used as by date, ascending, where its category does not tell the benchmark.',
        maxItems: LIMITS.datedEntriesMax,
      }),
    ),
    visitedByPublic: Type.Optional(visitedByPublic),
  },
  {
    $id: 'SiteInput',
    ...closed,
    description: 'A council property, or an unmetered supply such as street lighting. Replaces the whole site.',
    examples: [{ name: 'Council House', postcode: 'CV1 5RR', category: 'office', floorAreaM2: 12500 }],
  },
);

const SITE_EXAMPLE = {
  key: 'CH-001',
  name: 'Council House',
  postcode: 'CV1 5RR',
  category: 'office',
  floorAreaM2: 12500,
  portfolio: 'corporate',
  portfolios: [{ portfolio: 'corporate' }],
  floorAreas: [{ areaM2: 12500 }],
  control: [{ control: 'operated' }],
  disclosure: 'public',
  warnings: [],
};

/** A site as it is read. */
export const SiteSchema = Type.Object(
  {
    asOf: Type.Optional(ref(AsOfSchema)),
    key: key("The council's own reference."),
    name: FIELDS.name,
    uprn: Type.Optional(FIELDS.uprn),
    postcode: Type.Optional(Type.String({ description: 'Postcode, in capitals with one space.' })),
    ward: Type.Optional(FIELDS.ward),
    weatherRegion: Type.Optional(FIELDS.weatherRegion),
    lsoa: Type.Optional(FIELDS.lsoa),
    category: Type.Optional(FIELDS.category),
    portfolio: Type.Optional(text('Portfolio that holds today.')),
    portfolios: Type.Array(ref(PortfolioPeriodSchema), {
      description: 'Portfolio by date, ascending; empty where there is none.',
    }),
    floorAreaM2: Type.Optional(squareMetres('Gross internal floor area that holds today.')),
    floorAreas: Type.Array(ref(FloorAreaSchema), {
      description: 'Floor area by date, ascending; empty where none is known.',
    }),
    opened: Type.Optional(opened),
    closed: Type.Optional(closedOn),
    control: Type.Array(ref(ControlPeriodSchema), {
      description: 'Who runs the site by date, ascending; the first entry holds since ever.',
    }),
    disclosure,
    benchmarkUses: Type.Optional(
      Type.Array(ref(BenchmarkUsePeriodSchema), {
        description: 'What it is used as by date, ascending; absent where its category tells the benchmark.',
      }),
    ),
    visitedByPublic: Type.Optional(visitedByPublic),
    warnings: Type.Array(Type.String({ description: 'One thing that was taken but should be looked at.' }), {
      description: 'What was taken but should be looked at.',
    }),
  },
  {
    $id: 'Site',
    ...closed,
    description: 'A council property, or an unmetered supply such as street lighting.',
    examples: [SITE_EXAMPLE],
  },
);

export const SitePageSchema = pageSchema(SiteSchema, 'SitePage', 'One page of the sites.', SITE_EXAMPLE);

export const SITE_PARAMS = Type.Object({ site: key("The council's own reference of the site.") }, closed);

export const SITE_QUERY = Type.Object(
  {
    category: Type.Optional(text('Only sites of this category.')),
    portfolio: Type.Optional(text('Only sites that are in this portfolio today.')),
    ward: Type.Optional(text('Only sites in this ward.')),
    q: Type.Optional(
      text('Only sites with this text in their key, name or postcode, in any case.', LIMITS.searchLengthMax),
    ),
    asOf,
    ...PAGE_QUERY,
  },
  closed,
);

export const siteSchemas = [
  ControlPeriodSchema,
  PortfolioPeriodSchema,
  FloorAreaSchema,
  BenchmarkUsePeriodSchema,
  SiteInputSchema,
  SiteSchema,
  SitePageSchema,
];

export type SiteInput = Static<typeof SiteInputSchema>;
export type SiteOutput = Static<typeof SiteSchema>;
export type SiteQuery = Static<typeof SITE_QUERY>;
