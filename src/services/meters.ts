import type { Principal } from '../domain/access.ts';
import { touchedOne } from '../domain/change-log/touched.ts';
import { checkMeter } from '../domain/check-meter.ts';
import { usableProducts } from '../domain/market/instrument-standing.ts';
import { changedFixedFields, type Meter } from '../domain/meter.ts';
import { Refusal } from '../domain/refusal.ts';
import { HEAT_NETWORK_WORDS } from '../domain/supply/heat-network.ts';
import { checkContracts } from '../domain/supply/product-overlap.ts';
import { LIMITS } from '../limits.ts';
import type { ChangeConfiguration, ConfigurationStores, PutOutcome } from './change-configuration.ts';
import { checkTenantLeases } from './lease-types.ts';
import type { LockedMeter, MeterFilter, MeterReads } from './meter-store.ts';
import { type Page, type PageRequest, pageOf } from './page.ts';
import type { Knowledge } from './past/known-at.ts';
import { sameContent } from './same-content.ts';
import { checkSharedMeter } from './shared-meters.ts';
import type { RespreadTotals } from './weather/respread-port.ts';

/** The council's metering points. */
export type Meters = {
  /** Writes a meter. The same meter again changes nothing. */
  put(meter: Meter, principal: Principal): Promise<PutOutcome<Meter>>;
  get(key: string, known: Knowledge): Promise<Meter>;
  list(filter: MeterFilter, page: PageRequest, known: Knowledge): Promise<Page<Meter>>;
  /** Deletes a meter that has no readings and feeds no other meter. */
  remove(key: string, principal: Principal): Promise<void>;
};

/** Derives the days of a gas meter's volumes anew, as a change of its own, where what turns them into energy has changed. */
export type RederiveGas = (key: string, principal: string) => Promise<void>;

const METERS_NAMED = 5;

function unknownMeter(key: string): Refusal {
  return new Refusal('unknown-meter', `There is no meter '${key}'`);
}

function refuseField(pointer: string, code: string, detail: string): never {
  throw new Refusal('invalid-request', detail, [{ pointer, code, detail }]);
}

async function siteIdsOf(meter: Meter, { sites }: ConfigurationStores): Promise<ReadonlyMap<string, number>> {
  const keys = [...new Set(meter.placements.map(({ site }) => site))];
  const ids = await sites.hold(keys);
  const missing = keys.find((key) => !ids.has(key));
  if (missing === undefined) return ids;
  const index = meter.placements.findIndex(({ site }) => site === missing);
  const pointer = meter.placements.length === 1 ? '/site' : `/placements/${index}/site`;
  return refuseField(
    pointer,
    'unknown-site',
    `There is no site '${missing}': write it first with PUT /v1/sites/${missing}`,
  );
}

async function checkParent(meter: Meter, parentId: number | null, { meters }: ConfigurationStores): Promise<void> {
  if (meter.parent === null) return;
  if (parentId === null)
    return refuseField(
      '/parent',
      'unknown-meter',
      `There is no meter '${meter.parent}': write it first with PUT /v1/meters/${meter.parent}`,
    );
  const above = [meter.parent, ...(await meters.ancestors(parentId, LIMITS.meterDepthMax))];
  if (above.includes(meter.key))
    refuseField(
      '/parent',
      'cycle',
      `parent '${meter.parent}' is itself fed by '${meter.key}': expected a meter outside the ones below it`,
    );
  if (above.length >= LIMITS.meterDepthMax)
    refuseField(
      '/parent',
      'too-deep',
      `parent '${meter.parent}' has too many meters above it: expected at most ${LIMITS.meterDepthMax} levels`,
    );
}

async function checkNetwork({ heatNetwork }: Meter, { supply }: ConfigurationStores): Promise<void> {
  if (heatNetwork === null || (HEAT_NETWORK_WORDS as readonly string[]).includes(heatNetwork)) return;
  if (await supply.hold('heat-network', heatNetwork)) return;
  refuseField(
    '/heatNetwork',
    'unknown-heat-network',
    `There is no heat network '${heatNetwork}': write it first with PUT /v1/heat-networks/${heatNetwork}, or say ${HEAT_NETWORK_WORDS.join(', ')}`,
  );
}

