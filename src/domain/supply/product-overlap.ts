import type { Dated } from '../estate.ts';
import { type DaySpan, intersect, type LocalDay } from '../local-day.ts';
import { Refusal } from '../refusal.ts';
import type { Instrument } from './instrument.ts';

/** A meter with the contracts that supply it, from a day on. */
export type ContractedMeter = { key: string; contracts: readonly Dated<{ contract: string | null }>[] };

const NEAR: LocalDay = '0001-01-01';
const FAR: LocalDay = '9999-01-01';

/** The days on which a contract supplies a meter. */
export function contractDays({ contracts }: Pick<ContractedMeter, 'contracts'>, contract: string): DaySpan[] {
  return contracts.flatMap((entry, index) => {
    const span = { start: entry.from ?? NEAR, end: contracts[index + 1]?.from ?? FAR };
    return entry.contract === contract ? [span] : [];
  });
}

const spanOf = ({ from, to }: Instrument): DaySpan => ({ start: from, end: to });

/** The days on which a product supplies a meter, whether there is data for them or not. */
function suppliedDays(product: Instrument, meter: ContractedMeter): DaySpan[] {
  const span = spanOf(product);
  if (product.contract === undefined) return product.meters?.includes(meter.key) === true ? [span] : [];
  return contractDays(meter, product.contract).flatMap((days) => intersect(days, span) ?? []);
}

type Overlap = DaySpan & { what: string; other: Instrument };

function overlapOf(product: Instrument, other: Instrument, meters: readonly ContractedMeter[]): Overlap | null {
  const shared = intersect(spanOf(product), spanOf(other));
  if (shared === null) return null;
  if (product.contract !== undefined && product.contract === other.contract)
    return { ...shared, what: `contract '${product.contract}'`, other };
  for (const meter of meters)
    for (const days of suppliedDays(product, meter))
      for (const beside of suppliedDays(other, meter)) {
        const both = intersect(days, beside);
        if (both !== null) return { ...both, what: `meter '${meter.key}'`, other };
      }
  return null;
}

function refuse(product: Instrument, { what, other, start, end }: Overlap, pointer: string): never {
  const detail = `${what} has the products '${product.key}' and '${other.key}' from ${start} to ${end}: expected one supplier's product on a day`;
  throw new Refusal('invalid-request', detail, [{ pointer, code: 'overlapping', detail }]);
}

/** The meters that a product may supply: those it names, and those with any contract. */
function metersOf(product: Instrument, others: readonly Instrument[], contracted: readonly ContractedMeter[]) {
  const known = new Set(contracted.map(({ key }) => key));
  const named = [product, ...others].flatMap(({ meters = [] }) => meters.filter((key) => !known.has(key)));
  return [...contracted, ...[...new Set(named)].map((key) => ({ key, contracts: [] }))];
}

/**
 * Refuses a supplier's product for meter-days or a contract that another one supplies (rule C1): a kWh has one tariff, and
 * nothing says which of two.
 * @throws Refusal `invalid-request` naming both products, what they share and the days.
 */
export function checkProduct(
  product: Instrument,
  others: readonly Instrument[],
  contracted: readonly ContractedMeter[],
): void {
  const meters = metersOf(product, others, contracted);
  for (const other of others) {
    const overlap = other.key === product.key ? null : overlapOf(product, other, meters);
    if (overlap !== null) refuse(product, overlap, product.contract === undefined ? '/meters' : '/contract');
  }
}

/**
 * Refuses contracts of a meter by which two products would supply it on a day.
 * @throws Refusal `invalid-request` naming both products and the days.
 */
export function checkContracts(meter: ContractedMeter, products: readonly Instrument[]): void {
  products.forEach((product, index) => {
    for (const other of products.slice(index + 1)) {
      const overlap = overlapOf(product, other, [meter]);
      if (overlap !== null) refuse(product, overlap, '/contracts');
    }
  });
}
