import type { Activity, Unit } from '../activities.ts';
import type { Coverage } from '../coverage.ts';
import { datedSpans } from '../dated.ts';
import { unionOf } from '../day-spans.ts';
import type { Decimal } from '../decimal.ts';
import type { FigureRow } from '../figure-table.ts';
import { addDays, addMonths, earlier, intersect, type LocalDay, later } from '../local-day.ts';
import type { Period } from '../period.ts';
import { rowCoverage } from '../row-sums.ts';
import type { Flow } from '../segments.ts';
import type { FloorArea, Site } from '../site.ts';
import type { StandingCertificate } from './certificate.ts';
import { periodFaults } from './rate-site.ts';
import type { SiteEnergy } from './site-energy.ts';

/** Fuels as certificates name them. */
export const CERTIFICATE_FUELS = ['Electricity', 'Gas', 'LPG', 'Oil', 'Biomass', 'Biogas', 'DH', 'Other'] as const;
export type CertificateFuel = (typeof CERTIFICATE_FUELS)[number];

const FUEL_OF: Readonly<Partial<Record<Activity, CertificateFuel>>> = {
  electricity: 'Electricity',
  'natural-gas': 'Gas',
  lpg: 'LPG',
  'burning-oil': 'Oil',
  'gas-oil': 'Oil',
  'fuel-oil': 'Oil',
  diesel: 'Oil',
  'wood-pellets': 'Biomass',
  'wood-chips': 'Biomass',
  'wood-logs': 'Biomass',
  biogas: 'Biogas',
  'district-heat': 'DH',
};

/** What an assessor enters of one fuel; `flow` other than `use` is shown beside, and is in no total. */
export type FuelInput = {
  fuel: CertificateFuel;
  activity: Activity;
  flow: Flow;
  /** At gross calorific value; null where nothing is known. */
  consumptionKwh: Decimal | null;
  /** As it was metered. */
  metered: { value: Decimal | null; unit: Unit };
  /** Generation that was used on the site, which is in the consumption. */
  selfUseKwh: Decimal | null;
  /** First and last day in service within the period. */
  startDay: LocalDay;
  lastDay: LocalDay;
  /** Not all of it is actual data. */
  estimate: boolean;
  coverage: Coverage | null;
};

/** What the assessor asks the estates team for (rule J). */
export type CertificateInput = {
  site: Site;
  period: Period;
  /** The last day on which a certificate may begin that rests on these months. */
  nominatedBy: LocalDay;
  /** Floor areas in force within the period. */
  floorAreas: readonly FloorArea[];
  fuels: readonly FuelInput[];
  /** Certificates that were on display in the two years before the period ended. */
  previous: readonly StandingCertificate[];
  notices: readonly string[];
};

/** Months that may pass between the last day of the energy and the first day of the certificate. */
const MONTHS_TO_NOMINATE = 3;
/** How far back certificates are looked for that a new one has to show. */
const MONTHS_OF_PREVIOUS = 24;

/** The same date some months later or earlier, or the last day of its month where it has no such date. */
function sameDate(day: LocalDay, months: number): LocalDay {
  const first = addMonths(day, months);
  return earlier(addDays(first, Number(day.slice(8)) - 1), addDays(addMonths(first, 1), -1));
}

function fuelInput({ flow, dims, sums }: FigureRow, { segments }: SiteEnergy, { start, end }: Period): FuelInput {
  const activity = dims.activity as Activity;
  const days = unionOf(segments.filter(({ meter, flow: own }) => meter.activity === activity && own === flow));
  const coverage = rowCoverage(sums);
  const [unit = 'kWh'] = sums.units;
  return {
    fuel: FUEL_OF[activity] ?? 'Other',
    activity,
    flow,
    consumptionKwh: flow === 'use' ? sums.energyKwh : (sums.quantities.get('kWh') ?? null),
    metered: { value: sums.quantities.get(unit) ?? null, unit },
    selfUseKwh: sums.selfUseKwh,
    startDay: later(days[0]?.start ?? start, start),
    lastDay: addDays(earlier(days.at(-1)?.end ?? end, end), -1),
    estimate: coverage === null || coverage.actual < 1,
    coverage,
  };
}

function noticesOf(
  period: Period,
  areas: readonly FloorArea[],
  fuels: readonly FuelInput[],
  today: LocalDay,
): string[] {
  const notices = periodFaults(period, today).map(({ detail }) => detail);
  if (areas.length === 0)
    notices.push('no floor area is recorded for these days: the assessor needs the useful floor area');
  if (areas.length > 1)
    notices.push('the floor area changes within the period: the assessor needs the one that is certified');
  for (const { flow, activity, coverage, startDay, lastDay } of fuels) {
    if (flow !== 'use') continue;
    if (coverage !== null && coverage.missing > 0)
      notices.push(`a share of ${coverage.missing} of ${activity} is missing, and is not in the consumption`);
    if (startDay > period.start || addDays(lastDay, 1) < period.end)
      notices.push(`${activity} was in service from ${startDay} to ${lastDay} alone`);
  }
  if (fuels.some(({ flow }) => flow !== 'use'))
    notices.push(
      'what is metered beside the totals (generation, export, sub-meters, heat of an own network) is listed with its flow, and is in no consumption',
    );
  return notices;
}

/** The assessor's input for a site, made of the figures that anybody may ask for as consumption (rule J). */
export function certificateInput(
  site: Site,
  energy: SiteEnergy,
  certificates: readonly StandingCertificate[],
  period: Period,
  today: LocalDay,
): CertificateInput {
  const floorAreas = datedSpans(site.floorAreas)
    .filter((span) => intersect(span, period) !== null)
    .map(({ value }) => value);
  const fuels = energy.rows.map((row) => fuelInput(row, energy, period));
  const since = sameDate(period.end, -MONTHS_OF_PREVIOUS);
  const previous = certificates
    .filter(({ kind, validFrom, validUntil }) => kind === 'dec' && validFrom < period.end && validUntil >= since)
    .sort((a, b) => (a.validFrom > b.validFrom ? -1 : 1));
  return {
    site,
    period,
    nominatedBy: sameDate(addDays(period.end, -1), MONTHS_TO_NOMINATE),
    floorAreas,
    fuels,
    previous,
    notices: noticesOf(period, floorAreas, fuels, today),
  };
}
