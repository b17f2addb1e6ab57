import t from 'tap';
import { testApp } from '../../support/app.ts';
import { writeEstate, writeReadings } from '../../support/estate.ts';

const service = await testApp(t);
const { send } = service;

const total = async (query: string) => {
  const { total: sums, factors } = (await send('GET', `/v1/emissions?${query}`)).json();
  return { kg: sums.emissionsKgCo2e?.total as number, scope2: sums.emissionsKgCo2e?.scope2 as number, sums, factors };
};
const put = (set: string, version: string, body: object) =>
  send('PUT', `/v1/factor-sets/${set}/versions/${version}`, { body });
const act = (set: string, version: string, what: 'activate' | 'withdraw', body: object = {}) =>
  send('POST', `/v1/factor-sets/${set}/versions/${version}/${what}`, { body });

const PUBLISHED = { publisher: 'Example Council', gwp: 'AR5', licence: 'Internal', source: 'Correction notice 7' };
const GENERATION = 'electricity.grid.generation';

await writeEstate(service, [
  { meter: 'EL', site: 'HALL' },
  { meter: 'DI', site: 'HALL', activity: 'diesel', unit: 'litre' },
]);
await writeReadings(service, [
  { meter: 'EL', period: '2024/25', quantity: 1_000_000 },
  { meter: 'EL', period: '2025/26', quantity: 1_000_000 },
  { meter: 'DI', period: '2025/26', quantity: 1000 },
]);

t.test('an entered version changes no figure before it is activated', async (t) => {
  const before = await total('period=2025/26');
  const entered = await put('uk-2025', '1-corrected', {
    ...PUBLISHED,
    basedOn: '1',
    factors: [{ key: GENERATION, kgCo2e: 0.2 }],
  });
  t.equal(entered.statusCode, 201);
  t.match(entered.json(), {
    id: 'uk-2025',
    version: '1-corrected',
    year: 2025,
    active: false,
    origin: 'entered',
    factorCount: 148,
  });
  t.equal(
    (await put('uk-2025', '1-corrected', { ...PUBLISHED, basedOn: '1', factors: [{ key: GENERATION, kgCo2e: 0.2 }] }))
      .statusCode,
    200,
  );
  t.match(
    (
      await put('uk-2025', '1-corrected', { ...PUBLISHED, basedOn: '1', factors: [{ key: GENERATION, kgCo2e: 0.3 }] })
    ).json(),
    {
      status: 409,
      detail: /never edited/,
    },
  );
  t.strictSame((await total('period=2025/26')).kg, before.kg);
});

t.test('impact tells old and new figures by year, line and site, and changes nothing', async (t) => {
  const impact = (await send('GET', '/v1/factor-sets/uk-2025/impact?version=1-corrected&groupBy=site')).json();
  t.match(impact, {
    set: 'uk-2025',
    fromVersion: '1',
    toVersion: '1-corrected',
    factors: [{ key: GENERATION, unit: 'kWh', before: 0.177, after: 0.2 }],
  });
  const changed = impact.years.filter(({ kgDifference }: { kgDifference: number }) => kgDifference !== 0);
  t.match(changed, [
    {
      year: '2025/26',
      kgDifference: 23_000,
      lines: [
        {
          site: 'HALL',
          activity: 'electricity',
          line: 'generation',
          scope: 'scope2',
          kgBefore: 177_000,
          kgAfter: 200_000,
          kgDifference: 23_000,
        },
      ],
    },
  ]);
  t.equal(changed[0].lines.length, 1);
  const calendar = (
    await send('GET', '/v1/factor-sets/uk-2025/impact?version=1-corrected&factors=calendar-year&period=2024/25')
  ).json();
  t.equal(calendar.years[0].kgDifference, Math.round(((1_000_000 * 90) / 365) * 0.023 * 1000) / 1000);
});

t.test('after activation figures use the version, and name it; what it changed is kept', async (t) => {
  await send('PUT', '/v1/targets/halve', {
    body: {
      name: 'Halve',
      boundary: { kind: 'organisation', name: 'Council' },
      scopes: [1, 2],
      lines: ['generation', 'combustion'],
      baseline: { period: '2024/25', kind: 'computed', source: 'own data' },
      milestones: [{ period: '2030/31', reductionPercent: 50, source: 'plan' }],
      source: 'plan',
    },
  });
  const activated = await act('uk-2025', '1-corrected', 'activate', { reason: 'Correction notice 7' });
  t.equal(activated.statusCode, 200, activated.body);
  t.match(activated.json(), { set: { active: true }, impact: { fromVersion: '1', toVersion: '1-corrected' } });
  t.match(
    activated.json().impact.targets.find(({ target }: { target: string }) => target === 'halve'),
    {
      years: [{ period: '2025/26', kgDifference: 23_000 }],
    },
  );
  const now = await total('period=2025/26');
  t.equal(now.scope2, 200_000);
  t.match(now.factors.applied, [{ set: 'uk-2025', version: '1-corrected' }]);
  const { changes, versions } = (await send('GET', '/v1/factor-sets/uk-2025')).json();
  t.match(changes.at(-1), {
    kind: 'activated',
    version: '1-corrected',
    reason: 'Correction notice 7',
    impact: { years: [] },
  });
  t.strictSame(
    versions.map(({ version, active }: { version: string; active: boolean }) => [version, active]),
    [
      ['1', false],
      ['1-corrected', true],
    ],
  );
  const { factorChanges } = (await send('GET', '/v1/targets/halve/progress')).json();
  t.match(factorChanges, [
    {
      set: 'uk-2025',
      fromVersion: '1',
      toVersion: '1-corrected',
      years: [{ period: '2025/26', kgDifference: 23_000 }],
    },
  ]);
});

