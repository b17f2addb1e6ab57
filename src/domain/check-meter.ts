import { ACTIVITY_UNITS, NET_BASIS_ACTIVITIES } from './activities.ts';
import { checkEdges } from './check-edges.ts';
import { checkDated } from './dated.ts';
import { checkMeterKey } from './identifiers/meter-key.ts';
import type { Meter } from './meter.ts';
import { type Fault, Refusal } from './refusal.ts';
import { checkTenancies, hasShare } from './tenancy.ts';

type Rule = (meter: Meter) => { field: keyof Meter; code: string; detail: string } | null;

/** Whether a meter counts wood or biogas in kWh, where net and gross, fuel and heat differ (rule B2). */
function countsBiomassEnergy({ activity, unit }: Pick<Meter, 'activity' | 'unit'>): boolean {
  return unit === 'kWh' && NET_BASIS_ACTIVITIES.includes(activity);
}

const unitRule: Rule = ({ activity, unit }) => {
  const units = ACTIVITY_UNITS[activity];
  if (units.includes(unit)) return null;
  return {
    field: 'unit',
    code: 'not-allowed',
    detail: `unit is '${unit}': expected ${units.join(' or ')} for ${activity}`,
  };
};

const basisRule: Rule = (meter) => {
  if (!countsBiomassEnergy(meter)) {
    const given = (['calorificBasis', 'measures'] as const).find((field) => meter[field] !== null);
    if (given === undefined) return null;
    return {
      field: given,
      code: 'not-applicable',
      detail: `${given} is given: it applies only to wood and biogas in kWh`,
    };
  }
  if (meter.calorificBasis !== null) return null;
  const detail = `the body lacks 'calorificBasis': ${meter.activity} in kWh says whether it is net or gross; there is no default`;
  return { field: 'calorificBasis', code: 'missing', detail };
};

const efficiencyRule: Rule = ({ measures, efficiency }) => {
  if (measures === 'heat-output' && efficiency === null)
    return {
      field: 'efficiency',
      code: 'missing',
      detail: "the body lacks 'efficiency': heat output is turned into fuel by it",
    };
  if (measures === 'heat-output' || efficiency === null) return null;
  return {
    field: 'efficiency',
    code: 'not-applicable',
    detail: "efficiency is given: it applies only where measures is 'heat-output'",
  };
};

const directionRule: Rule = ({ activity, direction }) => {
  if (direction === 'import' || activity === 'electricity' || activity === 'district-heat') return null;
  const detail = `direction is '${direction}': ${activity} can only be imported; export and generation are for electricity and district-heat`;
  return { field: 'direction', code: 'not-allowed', detail };
};

const technologyRule: Rule = ({ direction, technology }) => {
  if (technology === null || direction === 'generation') return null;
  return {
    field: 'technology',
    code: 'not-applicable',
    detail: "technology is given: it applies only where direction is 'generation'",
  };
};

const heatNetworkRule: Rule = ({ activity, heatNetwork }) => {
  if (heatNetwork === null || activity === 'district-heat') return null;
  return {
    field: 'heatNetwork',
    code: 'not-applicable',
    detail: 'heatNetwork is given: it applies only to district-heat',
  };
};

const contractRule: Rule = ({ activity, direction, contracts }) => {
  if (contracts.length === 0) return null;
  if (direction === 'import' && (activity === 'electricity' || activity === 'natural-gas')) return null;
  const detail = 'contracts are given: they apply only to meters that import electricity or natural-gas';
  return { field: 'contracts', code: 'not-applicable', detail };
};

const certificateRule: Rule = ({ activity, direction, certificates }) => {
  if (certificates.length === 0 || (activity === 'electricity' && direction === 'generation')) return null;
  const detail = 'certificates are given: they apply only to meters that generate electricity';
  return { field: 'certificates', code: 'not-applicable', detail };
};

const sewerRule: Rule = ({ activity, returnToSewer }) => {
  if (returnToSewer === null || activity === 'water') return null;
  return { field: 'returnToSewer', code: 'not-applicable', detail: 'returnToSewer is given: it applies only to water' };
};

