import type { PoolClient } from 'pg';
import type { BilledPeriod, StoredBilledPeriod } from '../../domain/billed-period.ts';
import type { GasConversion } from '../../domain/gas/convert-gas.ts';
import { pricedBill } from '../../domain/gas/convert-totals.ts';
import type { RegisterMeter, StoredRead } from '../../domain/registers/register-read.ts';
import { type GasContexts, gasContexts } from '../gas/gas-contexts.ts';
import { storeConversions } from '../gas/gas-conversions.ts';
import { currentBills } from './billed-periods.ts';
import { currentReads, registerMeters } from './register-reads.ts';

/** The bills and register reads that stand for locked meters, and how their volumes of gas become energy. */
export type StandingEvidence = {
  standing: Map<number, StoredBilledPeriod[]>;
  stored: Map<number, StoredRead[]>;
  meters: Map<number, RegisterMeter>;
  gas: GasContexts;
};

/** A bill with its energy, where its meter's volumes become energy. */
export function priced<Bill extends BilledPeriod>(bill: Bill, gas: GasContexts): Bill {
  const context = gas.get(bill.meterId);
  return context === undefined ? bill : pricedBill(bill, context);
}

/** Reads the evidence of locked meters; `billed` and `read` are those for which volumes or reads arrive now. */
export async function standingEvidence(
  client: PoolClient,
  meterIds: readonly number[],
  billed: readonly number[],
  read: readonly number[],
): Promise<StandingEvidence> {
  const bills = await currentBills(client, meterIds);
  const stored = await currentReads(client, meterIds);
  const meters = await registerMeters(client, [...new Set([...stored.keys(), ...read])]);
  const inVolume = [...bills].flatMap(([meterId, own]) => (own.some(({ volume }) => volume !== null) ? meterId : []));
  const gas = await gasContexts(client, meterIds, new Set([...billed, ...inVolume]));
  const standing = new Map([...bills].map(([meterId, own]) => [meterId, own.map((bill) => priced(bill, gas))]));
  return { standing, stored, meters, gas };
}

/** Keeps how the volumes of bills and registers were converted. Returns how many rows were ended or written. */
export async function storeSpanConversions(
  client: PoolClient,
  gas: GasContexts,
  conversions: ReadonlyMap<number, readonly GasConversion[]>,
  changeId: string,
): Promise<number> {
  let written = 0;
  for (const meterId of gas.keys()) {
    const own = conversions.get(meterId) ?? [];
    written += await storeConversions(client, meterId, ['billed', 'register'], null, own, changeId);
  }
  return written;
}
