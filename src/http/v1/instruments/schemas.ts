import { type Static, Type } from 'typebox';
import { INSTRUMENT_KINDS, MATCHINGS, QUALITY_CRITERIA } from '../../../domain/supply/instrument.ts';
import { LIMITS } from '../../../limits.ts';
import { AsOfSchema } from '../../schemas/as-of.ts';
import { key, localDay, oneOf, text } from '../../schemas/atoms.ts';
import { pageSchema } from '../../schemas/page-schemas.ts';
import { ref } from '../../schemas/ref.ts';
import { EVIDENCE, gasBasis, kgPerKwh } from '../../schemas/supply-atoms.ts';

const closed = { additionalProperties: false } as const;

const REQUIRED = {
  kind: oneOf(
    INSTRUMENT_KINDS,
    'Certificates of renewable electricity (`rego`; `goo` from the continent), a power purchase agreement, a product of a supplier, or certificates of green gas.',
  ),
  factor: kgPerKwh('Emissions of one kWh that it covers.'),
  from: localDay('First day whose use it covers.'),
  to: localDay('First day whose use it covers no longer.'),
};

const criteriaMet = Type.Array(oneOf(QUALITY_CRITERIA, 'A criterion.'), {
  description:
    'Criteria of the Scope 2 Guidance that it meets: it conveys the emissions of what was generated, nothing else claims them, it was retired for the reporter, it is of about the time of use, and of the same market. One that fails any is listed and not used.',
  maxItems: QUALITY_CRITERIA.length,
  uniqueItems: true,
});

const OPTIONAL = {
  kWh: Type.Optional(
    Type.Number({
      description: 'Energy that it covers; every kind but a supplier-product has it.',
      exclusiveMinimum: 0,
      maximum: 1e12,
      'x-unit': 'kWh',
    }),
  ),
  meters: Type.Optional(
    Type.Array(key('Key of a meter.'), {
      description: 'The meters it covers. Either this or `contract`.',
      minItems: 1,
      maxItems: LIMITS.instrumentMetersMax,
      uniqueItems: true,
    }),
  ),
  contract: Type.Optional(key('The contract whose meters it covers, as `contracts` of the meters name it.')),
  certificateYear: Type.Optional(
    Type.String({
      description:
        'Disclosure year (1 April to 31 March) of the certificates or the product. Use on other days is not covered.',
      pattern: '^(199|20\\d|21\\d)\\d/\\d\\d$',
      'x-expects': 'a financial year such as 2025/26',
    }),
  ),
  retiredFor: Type.Optional(text('For whom the certificates were retired.', LIMITS.nameLengthMax)),
};

const DEFAULTED = {
  name: text('Name people know it by. Written without: its key.', LIMITS.nameLengthMax),
  gasBasis: gasBasis('Gases that the factor counts. Written without: co2e. CO2 alone is flagged in figures of CO2e.'),
  criteriaMet,
  matching: oneOf(MATCHINGS, 'How close in time generation is to use; kept, and used alike. Written without: annual.'),
};

const evidence = Type.Object(EVIDENCE, { ...closed, description: 'What the instrument rests on.' });

const EXAMPLE = {
  kind: 'rego',
  kWh: 40000,
  factor: 0,
  from: '2025-04-01',
  to: '2026-04-01',
  meters: ['1200023305967'],
  certificateYear: '2025/26',
  retiredFor: 'Example council',
  criteriaMet: [...QUALITY_CRITERIA],
  evidence: { description: 'Statement of the supplier of June 2026, certificates listed' },
};

/** An instrument as it is written. */
export const InstrumentInputSchema = Type.Object(
  {
    ...REQUIRED,
    ...OPTIONAL,
    name: Type.Optional(DEFAULTED.name),
    gasBasis: Type.Optional(DEFAULTED.gasBasis),
    criteriaMet: DEFAULTED.criteriaMet,
    matching: Type.Optional(DEFAULTED.matching),
    evidence,
  },
  {
    $id: 'InstrumentInput',
    ...closed,
    description: 'What was bought to cover use. Replaces the whole of it.',
    examples: [EXAMPLE],
  },
);

const OUTPUT_EXAMPLE = { key: 'rego-2025', ...EXAMPLE, name: 'rego-2025', gasBasis: 'co2e', matching: 'annual' };

/** An instrument as it is read. */
export const InstrumentSchema = Type.Object(
  {
    asOf: Type.Optional(ref(AsOfSchema)),
    key: key('Key of the instrument.'),
    ...REQUIRED,
    ...OPTIONAL,
    ...DEFAULTED,
    evidence,
  },
  { $id: 'Instrument', ...closed, description: 'What was bought to cover use.', examples: [OUTPUT_EXAMPLE] },
);

export const InstrumentPageSchema = pageSchema(
  InstrumentSchema,
  'InstrumentPage',
  'One page of the instruments.',
  OUTPUT_EXAMPLE,
);

export const instrumentSchemas = [InstrumentInputSchema, InstrumentSchema, InstrumentPageSchema];

export type InstrumentInput = Static<typeof InstrumentInputSchema>;
export type InstrumentOutput = Static<typeof InstrumentSchema>;
