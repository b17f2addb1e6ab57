import type { DemoSite } from '../demo-site.ts';

const PRIMARY = { kind: 'primary-school', portfolio: 'schools' } as const;
const SECONDARY = { kind: 'secondary-school', portfolio: 'schools' } as const;

/** Schools without a story. */
// biome-ignore format: a table is read by its columns
export const SCHOOLS: readonly DemoSite[] = [
  { ...PRIMARY, key: 'PRI-02', name: 'Goldfinch Primary School', ward: 'Binley and Willenhall', postcode: 'CV3 0ZB', floorAreaM2: 2300, heating: 'gas-daily', water: 'daily' },
  { ...PRIMARY, key: 'PRI-03', name: 'Swift Primary School', ward: 'Henley', postcode: 'CV2 0ZD', floorAreaM2: 1900, heating: 'gas-billed', water: 'billed' },
  { ...PRIMARY, key: 'PRI-04', name: 'Nuthatch Primary School', ward: 'Holbrook', postcode: 'CV6 0ZD', floorAreaM2: 2450, heating: 'gas-billed', water: 'billed', solar: { peakKw: 45, from: '2023-08-14' } },
  { ...PRIMARY, key: 'PRI-05', name: 'Dunnock Primary School', ward: 'Lower Stoke', postcode: 'CV3 0ZD', floorAreaM2: 2100, heating: 'gas-daily', water: 'billed', heatTrend: { measures: [{ from: '2024-08-19', factor: 0.78 }] } },
  { ...PRIMARY, key: 'PRI-06', name: 'Wheatear Primary School', ward: 'Radford', postcode: 'CV6 0ZE', floorAreaM2: 2250, heating: 'gas-billed', water: 'billed' },
  { ...PRIMARY, key: 'PRI-07', name: 'Linnet Primary School', ward: 'Sherbourne', postcode: 'CV5 0ZB', floorAreaM2: 1750, heating: 'gas-billed', water: 'billed', solar: { peakKw: 38 } },
  { ...PRIMARY, key: 'PRI-08', name: 'Fieldfare Primary School', ward: 'Upper Stoke', postcode: 'CV2 0ZE', floorAreaM2: 2600, heating: 'gas-billed', water: 'billed' },
  { ...PRIMARY, key: 'PRI-09', name: 'Redwing Primary School', ward: 'Wainbody', postcode: 'CV4 0ZA', floorAreaM2: 1850, heating: 'gas-billed', water: 'billed', electricityTrend: { perYear: -0.02 } },
  { ...PRIMARY, key: 'PRI-10', name: 'Siskin Primary School', ward: 'Westwood', postcode: 'CV4 0ZB', floorAreaM2: 2050, heating: 'gas-billed', water: 'billed' },
  { ...PRIMARY, key: 'PRI-11', name: 'Treecreeper Primary School', ward: 'Whoberley', postcode: 'CV5 0ZD', floorAreaM2: 2150, heating: 'gas-billed', water: 'billed' },
  { ...SECONDARY, key: 'SEC-02', name: 'Ironmasters School', ward: 'Foleshill', postcode: 'CV6 0ZF', floorAreaM2: 11_200, heating: 'gas-hourly', water: 'daily', solar: { peakKw: 120, from: '2024-07-29' }, electricityTrend: { perYear: -0.03 } },
  { ...SECONDARY, key: 'SEC-03', name: 'Watchmakers School', ward: 'Woodlands', postcode: 'CV5 0ZE', floorAreaM2: 12_600, heating: 'gas-hourly', water: 'billed', solar: { peakKw: 75 } },
  { ...SECONDARY, key: 'SEC-04', name: 'Cycle Works School', ward: 'Henley', postcode: 'CV2 0ZF', floorAreaM2: 10_400, heating: 'gas-daily', water: 'billed', heatTrend: { perYear: -0.02 } },
];