/** Contracts and products are written one after the other: two of them could each be right without the other. */
async function checkSuppliers(meter: Meter, { supply }: ConfigurationStores): Promise<void> {
  if (meter.contracts.length === 0 || meter.activity !== 'electricity') return;
  checkContracts(meter, usableProducts(await supply.lockKind('instrument')));
}

async function checkFixedFields(locked: LockedMeter, meter: Meter, { meters }: ConfigurationStores): Promise<void> {
  if (locked.current === null) return;
  const fields = changedFixedFields(locked.current, meter);
  if (fields.length === 0 || !(await meters.hasReadings(locked.id))) return;
  const before = locked.current;
  const faults = fields.map((field) => ({
    pointer: `/${field}`,
    code: 'immutable',
    detail: `${field} is '${before[field]}' and the meter has readings: end this meter with 'to' and write one with a new key for '${meter[field]}'`,
  }));
  throw new Refusal(
    'meter-field-immutable',
    `Meter '${meter.key}': ${faults.map(({ detail }) => detail).join('; ')}`,
    faults,
  );
}

/** What a write came to, and whether the meter declares, or declared, how much of its use heats. */
type Written = PutOutcome<Meter> & { heats: boolean };

async function write(meter: Meter, stores: ConfigurationStores): Promise<Written> {
  const { meters, changeId } = stores;
  await checkTenantLeases(meter, stores);
  const { meter: locked, parentId } = await meters.claim(meter.key, meter.parent);
  const heats = meter.heatingShare !== null || (locked.current?.heatingShare ?? null) !== null;
  const outcome = { created: locked.current === null, value: meter, heats };
  if (sameContent(locked.current, meter)) return outcome;
  await checkParent(meter, parentId, stores);
  await checkFixedFields(locked, meter, stores);
  await checkNetwork(meter, stores);
  await checkSuppliers(meter, stores);
  const siteIds = await siteIdsOf(meter, stores);
  await checkSharedMeter(meter, siteIds, stores);
  await meters.write(locked.id, await changeId(), { meter, parentId, siteIds });
  return outcome;
}

async function remove(key: string, { meters, changeId }: ConfigurationStores): Promise<void> {
  const locked = await meters.lock(key);
  if (locked === null || locked.current === null) throw unknownMeter(key);
  if (await meters.hasReadings(locked.id))
    throw new Refusal('meter-has-readings', `Meter '${key}' has readings: give it an end date with 'to' instead`);
  const children = await meters.children(locked.id, METERS_NAMED);
  if (children.length > 0)
    throw new Refusal(
      'conflict',
      `Meter '${key}' feeds the meters ${children.join(', ')}: give them another parent first`,
    );
  await meters.end(locked.id, await changeId());
}

/** Builds the use cases of meters. */
export function createMeters(
  reads: MeterReads,
  change: ChangeConfiguration,
  rederiveGas: RederiveGas,
  respread: RespreadTotals,
): Meters {
  return {
    async put(meter, principal) {
      checkMeter(meter);
      const { heats, ...outcome } = await change(
        { kind: 'meter', principal, touched: touchedOne('meter', meter.key) },
        (stores) => write(meter, stores),
      );
      // After every write, even of the same meter: should the process have died between the two, writing it again heals.
      if (meter.activity === 'natural-gas' && !outcome.created) await rederiveGas(meter.key, principal.label);
      if (heats && !outcome.created) await respread({ meter: meter.key }, principal.label);
      return outcome;
    },

    async get(key, { seq }) {
      const meter = await reads.find(key, seq);
      if (meter === null) throw unknownMeter(key);
      return meter;
    },

    async list(filter, page, { seq }) {
      return pageOf(await reads.list(filter, page, seq), page.limit, (meter) => meter.key);
    },

    async remove(key, principal) {
      await change({ kind: 'meter', principal, touched: touchedOne('meter', key) }, (stores) => remove(key, stores));
    },
  };
}
