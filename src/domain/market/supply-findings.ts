import { cutAt, unionOf } from '../day-spans.ts';
import type { Decimal } from '../decimal.ts';
import type { Estate, EstateMeter } from '../estate.ts';
import { type DaySpan, intersect, type LocalDay } from '../local-day.ts';
import { councilDays, heatFactorEnd } from '../supply/heat-network.ts';
import { networkOf } from '../supply/heat-supply.ts';
import type { Allocation, ClaimResult } from './allocate.ts';
import { coveredDays } from './coverage-plan.ts';
import { standingOf } from './instrument-standing.ts';

/** What can be odd about the records of bought energy. */
export const SUPPLY_CHECKS = [
  'instrument-not-used',
  'certificate-surplus',
  'certificate-overlap',
  'heat-factor-expired',
] as const;

/** Something odd about an instrument or heat network. Figures say what they do about it; nothing is mended here. */
export type SupplyFinding = DaySpan & {
  check: (typeof SUPPLY_CHECKS)[number];
  record: string;
  detail: string;
  seen: Decimal | null;
  expected: Decimal | null;
};

const plain = { seen: null, expected: null };

function claimFindings({ instrument, surplusKwh, availableKwh, overlaps, kWh, provisional }: Claimed): SupplyFinding[] {
  const where = { record: instrument.key, start: instrument.from, end: instrument.to };
  const findings: SupplyFinding[] = [];
  const sofar = provisional ? ' so far: its span is running' : '';
  if (surplusKwh.gt(0))
    findings.push({
      check: 'certificate-surplus',
      ...where,
      detail: `it states ${kWh} kWh, of which ${surplusKwh.toDecimalPlaces(6)} cover no use${sofar}; they are not carried over`,
      seen: kWh,
      expected: availableKwh,
    });
  if (overlaps.length > 0)
    findings.push({
      check: 'certificate-overlap',
      ...where,
      detail: `${overlaps.join(', ')} cover some of the same meter-days and come first; a kWh is covered once`,
      ...plain,
    });
  return findings;
}

type Claimed = ClaimResult & { kWh: Decimal };

function unusedFindings(estate: Estate, asked: ReadonlySet<EstateMeter>, window: DaySpan): SupplyFinding[] {
  return estate.supply.instruments.flatMap((instrument): SupplyFinding[] => {
    const { key: record, from: start, to: end } = instrument;
    if (intersect({ start, end }, window) === null) return [];
    if (!coveredDays(instrument, estate).some(({ meter }) => asked.has(meter))) return [];
    return standingOf(instrument).reasons.map(({ code, detail }) => {
      return { check: 'instrument-not-used', record, start, end, detail: `${code}: ${detail}`, ...plain };
    });
  });
}

function expiredFactors(estate: Estate, asked: ReadonlySet<EstateMeter>, window: DaySpan): SupplyFinding[] {
  const networks = new Set([...asked].flatMap(({ heatNetwork }) => networkOf(heatNetwork, estate) ?? []));
  return [...networks].flatMap((network): SupplyFinding[] => {
    const { key: record, factors } = network;
    const first = factors[0];
    const days = first === undefined ? null : intersect({ start: first.validFrom, end: FAR }, window);
    if (days === null) return [];
    const known = factors.map((factor) => ({ start: factor.validFrom, end: heatFactorEnd(factor) }));
    return cutAt(days, unionOf([...known, ...councilDays(network)]))
      .filter(({ inside }) => !inside)
      .map(({ start, end }) => {
        const detail = 'its own factor has run out and none follows: the national factor stands on these days';
        return { check: 'heat-factor-expired', record, start, end, detail, ...plain };
      });
  });
}

const FAR: LocalDay = '9999-01-01';

/** What is odd about the records of bought energy that cover any of the asked meters in `window` (rules B5, C1, C3). */
export function supplyFindings(
  estate: Estate,
  meters: readonly EstateMeter[],
  window: DaySpan,
  { results }: Allocation,
): SupplyFinding[] {
  const asked = new Set(meters);
  const claims = results
    .filter(({ instrument, used }) => {
      const days = { start: instrument.from, end: instrument.to };
      return (
        used && intersect(days, window) !== null && coveredDays(instrument, estate).some((c) => asked.has(c.meter))
      );
    })
    .map((result) => ({ ...result, kWh: result.usedKwh.plus(result.surplusKwh) }));
  return [
    ...unusedFindings(estate, asked, window),
    ...claims.flatMap(claimFindings),
    ...expiredFactors(estate, asked, window),
  ];
}
