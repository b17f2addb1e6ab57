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
  verdicts: { target: string; isNamed: boolean; before: string; after: string; isTurned: boolean }[];
};

const targetOf = (emissionsKgCo2e: number, change: object = {}) => ({
  name: 'Electricity',
  boundary: { kind: 'organisation', name: 'Example council' },
  scopes: [2],
  baseline: { period: '2023/24', kind: 'published', emissionsKgCo2e: 4000, source: 'Report of 2024' },
  milestones: [{ period: '2024/25', emissionsKgCo2e }],
  source: 'Cabinet decision',
  status: 'draft',
  ...change,
});
/** Writes a target, and fails where it is refused. */
async function putTarget(key: string, body: object): Promise<void> {
  const response = await send('PUT', `/v1/targets/${key}`, { body });
  if (response.statusCode > 201) throw new Error(response.body);
}
const bill = (quantity: number) => writeReadings(service, [{ meter: 'E', period: '2024/25', quantity }]);
const restatementOf = (id: string) => sendStatement<Restatement>(service, 'GET', `/${id}/restatement`);
async function publish(target: string | null, sites: string[] = []): Promise<string> {
  const { id } = await sendStatement(service, 'POST', '', { ...DRAFT, reportedLines: ['generation'], target, sites });
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
    t.match(found.verdicts, [{ isNamed: true, before, after, isTurned: before !== after }], line);
    t.equal(found.verdicts.length, 1, line);
    t.equal(found.isMaterial, outcome === 'restated', line);
    t.equal(found.material.length > 0, share >= 0.05, line);
  }
});

t.test('without a target there is no verdict to turn', async (t) => {
  await bill(10_200);
  t.match(await restatementOf(without), { verdicts: [], isMaterial: false, material: [] });
});

t.test('a target that is worded anew turns nothing', async (t) => {
  await bill(10_100);
  await putTarget('t2100', targetOf(2000));
  t.match(await restatementOf(ids.get('2100') ?? ''), {
    verdicts: [{ before: 'met', after: 'met' }],
    isMaterial: false,
  });
  const removed = await send('DELETE', '/v1/targets/t2100');
  t.equal(removed.statusCode, 204);
  t.match(await restatementOf(ids.get('2100') ?? ''), { verdicts: [{ before: 'met', after: 'met' }] });
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

t.test(
  'any target that was adopted then can turn, named or not, where it counts what was corrected (rule I2)',
  async (t) => {
    const part = (site: string) => ({ boundary: { kind: 'organisation', name: 'A part', part: { sites: [site] } } });
    await writeEstate(service, [
      { meter: 'F', kind: 'billed', site: 'T' },
      { meter: 'G', activity: 'natural-gas', kind: 'billed', site: 'T' },
    ]);
    const year = (meter: string, quantity: number) => writeReadings(service, [{ meter, period: '2024/25', quantity }]);
    await year('E', 10_000);
    await year('F', 10_000);
    await year('G', 10_000);
    // 20,000 kWh of electricity at 0.20705 are 4,141 kg; 10,000 kWh of gas at 0.1829 are 1,829 kg.
    await putTarget('adopted', targetOf(4200, { status: 'adopted' }));
    await putTarget('of-t', targetOf(2100, { status: 'adopted', ...part('T') }));
    await putTarget('of-gas', targetOf(1900, { status: 'adopted', scopes: [1] }));
    await putTarget('drafted', targetOf(4200, { status: 'draft' }));
    const whole = await publish(null);
    const ofS = await publish(null, ['S']);
    await putTarget('later', targetOf(4200, { status: 'adopted' }));
    const turned = ({ verdicts }: Restatement) =>
      verdicts.filter(({ isTurned }) => isTurned).map(({ target }) => target);

    t.match(await restatementOf(whole), { isMaterial: false });
    t.strictSame(turned(await restatementOf(whole)), []);
    await year('E', 10_300);
    const found = await restatementOf(whole);
    t.strictSame(turned(found), ['adopted'], 'neither a draft nor one that came later');
    t.match(found, { material: [], isMaterial: true, verdicts: [{ isNamed: false, before: 'met', after: 'missed' }] });
    t.strictSame(turned(await restatementOf(ofS)), ['adopted'], 'that of the other site is no matter of this one');

    await year('G', 10_400);
    await year('F', 10_200);
    t.strictSame(turned(await restatementOf(whole)), ['adopted', 'of-gas', 'of-t']);
    await year('E', 10_000);
    await year('F', 10_000);
    const gasOnly = await restatementOf(ofS);
    t.strictSame(turned(gasOnly), ['of-gas']);
    t.equal(gasOnly.isMaterial, false, 'no figure of the statement has changed');
  },
);
