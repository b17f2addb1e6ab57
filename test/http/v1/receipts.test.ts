import { createHash } from 'node:crypto';
import t from 'tap';
import { testApp } from '../../support/app.ts';
import { writeEstate, writeReadings } from '../../support/estate.ts';

const service = await testApp(t);
const { send, database } = service;

type Difference = {
  pointer: string;
  line: Record<string, unknown> | null;
  member: string;
  expected: string;
  found: string;
};
type Verified = { result: string; digest: Record<string, string>; differences: Difference[] };
type Receipt = {
  content: { lines: Record<string, unknown>[]; totals: Record<string, unknown>; knowledge: { seq: string } };
  digest: string;
};

await writeEstate(service, [
  { meter: 'EL', kind: 'billed' },
  { meter: 'GAS', activity: 'natural-gas', kind: 'billed' },
]);
await writeReadings(service, [
  { meter: 'EL', period: '2024/25', quantity: 10000 },
  { meter: 'GAS', period: '2024/25', quantity: 20000 },
]);

const make = async (body: object): Promise<Receipt> => {
  const response = await send('POST', '/v1/receipts', { scope: 'read', body });
  if (response.statusCode !== 200) throw new Error(response.body);
  return response.json();
};
const verify = async (receipt: object): Promise<Verified> => {
  const response = await send('POST', '/v1/receipts/verify', { scope: 'read', body: receipt });
  if (response.statusCode !== 200) throw new Error(response.body);
  return response.json();
};
/** Alters what is stored by hand, looks, and puts it back. */
async function altered<T>(change: string, restore: string, work: () => Promise<T>): Promise<T> {
  const { rowCount } = await database.pool.query(change);
  if (rowCount !== 1) throw new Error(`${rowCount} rows: ${change}`);
  try {
    return await work();
  } finally {
    await database.pool.query(restore);
  }
}

