import { ACTIVITY_UNITS, figureUnit, type Unit } from '../activities.ts';
import { type Fault, Refusal } from '../refusal.ts';
import { type Measure, type QuantityChange, takesWholeSite } from './measure.ts';

const fault = (pointer: string, code: string, detail: string): Fault => ({ pointer, code, detail });

function amountFaults({ perYear, percent, replaces }: QuantityChange, pointer: string): Fault[] {
  const stated = [perYear, percent, replaces].filter((amount) => amount !== null).length;
  if (stated === 1) return [];
  return [fault(pointer, 'ambiguous-change', 'a change states exactly one of perYear, percent and replaces')];
}

function unitFaults({ activity, unit }: QuantityChange, pointer: string): Fault[] {
  const units = [...new Set(ACTIVITY_UNITS[activity].map((each): Unit => figureUnit(activity, each)))];
  if (units.includes(unit)) return [];
  return [fault(`${pointer}/unit`, 'wrong-unit', `figures count ${activity} in ${units.join(' or ')}, not in ${unit}`)];
}

/** What takes the place of something follows from what the same measure removes, so that comes before it. */
function replacementFaults(
  { activity, replaces, unit }: QuantityChange,
  before: readonly QuantityChange[],
  pointer: string,
) {
  if (replaces === null) return [];
  const faults: Fault[] = [];
  const removes = ({ activity: other, perYear, percent }: QuantityChange): boolean =>
    other === replaces.activity && Math.min(perYear ?? 0, percent ?? 0) < 0;
  if (activity === replaces.activity || !before.some(removes))
    faults.push(
      fault(
        `${pointer}/replaces/activity`,
        'nothing-removed',
        `nothing of ${replaces.activity} is removed before it: expected a change of ${replaces.activity} with a negative perYear or percent earlier in the list`,
      ),
    );
  if (unit !== 'kWh') faults.push(fault(`${pointer}/unit`, 'wrong-unit', 'what takes the place of energy is in kWh'));
  return faults;
}

function dayFaults({ from, to, changes }: Measure): Fault[] {
  const faults =
    to !== null && to <= from ? [fault('/to', 'wrong-order', `to is ${to}: expected a day after ${from}`)] : [];
  changes.forEach((change, index) => {
    if (change.from === null || (change.from >= from && (to === null || change.from < to))) return;
    const until = to === null ? '' : ` and before ${to}`;
    const detail = `the change starts on ${change.from}: expected a day of the measure, from ${from} on${until}`;
    faults.push(fault(`/changes/${index}/from`, 'wrong-order', detail));
  });
  return faults;
}

function kindFaults({ kind, changes }: Measure): Fault[] {
  if (takesWholeSite(kind) && changes.length > 0)
    return [fault('/changes', 'unexpected-field', `a ${kind} concerns all that the site uses, and states no change`)];
  if (takesWholeSite(kind) || changes.length > 0) return [];
  return [fault('/changes', 'required', 'a measure states what it changes: expected at least one change')];
}

/**
 * Checks what a schema cannot say of a measure: days in order, one amount for each change, units that figures count in.
 * @throws Refusal `invalid-request` with every fault.
 */
export function checkMeasure(measure: Measure): void {
  const { changes, costGbp, costYear } = measure;
  const faults = [...dayFaults(measure), ...kindFaults(measure)];
  changes.forEach((change, index) => {
    const pointer = `/changes/${index}`;
    faults.push(...amountFaults(change, pointer), ...unitFaults(change, pointer));
    faults.push(...replacementFaults(change, changes.slice(0, index), pointer));
  });
  if (costYear !== null && costGbp === null)
    faults.push(fault('/costYear', 'unexpected-field', 'it says which prices a cost is in: there is none'));
  if (faults.length > 0) throw new Refusal('invalid-request', `The measure is not valid: ${faults[0]?.detail}`, faults);
}
