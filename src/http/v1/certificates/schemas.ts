import { type Static, Type } from 'typebox';
import { CERTIFICATE_KINDS, CERTIFICATE_STATUSES, RRN_PATTERN } from '../../../domain/buildings/certificate.ts';
import { REMINDER_STATES } from '../../../domain/buildings/certificate-reminders.ts';
import { BANDS } from '../../../domain/buildings/operational-rating.ts';
import { AsOfSchema, asOf } from '../../schemas/as-of.ts';
import { key, localDay, oneOf } from '../../schemas/atoms.ts';
import { PAGE_QUERY, pageSchema } from '../../schemas/page-schemas.ts';
import { ref } from '../../schemas/ref.ts';
import { note } from '../../schemas/supply-atoms.ts';
import { list } from '../figures/query.ts';

const closed = { additionalProperties: false } as const;

const rrn = (description: string) =>
  Type.String({ description, pattern: RRN_PATTERN, 'x-expects': 'five groups of four digits joined by hyphens' });

const FIELDS = {
  site: key('Key of the site.'),
  kind: oneOf(CERTIFICATE_KINDS, 'A display energy certificate (`dec`), or the advisory report that goes with it.'),
  issuedOn: localDay('Day on which the assessor issued it.'),
  floorAreaM2: Type.Number({
    description: 'Total useful floor area as printed; how long it is valid depends on it.',
    exclusiveMinimum: 0,
    maximum: 10_000_000,
    multipleOf: 0.01,
    'x-unit': 'm2',
  }),
};

const OF_CERTIFICATES = {
  nominatedOn: Type.Optional(localDay('Nominated date: the first day that a certificate is valid on. `dec` alone.')),
  rating: Type.Optional(
    Type.Integer({
      description: 'Operational rating as printed; 100 is typical. `dec` alone.',
      minimum: 0,
      maximum: 99_999,
      'x-unit': 'index, 100 is typical',
    }),
  ),
};

const NOTE = Type.Optional(note('Remark of the operator.'));

const EXAMPLE = {
  site: 'CH-001',
  kind: 'dec',
  issuedOn: '2026-03-12',
  nominatedOn: '2026-04-01',
  rating: 117,
  band: 'E',
  floorAreaM2: 12500,
} as const;

/** A certificate as it is written. */
export const CertificateInputSchema = Type.Object(
  {
    ...FIELDS,
    ...OF_CERTIFICATES,
    band: Type.Optional(oneOf(BANDS, 'Band as printed. Written without, it follows from the rating.')),
    validUntil: Type.Optional(
      localDay('Last day that it is valid on, as printed. Written without, it follows from the rule.'),
    ),
    note: NOTE,
  },
  {
    $id: 'CertificateInput',
    ...closed,
    description: 'A certificate or report as the assessor issued it. Replaces the whole of it.',
    examples: [EXAMPLE],
  },
);

const STANDING_EXAMPLE = {
  rrn: '0000-1111-2222-3333-4444',
  ...EXAMPLE,
  validFrom: '2026-04-01',
  validUntil: '2027-03-31',
  validUntilBasis: 'computed',
  status: 'valid',
} as const;

/** A certificate as it is read. */
export const CertificateSchema = Type.Object(
  {
    asOf: Type.Optional(ref(AsOfSchema)),
    rrn: rrn('Report reference number.'),
    ...FIELDS,
    ...OF_CERTIFICATES,
    band: Type.Optional(oneOf(BANDS, 'Band of the rating. `dec` alone.')),
    validFrom: localDay('First day that it is valid on.'),
    validUntil: localDay('Last day that it is valid on.'),
    validUntilBasis: oneOf(
      ['stated', 'computed'],
      'Whether that day is printed on it, or follows from its floor area (settings `displayEnergy`).',
    ),
    status: oneOf(CERTIFICATE_STATUSES, 'How it stands today, or stood at `asOf`.'),
    note: NOTE,
  },
  {
    $id: 'Certificate',
    ...closed,
    description: 'A certificate or report of the register.',
    examples: [STANDING_EXAMPLE],
  },
);

export const CertificatePageSchema = pageSchema(
  CertificateSchema,
  'CertificatePage',
  'One page of the register, by number.',
  STANDING_EXAMPLE,
);

const days = (description: string) => Type.Integer({ description, 'x-unit': 'days' });

