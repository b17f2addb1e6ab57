import type { TestApp } from './app.ts';
import { writeEstate, writeReadings } from './estate.ts';

/** A draft of a statement that says all it has to. */
export const DRAFT = {
  title: 'Greenhouse gas statement 2024/25',
  period: '2024/25',
  policy: 'reporting-year',
  reportedLines: ['all'],
  consolidationApproach: 'operational-control',
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

/** A corrected version of a factor set, active in the place of the one that was. */
export async function correctFactorSet(service: TestApp, key: string, version: string, factor: string, kg: string) {
  const { pool } = service.database;
  const { rows } = await pool.query<{ id: string }>(
    `with stamped as (
       update clock c set seq = c.seq + 1, config_seq = c.seq + 1, recorded_at = greatest(clock_timestamp(), c.recorded_at + interval '1 microsecond')
       returning c.seq, c.recorded_at)
     insert into change (seq, recorded_at, kind, principal) select s.seq, s.recorded_at, 'factor-set', 'test' from stamped s returning id`,
  );
  const change = rows[0]?.id;
  const before = await pool.query<{ id: number }>(
    'update factor_set s set superseded_by = $2 where s.key = $1 and s.superseded_by is null and s.activated_by is not null returning s.id',
    [key, change],
  );
  const old = before.rows[0]?.id;
  const made = await pool.query<{ id: number }>(
    `insert into factor_set (key, version, year, title, publisher, published_on, gwp, licence, source, digest, change_id, activated_by)
     select s.key, $2, s.year, s.title, s.publisher, s.published_on, s.gwp, s.licence, s.source, s.digest, $3, $3 from factor_set s where s.id = $1 returning id`,
    [old, version, change],
  );
  await pool.query(
    `insert into factor (set_id, key, name, unit, scope, kg_co2e, kg_co2, source, confidence)
     select $2, f.key, f.name, f.unit, f.scope, case when f.key = $3 then $4::numeric else f.kg_co2e end, f.kg_co2, f.source, f.confidence
     from factor f where f.set_id = $1`,
    [old, made.rows[0]?.id, factor, kg],
  );
}
