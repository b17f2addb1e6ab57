import t from 'tap';
import { testApp } from '../../support/app.ts';
import { writeEstate, writeReadings } from '../../support/estate.ts';
import { partsOf, readNote } from '../../support/note.ts';
import { APPROVAL, DRAFT, sendStatement } from '../../support/statements.ts';

const service = await testApp(t);
const { send } = service;

type Restatement = {
  difference: Record<string, { exactKgCo2e: string }>;
  published: Record<string, { exactKgCo2e: string }>;
  materialityThreshold: number;
  isMaterial: boolean;
  material: { figure: string }[];
  verdict: { target: string; before: string; after: string; isTurned: boolean } | null;
};

const targetOf = (emissionsKgCo2e: number) => ({
  name: 'Electricity',
  boundary: { kind: 'organisation', name: 'Example council' },
  scopes: [2],
  baseline: { period: '2023/24', kind: 'published', emissionsKgCo2e: 4000, source: 'Report of 2024' },
  milestones: [{ period: '2024/25', emissionsKgCo2e }],
  source: 'Cabinet decision',
});
/** Writes a target, and fails where it is refused. */
async function putTarget(key: string, body: object): Promise<void> {
  const response = await send('PUT', `/v1/targets/${key}`, { body });
  if (response.statusCode > 201) throw new Error(response.body);
}
const bill = (quantity: number) => writeReadings(service, [{ meter: 'E', period: '2024/25', quantity }]);
const restatementOf = (id: string) => sendStatement<Restatement>(service, 'GET', `/${id}/restatement`);
async function publish(target: string | null): Promise<string> {
  const { id } = await sendStatement(service, 'POST', '', { ...DRAFT, reportedLines: ['generation'], target });
  await sendStatement(service, 'POST', `/${id}/publish`, APPROVAL);
  return id;
}

await writeEstate(service, [{ meter: 'E', kind: 'billed' }]);
await bill(10_000);
await putTarget('t2100', targetOf(2100));
await putTarget('t3000', targetOf(3000));
const ids = new Map([
  ['2100', await publish('t2100')],
  ['3000', await publish('t3000')],
]);
const without = await publish(null);

const EXAMPLE =
  /^(\d+) kWh(?: with a target of (\d+) kg)? = \+([\d.]+) %, (\w+) then (\w+), (restated|published figure stands)$/;

t.test('a restatement follows from the threshold or from a turned verdict, as the page says (rule I2)', async (t) => {
  const examples = readNote('statements').lines('turned');
  t.equal(examples.length, 3);
  for (const line of examples) {
    const [kWh, kg, percent, before, after, outcome] = partsOf(line, EXAMPLE);
    await bill(Number(kWh));
    const found = await restatementOf(ids.get(kg || '2100') ?? '');
    const share = Number(found.difference.scope2?.exactKgCo2e) / Number(found.published.scope2?.exactKgCo2e);
    t.equal((share * 100).toFixed(1), percent, line);
    t.match(found.verdict, { before, after, isTurned: before !== after }, line);
    t.equal(found.isMaterial, outcome === 'restated', line);
    t.equal(found.material.length > 0, share >= 0.05, line);
  }
});

t.test('without a target there is no verdict to turn', async (t) => {
  await bill(10_200);
  t.match(await restatementOf(without), { verdict: null, isMaterial: false, material: [] });
});

t.test('a target that is worded anew turns nothing', async (t) => {
  await bill(10_100);
  await putTarget('t2100', targetOf(2000));
  t.match(await restatementOf(ids.get('2100') ?? ''), { verdict: { before: 'met', after: 'met' }, isMaterial: false });
  const removed = await send('DELETE', '/v1/targets/t2100');
  t.equal(removed.statusCode, 204);
  t.match(await restatementOf(ids.get('2100') ?? ''), { verdict: { before: 'met', after: 'met' } });
});

t.test('the threshold is a setting of its own', async (t) => {
  const settings = (await send('GET', '/v1/settings')).json();
  t.equal(settings.restatementThreshold, 0.05);
  t.equal((await restatementOf(without)).isMaterial, false);
  const put = (change: object) => send('PUT', '/v1/settings', { body: { ...settings, ...change } });
  t.equal((await put({ significanceThreshold: 0.001 })).statusCode, 200);
  t.match(await restatementOf(without), { materialityThreshold: 0.05, isMaterial: false });
  t.equal((await put({ restatementThreshold: 0.01 })).statusCode, 200);
  t.match(await restatementOf(without), {
    materialityThreshold: 0.01,
    isMaterial: true,
    material: [{ figure: 'scope2' }],
  });
});
