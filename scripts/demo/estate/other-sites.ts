import type { DemoSite } from '../demo-site.ts';

const CORPORATE = { portfolio: 'corporate' } as const;
const LED = { measures: [{ from: '2024-02-12', factor: 0.8 }] } as const;

/** The council's other sites. */
// biome-ignore format: a table is read by its columns
export const OTHER_SITES: readonly DemoSite[] = [
  { ...CORPORATE, key: 'OFF-02', kind: 'office', name: 'Tower Court', ward: 'Cheylesmore', postcode: 'CV3 0ZE', floorAreaM2: 6100, heating: 'gas-daily', water: 'daily', solar: { peakKw: 60 }, electricityTrend: { perYear: -0.03 } },
  { ...CORPORATE, key: 'OFF-03', kind: 'office', name: 'Guild Row Offices', ward: "St Michael's", postcode: 'CV1 0ZF', floorAreaM2: 4800, heating: 'district-heat', water: 'billed' },
  { ...CORPORATE, key: 'OFF-04', kind: 'office', name: 'Family Hub Westwood', ward: 'Westwood', postcode: 'CV4 0ZD', floorAreaM2: 1300, heating: 'gas-billed', water: 'billed' },
  { ...CORPORATE, key: 'LIB-02', kind: 'library', name: 'Lantern Library', ward: 'Earlsdon', postcode: 'CV5 0ZF', floorAreaM2: 1150, heating: 'gas-billed', water: 'billed', electricityTrend: LED },
  { ...CORPORATE, key: 'LIB-03', kind: 'library', name: 'Spindle Library', ward: 'Foleshill', postcode: 'CV6 0ZG', floorAreaM2: 1280, heating: 'gas-billed', water: 'billed' },
  { ...CORPORATE, key: 'LIB-04', kind: 'library', name: 'Shuttle Library', ward: 'Upper Stoke', postcode: 'CV2 0ZG', floorAreaM2: 860, heating: 'gas-billed', water: 'billed', firstDataOn: '2022-11-09' },
  { ...CORPORATE, key: 'LIB-05', kind: 'library', name: 'Bobbin Library', ward: 'Wainbody', postcode: 'CV4 0ZE', floorAreaM2: 790, heating: 'gas-billed', water: 'billed', solar: { peakKw: 22 } },
  { ...CORPORATE, key: 'LIB-06', kind: 'library', name: 'Loom Library', ward: 'Bablake', postcode: 'CV6 0ZH', floorAreaM2: 720, heating: 'gas-billed', water: 'billed' },
  { ...CORPORATE, key: 'LIB-07', kind: 'library', name: 'Weft Library', ward: 'Lower Stoke', postcode: 'CV3 0ZF', floorAreaM2: 980, heating: 'gas-billed', water: 'billed' },
  { key: 'LEI-03', portfolio: 'leisure', kind: 'swimming-pool', name: 'Otter Pool', ward: 'Binley and Willenhall', postcode: 'CV3 0ZG', floorAreaM2: 3400, heating: 'gas-hourly', water: 'daily', solar: { peakKw: 85, from: '2025-03-24' }, heatTrend: { perYear: -0.02 } },
  { key: 'LEI-04', portfolio: 'leisure', kind: 'leisure-centre', name: 'Badger Sports Hall', ward: 'Woodlands', postcode: 'CV5 0ZG', floorAreaM2: 2700, heating: 'gas-daily', water: 'billed', electricityTrend: LED },
  { ...CORPORATE, key: 'CAH-02', kind: 'care-home', name: 'Beech House Care Home', ward: 'Holbrook', postcode: 'CV6 0ZJ', floorAreaM2: 2350, heating: 'gas-daily', water: 'daily', solar: { peakKw: 40 } },
  { ...CORPORATE, key: 'CAH-03', kind: 'care-home', name: 'Rowan House Care Home', ward: 'Whoberley', postcode: 'CV5 0ZH', floorAreaM2: 1900, heating: 'gas-billed', water: 'billed' },
  { ...CORPORATE, key: 'CAH-04', kind: 'care-home', name: 'Alder Court Extra Care', ward: 'Radford', postcode: 'CV6 0ZL', floorAreaM2: 3100, heating: 'gas-billed', water: 'billed' },
  { ...CORPORATE, key: 'DEP-02', kind: 'depot', name: 'Parkgate Grounds Depot', ward: 'Sherbourne', postcode: 'CV5 0ZJ', floorAreaM2: 1600, heating: 'gas-billed', water: 'billed' },
  { ...CORPORATE, key: 'CAR-02', kind: 'car-park', name: 'Barracks Gate Car Park', ward: "St Michael's", postcode: 'CV1 0ZG', floorAreaM2: 11_800, heating: 'none', water: 'none', electricityTrend: { perYear: -0.01 } },
  { ...CORPORATE, key: 'CAR-03', kind: 'car-park', name: 'Grove Lane Car Park', ward: 'Earlsdon', postcode: 'CV5 0ZL', floorAreaM2: 4200, heating: 'none', water: 'none' },
  { ...CORPORATE, key: 'COM-01', kind: 'community-centre', name: 'Elm Community Centre', ward: 'Longford', postcode: 'CV6 0ZN', floorAreaM2: 1100, heating: 'gas-billed', water: 'billed' },
  { ...CORPORATE, key: 'COM-02', kind: 'community-centre', name: 'Hazel Community Centre', ward: 'Henley', postcode: 'CV2 0ZH', floorAreaM2: 950, heating: 'gas-billed', water: 'billed' },
  { ...CORPORATE, key: 'COM-03', kind: 'community-centre', name: 'Maple Youth Centre', ward: 'Westwood', postcode: 'CV4 0ZF', floorAreaM2: 820, heating: 'gas-billed', water: 'billed' },
  { ...CORPORATE, key: 'COM-04', kind: 'community-centre', name: 'Hawthorn Community Centre', ward: 'Cheylesmore', postcode: 'CV3 0ZH', floorAreaM2: 1020, heating: 'gas-billed', water: 'billed', heatTrend: { perYear: -0.05 } },
  { ...CORPORATE, key: 'VIS-01', kind: 'visitor-centre', name: 'Long Meadow Visitor Centre', ward: 'Binley and Willenhall', postcode: 'CV3 0ZJ', floorAreaM2: 1250, heating: 'wood-pellets', water: 'billed' },
  { key: 'STL-02', portfolio: 'street-lighting', kind: 'street-lighting', name: 'Street lighting, side roads, dimmed at night', heating: 'none', water: 'none', lamps: { kilowatts: 820, nightShare: 0.5 }, electricityTrend: { measures: [{ from: '2023-09-01', factor: 0.8 }] } },
  { key: 'TRS-01', portfolio: 'street-lighting', kind: 'traffic-signals', name: 'Traffic signals and lit signs', heating: 'none', water: 'none', lamps: { kilowatts: 110, nightShare: 1 } },
];
