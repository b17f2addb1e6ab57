import { DEMO_ORGANISATION } from '../demo-estate.ts';
import type { ApiClient } from './api-client.ts';

/** Key of the target of the demonstration. */
export const DEMO_TARGET = 'synthetic-halve-by-2030';

/** An invented target for the invented council. It covers scope 3 too, so that a site handed to a trust stays in it. */
const TARGET = {
  name: 'Synthetic target: half of 2022/23 by 2030/31',
  boundary: { kind: 'organisation', name: DEMO_ORGANISATION },
  scopes: [1, 2, 3],
  baseline: { period: '2022/23', kind: 'computed' },
  milestones: [{ period: '2030/31', reductionPercent: 50 }],
  source: 'Invented for the demonstration; no council has adopted it.',
};

/** Writes the target. The same again changes nothing. */
export async function loadTarget(api: ApiClient): Promise<void> {
  await api.put(`/v1/targets/${DEMO_TARGET}`, TARGET);
}
