import { Type } from 'typebox';
import { LEASE_TYPES } from '../../../domain/consolidation.ts';
import { CERTIFICATE_STATUSES } from '../../../domain/supply/certificates.ts';
import { TENANCY_KINDS } from '../../../domain/tenancy.ts';
import { LIMITS } from '../../../limits.ts';
import { key, localDay, oneOf, someShare, squareMetres, text } from '../../schemas/atoms.ts';

const closed = { additionalProperties: false } as const;

export const PlacementSchema = Type.Object(
  {
    from: Type.Optional(localDay('First day at the site. Absent: since ever.')),
    site: key('Key of the site.'),
  },
  { $id: 'Placement', ...closed, description: 'The site a meter belongs to, from a day until the next entry begins.' },
);

export const TenancySchema = Type.Object(
  {
    name: text('Name of the tenant.', LIMITS.nameLengthMax),
    kind: Type.Optional(
      oneOf(
        TENANCY_KINDS,
        'tenancy (default): somebody rents a part of the site. resale: somebody who rents nothing buys the energy, as over a private wire.',
      ),
    ),
    leaseType: Type.Optional(
      oneOf(LEASE_TYPES, 'Kind of the lease, by which financial control decides who reports the part; required then.'),
    ),
    floorAreaM2: Type.Optional(
      squareMetres(
        'Main meters only: floor area that the tenant has of the site. Of what the meter reads it is their share of the floor area that the site has on the day, as an estimate.',
      ),
    ),
    share: Type.Optional(someShare('Main meters only: share of what the meter reads, in place of `floorAreaM2`.')),
    from: Type.Optional(localDay('First day. Absent: since ever.')),
    to: Type.Optional(localDay('First day no longer. Absent: until further notice.')),
    scope3Category: Type.Optional(
      Type.Integer({
        description:
          'Scope 3 category that the part is reported in. Default 13, downstream leased assets, of a tenancy, and 3, energy sold on, of a resale.',
        minimum: 1,
        maximum: 15,
        'x-unit': 'category number',
      }),
    ),
  },
  {
    $id: 'Tenancy',
    ...closed,
    description: 'A tenant behind a sub-meter, or one that shares a main meter.',
    examples: [{ name: 'Market Café', from: '2024-04-01', to: '2026-04-01', scope3Category: 13 }],
  },
);

export const MeterContractSchema = Type.Object(
  {
    from: Type.Optional(localDay('First day. Absent: since ever.')),
    contract: Type.Optional(key("The council's own reference of the contract. Absent: none from this day on.")),
  },
  { $id: 'MeterContract', ...closed, description: 'The contract that supplies a meter, from a day on.' },
);

export const MeterCertificatesSchema = Type.Object(
  {
    from: Type.Optional(localDay('First day. Absent: since ever.')),
    status: oneOf(
      CERTIFICATE_STATUSES,
      'Whether the certificates of what it generates are kept, sold, or not issued. Sold: the self-use has no claim to zero on the market basis.',
    ),
  },
  { $id: 'MeterCertificates', ...closed, description: 'What becomes of certificates, from a day on.' },
);
