import type { TestApp } from './app.ts';
import { writeEstate, writeReadings } from './estate.ts';

/** A draft of a statement that says all it has to. */
export const DRAFT = {
  title: 'Greenhouse gas statement 2024/25',
  period: '2024/25',
  policy: 'reporting-year',
  reportedLines: ['all'],
  boundary: 'All metered buildings that the council runs.',
  recalculationPolicy: 'The base year is recalculated when structural changes reach 5 % of it.',
  assurance: { level: 'none' },
  contact: 'energy@council.example',
} as const;

export const APPROVAL = { approver: 'A. Example', role: 'Director of Finance', approvedOn: '2026-11-22' };

/** A statement as the API answers it. */
export type StatementAnswer = {
  id: string;
  version: number;
  status: string;
  digest: string | null;
  content: {
    knowledge: { instant: string; seq: string };
    totals: Record<'scope1' | 'scope2' | 'scope3' | 'total', { exactKgCo2e: string; kgCo2e: string }>;
  } & Record<string, unknown>;
  blockers: { code: string; detail: string; overridable: boolean }[];
};

/** Sends a request about statements, and fails where it is refused. */
export async function sendStatement<Answer = StatementAnswer>(
  service: TestApp,
  method: 'GET' | 'POST' | 'PUT',
  path: string,
  body?: object,
): Promise<Answer> {
  const response = await service.send(method, `/v1/statements${path}`, body === undefined ? {} : { body });
  if (response.statusCode > 201) throw new Error(response.body);
  return response.json() as Answer;
}

/** Two sites with a year of electricity and gas; G2 lacks the four months from December 2024. */
export async function writeStatementEstate(service: TestApp): Promise<void> {
  await writeEstate(service, [
    { meter: 'E1', kind: 'billed' },
    { meter: 'G1', activity: 'natural-gas', kind: 'billed' },
    { meter: 'E2', kind: 'billed', site: 'T' },
    { meter: 'G2', activity: 'natural-gas', kind: 'billed', site: 'T', from: { on: '2024-04-01', reason: 'opened' } },
  ]);
  const area = { floorAreas: [{ areaM2: 500 }] };
  for (const site of ['S', 'T']) {
    const response = await service.send('PUT', `/v1/sites/${site}`, { body: { name: `Site ${site}`, ...area } });
    if (response.statusCode > 201) throw new Error(response.body);
  }
  await writeReadings(service, [
    { meter: 'E1', period: '2024/25', quantity: 10000 },
    { meter: 'G1', period: '2024/25', quantity: 20000 },
    { meter: 'E2', period: '2024/25', quantity: 3000 },
    { meter: 'G2', period: '2024-04-01/2024-12-01', quantity: 8000 },
  ]);
}

/** A corrected version of a factor set, active in the place of the one that it is based on. */
export async function correctFactorSet(service: TestApp, set: string, basedOn: string, factor: string, kgCo2e: number) {
  const url = `/v1/factor-sets/${set}/versions/${basedOn}-corrected`;
  const stated = { publisher: 'Example Council', gwp: 'AR5', licence: 'Internal', source: 'Correction notice 7' };
  const entered = await service.send('PUT', url, { body: { ...stated, basedOn, factors: [{ key: factor, kgCo2e }] } });
  if (entered.statusCode !== 201) throw new Error(entered.body);
  const activated = await service.send('POST', `${url}/activate`, { body: { reason: 'Correction notice 7' } });
  if (activated.statusCode !== 200) throw new Error(activated.body);
}
