import type { Principal } from '../../domain/access.ts';
import { hullOf, type Touched, touchedOne } from '../../domain/change-log/touched.ts';
import { changedYears, type FactorAccount } from '../../domain/factor-account.ts';
import { Refusal } from '../../domain/refusal.ts';
import type { ChangeConfiguration } from '../change-configuration.ts';
import { factorImpact, type ImpactDeps } from './factor-impact.ts';
import { heldVersion } from './present-version.ts';

export type ActivateDeps = ImpactDeps & { change: ChangeConfiguration };

/** What an activation did; null where the version was in use already. */
export type Activated = { changed: boolean; account: FactorAccount };

/** The set, and the days of the reporting years whose figures change with it. */
function touchedBy(account: FactorAccount): Touched {
  return touchedOne('factor-set', account.set, hullOf(changedYears(account)));
}

const WHOLE = { period: null, policy: 'reporting-year', bySite: false } as const;

/**
 * Brings a version into use, in place of the one that was (rules A7, A8): from now on figures are made with it, and figures
 * asked as of an earlier moment are not. What it changes is computed before and kept with it. The version that is in use
 * already changes nothing.
 * @throws Refusal `not-found` for an unknown version.
 */
export async function activateFactorSet(
  deps: ActivateDeps,
  { set, version, reason }: { set: string; version: string; reason: string | null },
  principal: Principal,
): Promise<Activated> {
  await heldVersion(deps.reads, set, version);
  const account = await factorImpact(deps, { set, version, ...WHOLE });
  return deps.change(
    { kind: 'factor-activation', principal, touched: touchedBy(account) },
    async ({ factors, changeId }) => {
      await factors.lock();
      const found = await factors.find(set, version);
      if (found === null) throw new Refusal('not-found', `factor set '${set}' has no version '${version}'`);
      if (found.active) return { changed: false, account };
      const id = await changeId();
      await factors.end(set, id, null);
      await factors.activate(found.setId, set, id, account, reason);
      return { changed: true, account };
    },
  );
}

/**
 * Takes a version out of use without a successor: its lines come from the newest earlier edition again (rule A4).
 * @throws Refusal `not-found` for an unknown version, `conflict` for one that is not in use.
 */
export async function withdrawFactorSet(
  deps: ActivateDeps,
  { set, version }: { set: string; version: string },
  principal: Principal,
): Promise<Activated> {
  const held = await heldVersion(deps.reads, set, version);
  const notInUse = () =>
    new Refusal('conflict', `${set} ${version} is not in use: expected a version that figures use`);
  if (!held.active) throw notInUse();
  const account = await factorImpact(deps, { set, version: null, ...WHOLE });
  return deps.change(
    { kind: 'factor-activation', principal, touched: touchedBy(account) },
    async ({ factors, changeId }) => {
      await factors.lock();
      const found = await factors.find(set, version);
      if (found?.active !== true) throw notInUse();
      await factors.end(set, await changeId(), account);
      return { changed: true, account };
    },
  );
}