/** Canonical JSON of a value that is its own canonical form but for the order of members. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, member]) => [name, sorted(member)]),
  );
}

const receipt = await make({ period: '2024/25', groupBy: 'activity' });
// Overwritten since, so that the receipt rests on kept states of its days.
await writeReadings(service, [{ meter: 'GAS', period: '2024/25', quantity: 30000 }]);

t.test('the digest is SHA-256 over the canonical content, which anybody can compute', async (t) => {
  const text = JSON.stringify(sorted(receipt.content));
  t.equal(createHash('sha256').update(text).digest('hex'), receipt.digest);
  t.match(receipt.content, {
    kind: 'council-carbon-receipt-1',
    question: { period: '2024/25', groupBy: 'activity' },
    totals: { scope1: { kgCo2e: '3658.000' }, scope2: { kgCo2e: '2070.500' } },
    rows: [{ row: { activity: 'electricity' } }, { row: { activity: 'natural-gas' } }],
  });
});

t.test('a receipt is equal to what is stored, after later corrections too', async (t) => {
  const verified = await verify(receipt);
  t.strictSame(verified.differences, []);
  t.equal(verified.result, 'equal');
});

t.test('one digit of a meter-day altered in the database: the lines of its meter are named', async (t) => {
  const day = `where d.day = '2024-07-01' and d.meter_id = (select m.id from meter m where m.key = 'EL')`;
  const verified = await altered(
    `update meter_day d set quantity = quantity + 0.000001 ${day}`,
    `update meter_day d set quantity = quantity - 0.000001 ${day}`,
    () => verify(receipt),
  );
  t.equal(verified.result, 'different');
  t.ok(verified.differences.length > 0);
  t.ok(verified.differences.every(({ line }) => line?.meter === 'EL'));
  t.ok(verified.differences.some(({ member }) => member === 'evidence/daysSha256'));
  t.ok(
    verified.differences.some(
      ({ member, expected, found }) => member.startsWith('evidence/parts') && expected !== found,
    ),
  );
});

t.test('two days altered so that their sum stays: the digest of the days tells', async (t) => {
  const both = (sign: string, other: string) => `with a as (update meter_day d set quantity = quantity ${sign} 1
    where d.day = '2024-07-01' and d.meter_id = (select m.id from meter m where m.key = 'EL') returning 1)
    update meter_day d set quantity = quantity ${other} 1
    where d.day = '2024-07-02' and d.meter_id = (select m.id from meter m where m.key = 'EL')`;
  const verified = await altered(both('+', '-'), both('-', '+'), () => verify(receipt));
  t.strictSame([...new Set(verified.differences.map(({ member }) => member))], ['evidence/daysSha256']);
});

t.test('one digit of a month sum altered: the line is named with what it would be', async (t) => {
  const month = `where d.month = '2024-07-01' and d.meter_id = (select m.id from meter m where m.key = 'EL')`;
  const verified = await altered(
    `update meter_month d set quantity = quantity + 1 ${month}`,
    `update meter_month d set quantity = quantity - 1 ${month}`,
    () => verify(receipt),
  );
  const metered = verified.differences.find(({ line, member }) => line?.line === 'generation' && member === 'metered');
  t.match(metered, {
    pointer: /^\/lines\/\d+\/metered$/,
    expected: '"10000"',
    found: '"10001"',
    line: { meter: 'EL' },
  });
});

t.test('one digit of a kept state altered: the lines that rested on it are named', async (t) => {
  const day = `where r.day = '2024-07-01' and r.meter_id = (select m.id from meter m where m.key = 'GAS')`;
  const verified = await altered(
    `update meter_day_revision r set quantity = quantity + 1 ${day}`,
    `update meter_day_revision r set quantity = quantity - 1 ${day}`,
    () => verify(receipt),
  );
  const metered = verified.differences.find(({ line, member }) => line?.line === 'combustion' && member === 'metered');
  t.match(metered, { expected: '"20000"', found: '"20001"', line: { meter: 'GAS' } });
  t.equal((await verify(receipt)).result, 'equal');
});

t.test('one digit of a factor altered: the lines are named, and the factor', async (t) => {
  const factor = `where f.key = 'gas.natural.gross_cv' and f.set_id = (select s.id from factor_set s where s.key = 'uk-2024')`;
  const verified = await altered(
    `update factor f set kg_co2e = kg_co2e + 0.00001 ${factor}`,
    `update factor f set kg_co2e = kg_co2e - 0.00001 ${factor}`,
    () => verify(receipt),
  );
  t.match(
    verified.differences.find(({ member }) => member === 'factorKgCo2ePerUnit'),
    { expected: '"0.1829"', found: '"0.18291"', line: { meter: 'GAS', line: 'combustion' } },
  );
  t.ok(verified.differences.some(({ pointer }) => /^\/factors\/\d+\/factorKgCo2ePerUnit$/.test(pointer)));
  t.ok(verified.differences.some(({ pointer }) => pointer === '/totals/total/kgCo2e'));
});

t.test('content altered after it was issued: its digest does not match, and the line is named', async (t) => {
  const forged = structuredClone(receipt);
  const line = forged.content.lines[0];
  if (line !== undefined) line.metered = '9999';
  const verified = await verify(forged);
  t.equal(verified.result, 'different');
  t.not(verified.digest.stated, verified.digest.ofContent);
  t.equal(verified.digest.stated, verified.digest.recomputed);
  t.match(verified.differences, [{ member: 'metered', expected: '"9999"' }]);
});

t.test('lines taken away or added are named as a whole', async (t) => {
  const cut = structuredClone(receipt);
  const [first] = cut.content.lines.splice(0, 1);
  t.match((await verify(cut)).differences, [{ pointer: '/lines/-', member: '', expected: null }]);
  const more = structuredClone(receipt);
  more.content.lines.push({ ...first, meter: 'NO' });
  t.match((await verify(more)).differences, [{ line: { meter: 'NO' }, member: '', found: null }]);
});

t.test('refusals: an unknown period, a moment to come, a member that questions do not have', async (t) => {
  const refused = async (body: object) => (await send('POST', '/v1/receipts', { body })).json();
  t.match(await refused({ period: '2024-25' }), { status: 400 });
  t.match(await refused({ period: '2024/25', asOf: '2199-01-01' }), { status: 422, type: /as-of-in-future$/ });
  t.match(await refused({ period: '2024/25', estimates: 'exclude' }), { status: 400 });
  const future = structuredClone(receipt) as unknown as { content: { knowledge: { instant: string } } };
  future.content.knowledge.instant = '2199-01-01T00:00:00Z';
  const answer = await send('POST', '/v1/receipts/verify', { body: future });
  t.match(answer.json(), { status: 422, errors: [{ pointer: '/content/knowledge/instant' }] });
});
