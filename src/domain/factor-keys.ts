import { ACTIVITY_UNITS, type Activity } from './activities.ts';
import { factorLinesOf } from './factor-lines.ts';

/** Keys of every published factor that figures of an activity may take, whatever its unit, basis and network. */
export function factorKeysOf(activity: Activity): string[] {
  const keys = new Set<string>();
  for (const unit of ACTIVITY_UNITS[activity])
    for (const calorificBasis of ['gross', 'net'] as const)
      for (const heatNetwork of ['district', 'none'] as const)
        for (const line of factorLinesOf({ activity, unit, calorificBasis, heatNetwork })) keys.add(line.factorKey);
  return [...keys].sort();
}
