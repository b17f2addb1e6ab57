import { SITE_KINDS, type SiteKindName } from './site-kinds.ts';

/** Kinds of buildings that the public frequently visits. */
const VISITED: readonly SiteKindName[] = [
  'office',
  'library',
  'swimming-pool',
  'leisure-centre',
  'museum',
  'community-centre',
  'visitor-centre',
];

/** Whether the public frequently visits sites of a kind. */
export function isVisited(kind: SiteKindName): boolean {
  return VISITED.includes(kind);
}

const NEAREST = 10;
const rounded = (kWhPerM2: number): number => Math.ceil(kWhPerM2 / NEAREST) * NEAREST;

/** Where the service is told of the invented benchmarks. */
export const DEMO_BENCHMARKS_PATH = '/v1/benchmarks/synthetic/2022';

/** Benchmarks of the kinds of buildings that are used; invented as the buildings are, and no published table. */
export const DEMO_BENCHMARKS = {
  source: 'Invented for the demonstration; no published benchmark',
  validFrom: '2022-04-01',
  uses: Object.entries(SITE_KINDS)
    .filter(([, { electricityKwhPerM2 }]) => electricityKwhPerM2 > 0)
    .map(([kind, { electricityKwhPerM2, heatKwhPerM2 }]) => ({
      use: kind,
      name: `${kind} (synthetic)`,
      electricityKwhPerM2: rounded(electricityKwhPerM2),
      fossilThermalKwhPerM2: rounded(heatKwhPerM2),
      siteCategories: [kind],
    })),
  conversions: [
    { activity: 'gas-oil', kgCo2PerKwh: 0.27, source: 'Invented for the demonstration' },
    { activity: 'wood-pellets', kgCo2PerKwh: 0.03, source: 'Invented for the demonstration' },
    { activity: 'district-heat', kgCo2PerKwh: 0.18, source: 'Invented for the demonstration' },
  ],
};

/** Certificates of the demonstration, by invented numbers: one that lasts, one that has run out. */
export const DEMO_CERTIFICATES = [
  {
    rrn: '0000-0000-0000-0000-0001',
    body: {
      site: 'LIB-07',
      kind: 'dec',
      issuedOn: '2024-05-20',
      nominatedOn: '2024-06-01',
      rating: 96,
      floorAreaM2: 980,
    },
  },
  {
    rrn: '0000-0000-0000-0000-0002',
    body: {
      site: 'OFF-01',
      kind: 'dec',
      issuedOn: '2025-05-12',
      nominatedOn: '2025-06-01',
      rating: 104,
      floorAreaM2: 12000,
    },
  },
  {
    rrn: '0000-0000-0000-0000-0003',
    body: { site: 'OFF-01', kind: 'advisory-report', issuedOn: '2023-05-12', floorAreaM2: 12000 },
  },
];