const wastewaterRule: Rule = ({ activity, tenant }) => {
  if (activity !== 'wastewater' || tenant.length === 0) return null;
  const detail = 'tenant is given: a tenant is billed by the meter of the supply, not by that of the waste water';
  return { field: 'tenant', code: 'not-applicable', detail };
};

const capacityRule: Rule = ({ activity, agreedCapacityKva }) => {
  if (agreedCapacityKva === null || activity === 'electricity') return null;
  return {
    field: 'agreedCapacityKva',
    code: 'not-applicable',
    detail: 'agreedCapacityKva is given: it applies only to electricity',
  };
};

const heatingRule: Rule = ({ activity, direction, heatingShare }) => {
  if (heatingShare === null || (activity !== 'water' && direction === 'import')) return null;
  const detail = 'heatingShare is given: it applies only to import meters of fuel, heat and electricity';
  return { field: 'heatingShare', code: 'not-applicable', detail };
};

const gasRule: Rule = (meter) => {
  const { activity, volumeCorrected, correctionFactor, correctionFrom } = meter;
  const given = volumeCorrected
    ? 'volumeCorrected'
    : (['correctionFactor', 'correctionFrom', 'calorificZone'] as const).find((field) => meter[field] !== null);
  if (given === undefined) return null;
  if (activity !== 'natural-gas')
    return { field: given, code: 'not-applicable', detail: `${given} is given: it applies only to natural-gas` };
  if (volumeCorrected && correctionFactor !== null) {
    const detail = 'volumeCorrected and correctionFactor are both given: volumes that are corrected already have none';
    return { field: 'correctionFactor', code: 'ambiguous', detail };
  }
  if (correctionFrom === null || volumeCorrected || correctionFactor !== null) return null;
  const detail = 'correctionFrom is given: it says since when volumeCorrected or correctionFactor holds';
  return { field: 'correctionFrom', code: 'not-applicable', detail };
};

const parentRule: Rule = ({ key, parent }) => {
  if (parent !== key) return null;
  return {
    field: 'parent',
    code: 'cycle',
    detail: `parent is '${key}', the meter itself: expected the meter that feeds it`,
  };
};

const tenantRule: Rule = ({ tenant, parent, direction }) => {
  const sharing = tenant.filter(hasShare);
  const fits = parent === null ? sharing.length === tenant.length : sharing.length === 0;
  if (tenant.length === 0 || (fits && direction === 'import')) return null;
  const detail =
    parent === null || direction !== 'import'
      ? "tenant is given: it applies only to an import meter below another, whose key is its 'parent', or with the floorAreaM2 or share of each tenant to a main meter"
      : 'tenant has floorAreaM2 or share: a sub-meter measures its tenants, only a main meter is shared';
  return { field: 'tenant', code: 'not-applicable', detail };
};

const RULES = [
  unitRule,
  basisRule,
  efficiencyRule,
  directionRule,
  technologyRule,
  heatNetworkRule,
  contractRule,
  certificateRule,
  sewerRule,
  wastewaterRule,
  capacityRule,
  heatingRule,
  gasRule,
  parentRule,
  tenantRule,
];

/**
 * Checks what a schema cannot say of a meter (rules B2, B4, B6, C4, D3).
 * @throws Refusal `invalid-request` with a fault for each field.
 */
export function checkMeter(meter: Meter): void {
  const faults = RULES.flatMap((rule): Fault[] => {
    const broken = rule(meter);
    return broken === null ? [] : [{ pointer: `/${broken.field}`, code: broken.code, detail: broken.detail }];
  });
  if (faults[0] !== undefined) throw new Refusal('invalid-request', faults[0].detail, faults);
  checkEdges(meter.from, meter.to, ['from', 'to']);
  checkDated(meter.placements, '/placements');
  checkDated(meter.contracts, '/contracts');
  checkDated(meter.certificates, '/certificates');
  checkTenancies(meter.tenant);
  checkMeterKey(meter.key, meter.activity);
}

/** What a biomass meter in kWh measures when it does not say: the fuel. Nothing for any other meter. */
export function defaultMeasures(meter: Pick<Meter, 'activity' | 'unit'>): Meter['measures'] {
  return countsBiomassEnergy(meter) ? 'fuel' : null;
}
