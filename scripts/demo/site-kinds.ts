/** Hours of the wall clock, `[opens, shuts)`; null when shut all day. */
type Hours = readonly [number, number] | null;

/** How a kind of building is used, and what it uses in a year. Figures are invented, of a plausible size. */
export type SiteKind = {
  weekday: Hours;
  saturday: Hours;
  sunday: Hours;
  /** Open on bank holidays as on a Sunday; otherwise shut. */
  opensOnHolidays: boolean;
  /** Use on a weekday of the school holidays as a share of a usual one. */
  schoolHolidayShare: number;
  /** Electricity of the empty building as a share of the full one. */
  baseShare: number;
  electricityKwhPerM2: number;
  heatKwhPerM2: number;
  /** Share of the heat that follows the weather; the rest is hot water, a pool, a kitchen. */
  weatherShare: number;
  waterM3PerM2: number;
};

const NEVER_SHUT = { weekday: [0, 24], saturday: [0, 24], sunday: [0, 24], opensOnHolidays: true } as const;
const WEEKDAYS_ONLY = { saturday: null, sunday: null, opensOnHolidays: false, schoolHolidayShare: 1 } as const;
const SCHOOL = { saturday: null, sunday: null, opensOnHolidays: false, schoolHolidayShare: 0.35 } as const;
const UNHEATED = { heatKwhPerM2: 0, weatherShare: 0, waterM3PerM2: 0 } as const;

/** The kinds of sites in the demonstration estate. The name of a kind is the `category` of its sites. */
// biome-ignore format: a table is read by its columns
export const SITE_KINDS = {
  office: { weekday: [7.5, 18.5], ...WEEKDAYS_ONLY, baseShare: 0.28, electricityKwhPerM2: 82, heatKwhPerM2: 95, weatherShare: 0.88, waterM3PerM2: 0.5 },
  library: { weekday: [9, 18], saturday: [9, 16], sunday: null, opensOnHolidays: false, schoolHolidayShare: 1, baseShare: 0.2, electricityKwhPerM2: 58, heatKwhPerM2: 110, weatherShare: 0.92, waterM3PerM2: 0.3 },
  'swimming-pool': { weekday: [6, 22], saturday: [7, 20], sunday: [8, 20], opensOnHolidays: true, schoolHolidayShare: 1.08, baseShare: 0.55, electricityKwhPerM2: 150, heatKwhPerM2: 370, weatherShare: 0.35, waterM3PerM2: 4.2 },
  'leisure-centre': { weekday: [6.5, 22], saturday: [8, 19], sunday: [8, 19], opensOnHolidays: true, schoolHolidayShare: 0.95, baseShare: 0.3, electricityKwhPerM2: 88, heatKwhPerM2: 150, weatherShare: 0.7, waterM3PerM2: 1.1 },
  'primary-school': { weekday: [7.5, 17], ...SCHOOL, baseShare: 0.22, electricityKwhPerM2: 39, heatKwhPerM2: 105, weatherShare: 0.9, waterM3PerM2: 0.55 },
  'secondary-school': { weekday: [7, 18], ...SCHOOL, baseShare: 0.27, electricityKwhPerM2: 46, heatKwhPerM2: 98, weatherShare: 0.88, waterM3PerM2: 0.48 },
  'care-home': { ...NEVER_SHUT, schoolHolidayShare: 1, baseShare: 0.5, electricityKwhPerM2: 68, heatKwhPerM2: 230, weatherShare: 0.62, waterM3PerM2: 1.8 },
  'childrens-home': { ...NEVER_SHUT, schoolHolidayShare: 1.1, baseShare: 0.4, electricityKwhPerM2: 52, heatKwhPerM2: 165, weatherShare: 0.7, waterM3PerM2: 1.4 },
  depot: { weekday: [5.5, 18], saturday: [6, 13], sunday: null, opensOnHolidays: false, schoolHolidayShare: 1, baseShare: 0.3, electricityKwhPerM2: 44, heatKwhPerM2: 90, weatherShare: 0.95, waterM3PerM2: 0.6 },
  'car-park': { ...NEVER_SHUT, schoolHolidayShare: 1, baseShare: 0.7, electricityKwhPerM2: 14, ...UNHEATED },
  museum: { weekday: [9, 17.5], saturday: [9, 17.5], sunday: [11, 16.5], opensOnHolidays: true, schoolHolidayShare: 1.1, baseShare: 0.5, electricityKwhPerM2: 96, heatKwhPerM2: 125, weatherShare: 0.85, waterM3PerM2: 0.4 },
  'community-centre': { weekday: [9, 21], saturday: [10, 18], sunday: null, opensOnHolidays: false, schoolHolidayShare: 0.9, baseShare: 0.2, electricityKwhPerM2: 40, heatKwhPerM2: 120, weatherShare: 0.9, waterM3PerM2: 0.5 },
  'visitor-centre': { weekday: [9, 17], saturday: [9, 17], sunday: [9, 17], opensOnHolidays: true, schoolHolidayShare: 1.2, baseShare: 0.3, electricityKwhPerM2: 66, heatKwhPerM2: 105, weatherShare: 0.9, waterM3PerM2: 0.9 },
  'street-lighting': { ...NEVER_SHUT, schoolHolidayShare: 1, baseShare: 0, electricityKwhPerM2: 0, ...UNHEATED },
  'traffic-signals': { ...NEVER_SHUT, schoolHolidayShare: 1, baseShare: 0.85, electricityKwhPerM2: 0, ...UNHEATED },
} as const satisfies Record<string, SiteKind>;

export type SiteKindName = keyof typeof SITE_KINDS;
