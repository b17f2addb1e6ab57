import { RESOLUTIONS_MINUTES } from '../interval-profile.ts';
import { MINUTE_MS } from './local-days.ts';
import type { CellFault } from './row-fault.ts';

const SHORTEST_DAY_MINUTES = 1380;
const LONGEST_DAY_MINUTES = 1500;
const DAY_MINUTES = 1440;

/** Counts the steps between the rows of one meter, whichever way they run. */
export type StepCounter = {
  next(instantMs: number): void;
  /** The commonest step in minutes, or null when there was none. */
  commonest(): number | null;
};

/** Makes a counter. Equal instants are no step. */
export function createStepCounter(): StepCounter {
  const counts = new Map<number, number>();
  let previous = Number.NaN;
  return {
    next(instantMs) {
      const step = Math.abs(instantMs - previous) / MINUTE_MS;
      previous = instantMs;
      if (step > 0) counts.set(step, (counts.get(step) ?? 0) + 1);
    },
    commonest() {
      let best: number | null = null;
      for (const [step, count] of counts) {
        const most = best === null ? 0 : (counts.get(best) ?? 0);
        if (count > most || (count === most && best !== null && step < best)) best = step;
      }
      return best;
    },
  };
}

/** The resolution that rows of a step have, or what is wrong with the step. */
export function resolutionOfStep(stepMinutes: number | null): number | CellFault {
  if (stepMinutes === null)
    return {
      code: 'unknown-resolution',
      detail: 'One reading does not show how long its interval is: say so with resolutionMinutes=30, or another length',
    };
  if (stepMinutes >= SHORTEST_DAY_MINUTES && stepMinutes <= LONGEST_DAY_MINUTES) return DAY_MINUTES;
  if (RESOLUTIONS_MINUTES.some((minutes) => minutes === stepMinutes)) return stepMinutes;
  const length =
    stepMinutes > LONGEST_DAY_MINUTES
      ? `${Math.round((stepMinutes / DAY_MINUTES) * 10) / 10} days`
      : `${stepMinutes} minutes`;
  const advice =
    stepMinutes > LONGEST_DAY_MINUTES
      ? ': send quantities of longer than a day to /v1/readings as billed periods'
      : `: expected ${RESOLUTIONS_MINUTES.join(', ')} minutes`;
  return { code: 'unknown-resolution', detail: `The rows of this meter are ${length} apart${advice}` };
}