const REMINDER_EXAMPLE = {
  site: 'CH-001',
  name: 'Council House',
  floorAreaM2: 12500,
  kind: 'dec',
  state: 'expiring',
  rrn: '0000-1111-2222-3333-4444',
  validUntil: '2027-03-31',
  daysLeft: 41,
  detail: 'display energy certificate 0000-1111-2222-3333-4444 is valid until 2027-03-31',
} as const;

const STATES =
  'none: it has none. expired, expiring (within the days looked ahead), valid: how the one stands that is valid longest. undecided: whether the site needs one is not recorded.';

export const CertificateReminderSchema = Type.Object(
  {
    site: Type.String({ description: 'Key of the site.' }),
    name: Type.String({ description: 'Name of the site.' }),
    floorAreaM2: Type.Optional(
      Type.Number({ description: 'Gross internal floor area of the site on the day.', 'x-unit': 'm2' }),
    ),
    kind: Type.Optional(oneOf(CERTIFICATE_KINDS, 'What it must have. Absent where that is undecided.')),
    state: oneOf(REMINDER_STATES, STATES),
    rrn: Type.Optional(rrn('The one that is valid longest.')),
    validUntil: Type.Optional(localDay('Last day that it is valid on.')),
    daysLeft: Type.Optional(days('Days that it is still valid on, this one included; 0 or less where it has expired.')),
    detail: Type.String({ description: 'What is there, and what was expected.' }),
  },
  {
    $id: 'CertificateReminder',
    ...closed,
    description: 'What a site that needs a certificate has or lacks.',
    examples: [REMINDER_EXAMPLE],
  },
);

const count = (state: string) => Type.Integer({ description: `Entries that are ${state}.`, 'x-unit': 'entries' });
const counts = Object.fromEntries(REMINDER_STATES.map((state) => [state, count(state)])) as {
  [State in (typeof REMINDER_STATES)[number]]: ReturnType<typeof count>;
};

export const CertificateRemindersSchema = Type.Object(
  {
    asOf: Type.Optional(ref(AsOfSchema)),
    on: localDay('The day it is of.'),
    daysAhead: days('How far ahead was looked.'),
    counts: Type.Object(counts, { ...closed, description: 'All entries by state, whatever was filtered.' }),
    data: Type.Array(ref(CertificateReminderSchema), {
      description: 'By site; one entry for the certificate and one for the report.',
    }),
  },
  {
    $id: 'CertificateReminders',
    ...closed,
    description: 'What the sites that need certificates have and lack.',
    examples: [
      {
        on: '2027-02-19',
        daysAhead: 90,
        counts: { none: 0, expired: 0, expiring: 1, valid: 1, undecided: 0 },
        data: [REMINDER_EXAMPLE],
      },
    ],
  },
);

export const CERTIFICATE_PARAMS = Type.Object({ rrn: rrn('Report reference number.') }, closed);

export const CERTIFICATES_QUERY = Type.Object(
  {
    site: Type.Optional(key('Only those of this site.')),
    kind: Type.Optional(oneOf(CERTIFICATE_KINDS, 'Only those of this kind.')),
    status: Type.Optional(oneOf(CERTIFICATE_STATUSES, 'Only those that stand so.')),
    expiringBefore: Type.Optional(localDay('Only those whose last day comes before this day.')),
    asOf,
    ...PAGE_QUERY,
  },
  closed,
);

export const REMINDERS_QUERY = Type.Object(
  {
    daysAhead: Type.Optional(
      Type.Integer({
        description: 'How long before its end a certificate counts as expiring. Default: as the settings say.',
        minimum: 0,
        maximum: 3_660,
        'x-unit': 'days',
      }),
    ),
    state: Type.Optional(list(`Only entries in these states: ${REMINDER_STATES.join(', ')}. Default all but valid.`)),
    asOf,
  },
  closed,
);

export const certificateSchemas = [
  CertificateInputSchema,
  CertificateSchema,
  CertificatePageSchema,
  CertificateReminderSchema,
  CertificateRemindersSchema,
];

export type CertificateInputBody = Static<typeof CertificateInputSchema>;
export type CertificateOutput = Static<typeof CertificateSchema>;
export type CertificateReminderOutput = Static<typeof CertificateReminderSchema>;
export type CertificateRemindersOutput = Static<typeof CertificateRemindersSchema>;
