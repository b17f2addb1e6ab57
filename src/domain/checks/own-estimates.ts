import { estimatedRuns } from '../estimation/estimated-runs.ts';
import type { DayEstimate } from '../estimation/own-estimate.ts';
import { MICRO } from '../interval-profile.ts';
import { type MeterFinding, printed } from './finding.ts';

/** What this service estimated itself, with how (rule E11): it stands until data arrives. */
export function checkOwnEstimates(estimates: readonly DayEstimate[], unit: string): MeterFinding[] {
  return estimatedRuns(estimates).map(({ start, end, method, minutes, quantityMicro }) => {
    const seen = Number(quantityMicro) / MICRO;
    const detail = `${printed(seen)} ${unit} over ${printed(minutes / 60)} hours are estimated by this service (${method}), until data arrives`;
    return { check: 'own-estimate', start, end, detail, seen, expected: null, unit };
  });
}