t.test('a figure asked as of before is made with the version of then, and lists say what was known', async (t) => {
  const { changes } = (await send('GET', '/v1/factor-sets/uk-2025')).json();
  const activatedAt = new Date(changes.at(-1).recordedAt);
  const before = encodeURIComponent(new Date(activatedAt.getTime() - 1).toISOString());
  t.equal((await total(`period=2025/26&asOf=${before}`)).scope2, 177_000);
  const { data } = (await send('GET', `/v1/factor-sets?asOf=${before}`)).json();
  t.match(
    data.filter(({ id }: { id: string }) => id === 'uk-2025'),
    [
      { version: '1', active: true },
      { version: '1-corrected', active: false },
    ],
  );
  const factor = (await send('GET', `/v1/factors?set=2025&key=${GENERATION}&asOf=${before}`)).json();
  t.match(factor.data, [{ version: '1', kgCo2e: 0.177 }]);
  t.match((await send('GET', `/v1/factors?set=2025&key=${GENERATION}`)).json().data, [{ version: '1-corrected' }]);
});

t.test('every stored version answers when it is named, in use or not', async (t) => {
  t.equal((await total('period=2025/26&factors=2025@1')).scope2, 177_000);
  t.equal((await total('period=2025/26&factors=2025@1-corrected')).scope2, 200_000);
  t.equal((await total('period=2025/26&factors=2019@1.03')).scope2, 255_600);
  t.match((await send('GET', '/v1/emissions?period=2025/26&factors=2025@9')).json(), {
    status: 400,
    errors: [{ pointer: '?factors', code: 'unknown-factor-set' }],
  });
});

t.test('a former version comes back, and a withdrawn one gives way to the edition before it', async (t) => {
  t.equal((await act('uk-2025', '1', 'activate')).statusCode, 200);
  t.equal((await total('period=2025/26')).scope2, 177_000);
  const withdrawn = await act('uk-2025', '1', 'withdraw');
  t.match(withdrawn.json(), { set: { active: false }, impact: { fromVersion: '1', toVersion: null } });
  const without = await total('period=2025/26');
  t.equal(without.scope2, 207_050, 'the 2024 factors stand in');
  t.match(without.sums.provisional, ['factor-set-not-published']);
  t.equal((await act('uk-2025', '1', 'withdraw')).statusCode, 409);
  t.equal((await act('uk-2025', '1', 'activate')).statusCode, 200);
  t.equal((await total('period=2025/26')).scope2, 177_000);
  const [version] = (await send('GET', '/v1/factor-sets/uk-2025')).json().versions;
  t.equal(version.activations.length, 3);
  t.match(version.activations.slice(0, 2), [{ endedAt: String }, { endedAt: String }]);
});

t.test("a set of the operator's own stands before the edition of its year, for the lines it has", async (t) => {
  const body = {
    ...PUBLISHED,
    source: 'Fuel contract: mineral diesel',
    factors: [{ key: 'fuel.diesel_blend.litre', kgCo2e: 2.66155 }],
  };
  t.equal((await put('own-2025', '1', body)).statusCode, 201);
  const blend = (await total('period=2025/26&activity=diesel')).kg;
  t.equal((await total('period=2025/26&activity=diesel&factors=own-2025@1')).sums.emissionsKgCo2e.scope1, 2661.55);
  t.equal((await total('period=2025/26&activity=diesel')).kg, blend);
  await act('own-2025', '1', 'activate');
  const own = await total('period=2025/26&activity=diesel');
  t.equal(own.sums.emissionsKgCo2e.scope1, 2661.55);
  t.equal(own.sums.emissionsKgCo2e.outsideOfScopes, 140, 'lines it has not come from the edition');
  t.same(own.sums.provisional, undefined);
  t.strictSame(
    own.factors.applied.map(({ set, version }: { set: string; version: string }) => `${set} ${version}`),
    ['uk-2025 1', 'own-2025 1'],
  );
  await act('own-2025', '1', 'withdraw');
  t.equal((await total('period=2025/26&activity=diesel')).kg, blend);
});

t.test('400, 403, 404: what is wrong with an entered version is named', async (t) => {
  const bad = (factors: object[]) => put('own-2025', '2', { ...PUBLISHED, factors });
  t.match((await bad([{ key: 'coal.lump.tonne', kgCo2e: 1 }])).json(), {
    status: 400,
    errors: [{ pointer: '/factors/0/key' }],
  });
  t.match((await bad([{ key: GENERATION, kgCo2e: -1 }])).json(), {
    status: 400,
    errors: [{ pointer: '/factors/0/kgCo2e' }],
  });
  t.match((await bad([{ key: GENERATION, kgCo2e: 1, unit: 'MWh' }])).json(), {
    status: 400,
    errors: [{ pointer: '/factors/0/unit' }],
  });
  t.match(
    (
      await bad([
        { key: GENERATION, kgCo2e: 1 },
        { key: GENERATION, kgCo2e: 2 },
      ])
    ).json(),
    { errors: [{ pointer: '/factors/1/key' }] },
  );
  t.match((await put('own', '1', { ...PUBLISHED, factors: [{ key: GENERATION, kgCo2e: 1 }] })).json(), {
    status: 400,
    detail: /names no year/,
  });
  t.equal((await act('uk-2025', '9', 'activate')).statusCode, 404);
  t.equal((await send('GET', '/v1/factor-sets/uk-1999')).statusCode, 404);
  t.equal((await send('GET', '/v1/factor-sets/uk-2025/impact?version=9')).statusCode, 404);
  t.equal(
    (await send('POST', '/v1/factor-sets/uk-2025/versions/1/activate', { scope: 'write-estate', body: {} })).statusCode,
    403,
  );
});
