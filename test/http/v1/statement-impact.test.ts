import t from 'tap';
import { testApp } from '../../support/app.ts';
import { writeEstate, writeReadings } from '../../support/estate.ts';
import { APPROVAL, correctFactorSet, DRAFT, sendStatement } from '../../support/statements.ts';

const service = await testApp(t);
const { send } = service;

type Figure = { figure: string; kgPublished: number; kgBefore: number; kgAfter: number; reachesThreshold: boolean };
type Impact = { statements: { statement: string; period: string; figures: Figure[] }[] };

/** Publishes a statement of a year's generation line, and gives its number. */
async function publish(period: string): Promise<string> {
  const { id } = await sendStatement(service, 'POST', '', { ...DRAFT, period, reportedLines: ['generation'] });
  await sendStatement(service, 'POST', `/${id}/publish`, APPROVAL);
  return id;
}
const impactOf = async (version: string): Promise<Impact> => {
  const response = await send('GET', `/v1/factor-sets/uk-2024/impact?version=${version}`);
  if (response.statusCode !== 200) throw new Error(response.body);
  return response.json();
};

await writeEstate(service, [{ meter: 'E', kind: 'billed' }]);
await writeReadings(service, [
  { meter: 'E', period: '2024/25', quantity: 10_000 },
  { meter: 'E', period: '2025/26', quantity: 10_000 },
]);
const published = await publish('2024/25');
await publish('2025/26');
await sendStatement(service, 'POST', '', { ...DRAFT, period: '2024/25' });
const withdrawn = await publish('2024/25');
await sendStatement(service, 'POST', `/${withdrawn}/withdraw`, { reason: 'Published twice.' });
// Since it was published: 300 kWh more, 3 %.
await writeReadings(service, [{ meter: 'E', period: '2024/25', quantity: 10_300 }]);

for (const [version, kgCo2e] of [
  ['slight', 0.2091],
  ['large', 0.22],
] as const) {
  const body = {
    ...{ publisher: 'Example Council', gwp: 'AR5', licence: 'Internal', source: 'Notice 7', basedOn: '1.1' },
    factors: [{ key: 'electricity.grid.generation', kgCo2e }],
  };
  const entered = await send('PUT', `/v1/factor-sets/uk-2024/versions/${version}`, { body });
  if (entered.statusCode !== 201) throw new Error(entered.body);
}

t.test(
  'before a version is used, each published statement tells old and new figure and whether it is restated',
  async (t) => {
    const { statements } = await impactOf('large');
    t.equal(statements.length, 1, 'not that of another year, a draft, or one that was withdrawn');
    t.match(statements, [{ statement: published, period: '2024/25' }]);
    const scope2 = statements[0]?.figures.find(({ figure }) => figure === 'scope2');
    // 10,000 and 10,300 kWh at 0.20705; 10,300 kWh at 0.22.
    t.match(scope2, {
      kgPublished: 2070.5,
      kgBefore: 2132.615,
      kgAfter: 2266,
      kgDifference: 133.385,
      reachesThreshold: true,
    });
    t.strictSame(
      statements[0]?.figures.map(({ figure }) => figure),
      ['scope2', 'total', 'scope2Market', 'totalMarket'],
    );
  },
);

t.test('a version that leaves a figure under the threshold says so', async (t) => {
  // 10,300 kWh at 0.2091 are 4.02 % more than was published.
  const { statements } = await impactOf('slight');
  t.ok(statements[0]?.figures.every(({ reachesThreshold }) => !reachesThreshold));
  t.match(statements[0]?.figures, [{ kgAfter: 2153.73, reachesThreshold: false }]);
});

t.test('a version without any of its factors changes no statement', async (t) => {
  t.strictSame((await impactOf('1.1')).statements, []);
});

t.test('what an activation changed in statements is kept with it', async (t) => {
  await correctFactorSet(service, 'uk-2024', 'large', 'electricity.grid.generation', 0.23);
  const history = (await send('GET', '/v1/factor-sets/uk-2024')).json();
  t.match(history.changes.at(-1).impact.statements, [
    { statement: published, figures: [{ figure: 'scope2', kgPublished: 2070.5, kgAfter: 2369 }, {}, {}, {}] },
  ]);
});
