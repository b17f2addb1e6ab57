import { type Fault, Refusal } from '../refusal.ts';
import { pathFaults } from './check-path.ts';
import { isAreaTarget, type Target } from './target.ts';
import { targetYear } from './target-years.ts';

function fault(pointer: string, code: string, detail: string): Fault {
  return { pointer, code, detail };
}

/** What a status says of the dates beside it. */
function adoptionFaults({ key, status, adoptedOn, supersededOn, supersededBy }: Target): Fault[] {
  const faults: Fault[] = [];
  if (status === 'draft' && adoptedOn !== null)
    faults.push(fault('/adoptedOn', 'unexpected-field', 'a draft is not adopted'));
  for (const [name, value] of Object.entries({ supersededOn, supersededBy }))
    if (value !== null && status !== 'superseded')
      faults.push(fault(`/${name}`, 'unexpected-field', 'only a superseded target has a successor'));
  if (supersededBy === key) faults.push(fault('/supersededBy', 'invalid-target', 'a target does not supersede itself'));
  const length = Math.min(adoptedOn?.length ?? 0, supersededOn?.length ?? 0);
  if ((supersededOn ?? '').slice(0, length) < (adoptedOn ?? '').slice(0, length))
    faults.push(
      fault('/supersededOn', 'wrong-order', `superseded ${supersededOn}, before it was adopted ${adoptedOn}`),
    );
  return faults;
}

function budgetFaults({ budgets }: Target): Fault[] {
  return budgets.flatMap(({ start, end, kgCo2e, source }, index): Fault[] => {
    const pointer = `/budgets/${index}`;
    return [
      ...(start < end
        ? []
        : [fault(`${pointer}/end`, 'wrong-order', `a budget ends after it starts: ${start}/${end}`)]),
      ...(kgCo2e === undefined || source !== undefined
        ? []
        : [fault(`${pointer}/source`, 'required', 'a stated amount needs its source')]),
    ];
  });
}

/**
 * Checks what a schema cannot: that periods are years in order, that a milestone says one thing, that a published figure
 * has a source and an own target does not borrow an area's means.
 * @throws Refusal `invalid-request` with every fault.
 */
export function checkTarget(target: Target): void {
  const { baseline, rebasing } = target;
  const faults = [...pathFaults(target), ...budgetFaults(target), ...adoptionFaults(target)];
  const hasFigure = baseline.emissionsKgCo2e !== undefined;
  if (hasFigure && baseline.source === undefined)
    faults.push(fault('/baseline/source', 'required', 'a published figure needs its source'));
  for (const name of ['scopes', 'lines', 'gas', 'boundary', 'otherSources'] as const)
    if (baseline[name] !== undefined && !hasFigure)
      faults.push(
        fault(`/baseline/${name}`, 'unexpected-field', 'it says what a published figure counts: there is none'),
      );
  if (baseline.kind === 'computed' && hasFigure)
    faults.push(
      fault('/baseline/emissionsKgCo2e', 'unexpected-field', 'a computed baseline takes its figure from the data'),
    );
  if (baseline.kind !== 'computed' && baseline.frozenAt !== undefined)
    faults.push(
      fault('/baseline/frozenAt', 'unexpected-field', 'only a baseline that is computed from the data can be frozen'),
    );
  if (!isAreaTarget(target)) {
    if (baseline.kind === 'published' && !hasFigure)
      faults.push(
        fault(
          '/baseline/emissionsKgCo2e',
          'required',
          "a published baseline of the council's own estate needs its figure",
        ),
      );
    if (baseline.kind === 'unstated')
      faults.push(fault('/baseline/kind', 'invalid-baseline', 'expected computed or published'));
    if (target.scopes.length === 0)
      faults.push(fault('/scopes', 'required', "a target of the council's own estate names its scopes"));
    if (rebasing !== null) faults.push(fault('/rebasing', 'unexpected-field', 'a re-basing index is for area targets'));
  } else if (baseline.kind === 'computed')
    faults.push(
      fault(
        '/baseline/kind',
        'invalid-baseline',
        "an area's baseline is not computed from the council's estate: expected published or unstated",
      ),
    );
  if (isAreaTarget(target) && target.otherEmissions.length > 0)
    faults.push(
      fault('/otherEmissions', 'unexpected-field', "stated lines are of the council's own: an area has none of them"),
    );
  if (rebasing !== null) targetYear(rebasing.period, '/rebasing/period');
  if (faults.length === 0) return;
  throw new Refusal('invalid-request', `The target is not valid: ${faults[0]?.detail}`, faults);
}
