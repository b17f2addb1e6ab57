import { checkDated, datedSpans } from '../dated.ts';
import { unionOf } from '../day-spans.ts';
import type { Dated } from '../estate.ts';
import type { Gas } from '../factor-resolution.ts';
import type { DaySpan, LocalDay } from '../local-day.ts';
import { type Fault, Refusal } from '../refusal.ts';

/** Words that a meter's `heatNetwork` may be beside the key of a network. */
export const HEAT_NETWORK_WORDS = ['district', 'none', 'council'] as const;

export const HEAT_OPERATORS = ['council', 'third-party'] as const;
export type HeatOperator = (typeof HEAT_OPERATORS)[number];

/** Who runs a network, from a day on; the first entry holds since ever. */
export type HeatOperation = { from?: LocalDay; operatedBy: HeatOperator };

export const HEAT_SOURCES = [
  'energy-from-waste',
  'gas',
  'biomass',
  'heat-pump',
  'waste-heat',
  'mixed',
  'other',
] as const;

/** Where the own factor of a network is reckoned: at the meter of the building, or where the heat is made. */
export const HEAT_POINTS = ['delivered', 'generated'] as const;

/** What an own factor rests on. `allocation` says how the emissions of a plant were divided, which a factor of 0 must. */
export type HeatEvidence = { description: string; url?: string; allocation?: string };

/** A network's own factor on the days [validFrom, validTo), in kilograms per kWh of heat at `at` (rule B5). */
export type HeatFactor = {
  value: number;
  at: (typeof HEAT_POINTS)[number];
  /** Share of the delivered factor that is lost on the way, 0 to 1; only where `at` is delivered. */
  lossShare?: number;
  /** Whether the value holds the upstream emissions already. */
  upstreamIncluded: boolean;
  /** The supplier's own upstream emissions beside the value, in kilograms per kWh. */
  upstreamValue?: number;
  gases: Gas;
  evidence: HeatEvidence;
  validFrom: LocalDay;
  validTo?: LocalDay;
};

/**
 * A network that buildings buy heat from. Factors ascend and share no day. It has either one operator, or `operators` by
 * date where it changed hands.
 */
export type HeatNetwork = {
  key: string;
  name: string;
  operatedBy?: HeatOperator;
  operators?: readonly HeatOperation[];
  source?: (typeof HEAT_SOURCES)[number];
  factors: readonly HeatFactor[];
};

const FAR: LocalDay = '9999-01-01';

/** Who runs a network, by date (rule B6). */
export function operationsOf({ operatedBy, operators = [] }: HeatNetwork): Dated<{ operatedBy: HeatOperator }>[] {
  const single = operatedBy === undefined ? [] : [{ operatedBy }];
  return [...single, ...operators].map((entry: HeatOperation) => ({ ...entry, from: entry.from ?? null }));
}

/** The days on which the council runs a network itself. */
export function councilDays(network: HeatNetwork): DaySpan[] {
  const spans = datedSpans(operationsOf(network)).filter(({ value }) => value.operatedBy === 'council');
  return unionOf(spans);
}

/** First day on which a factor holds no longer. */
export function heatFactorEnd({ validTo }: HeatFactor): LocalDay {
  return validTo ?? FAR;
}

function factorFaults(factor: HeatFactor, before: HeatFactor | undefined, index: number): Fault[] {
  const at = (member: string): string => `/factors/${index}/${member}`;
  const faults: Fault[] = [];
  const add = (member: string, code: string, detail: string) => faults.push({ pointer: at(member), code, detail });
  if (heatFactorEnd(factor) <= factor.validFrom)
    add('validTo', 'wrong-order', `validTo is ${factor.validTo}: expected a day after validFrom ${factor.validFrom}`);
  if (before !== undefined && factor.validFrom < heatFactorEnd(before))
    add(
      'validFrom',
      'wrong-order',
      `validFrom is ${factor.validFrom}: expected ${heatFactorEnd(before)} or later, where the factor before it ends`,
    );
  if (factor.lossShare !== undefined && factor.at !== 'delivered')
    add('lossShare', 'not-applicable', "lossShare is given: it applies only where at is 'delivered'");
  if (factor.upstreamIncluded && factor.upstreamValue !== undefined)
    add('upstreamValue', 'ambiguous', 'upstreamValue is given though upstreamIncluded is true: expected one of them');
  if (factor.value === 0 && factor.evidence.allocation === undefined)
    add(
      'evidence/allocation',
      'missing',
      "value is 0 and the evidence lacks 'allocation': heat is 0 only with evidence of how the plant's emissions were allocated",
    );
  return faults;
}

function operatorFault({ operatedBy, operators }: HeatNetwork): Fault | null {
  if (operatedBy === undefined && operators === undefined) {
    const detail = "the body lacks 'operatedBy', who runs the network (or operators, for one that changed hands)";
    return { pointer: '/operatedBy', code: 'missing', detail };
  }
  if (operatedBy !== undefined && operators !== undefined) {
    const detail = 'operatedBy and operators are both given: expected one of them';
    return { pointer: '/operatedBy', code: 'ambiguous', detail };
  }
  const from = operators?.[0]?.from;
  if (from === undefined) return null;
  const detail = `the first of operators holds from ${from}: expected no first day, so that somebody runs the network on every day`;
  return { pointer: '/operators/0/from', code: 'not-applicable', detail };
}

/**
 * Checks what a schema cannot say of a heat network (rules B5, B6).
 * @throws Refusal `invalid-request` with a fault for each place.
 */
export function checkHeatNetwork(network: HeatNetwork): void {
  const { key, factors } = network;
  const faults = [
    ...[operatorFault(network)].flatMap((fault) => fault ?? []),
    ...factors.flatMap((factor, index) => factorFaults(factor, factors[index - 1], index)),
  ];
  if ((HEAT_NETWORK_WORDS as readonly string[]).includes(key)) {
    const detail = `'${key}' is a word that meters use without a network: expected another key`;
    faults.unshift({ pointer: '{network}', code: 'not-allowed', detail });
  }
  if (faults[0] !== undefined) throw new Refusal('invalid-request', faults[0].detail, faults);
  checkDated(operationsOf(network), '/operators');
}
