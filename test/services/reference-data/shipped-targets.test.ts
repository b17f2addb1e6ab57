import t from 'tap';
import { readShippedTargets } from '../../../src/services/reference-data/shipped-targets.ts';
import { seedText } from '../../support/shipped-sets.ts';

const text = seedText('targets.json');
const targets = readShippedTargets(text);
const byKey = new Map(targets.map((target) => [target.key, target]));

t.test('the shipped targets state the published numbers, and nothing else', async (t) => {
  const stated = targets.map(({ key, gas, baseline, milestones, budgets }) => [
    `${key} ${gas} from ${baseline.period}`,
    ...milestones.map((m) => `${m.period} ${'netZero' in m ? 'net zero' : `-${m.reductionPercent} %`}`),
    ...budgets.map(({ start, end, kgCo2e }) => `${start}/${end} ${kgCo2e / 1e9} Mt`),
  ]);
  t.same(stated, [
    ['coventry-city-2050 co2e from 1990', '2030 -68 %', '2050 net zero'],
    ['wmca-2041 co2 from 1990', '2022 -36 %', '2027 -69 %', '2041 -100 %'],
    ['wmca-five-year-plan-2026 co2 from 2016', '2026 -33 %', '2041 net zero'],
    ['public-sector-buildings-2037 co2e from 2017', '2032 -50 %', '2037 -75 %'],
    ['uk-net-zero-2050 co2e from 1990', '2050 net zero'],
    ['uk-ndc-2030 co2e from 1990', '2030 -68 %'],
    ['uk-ndc-2035 co2e from 1990', '2035 -81 %'],
    [
      'uk-carbon-budgets co2e from 1990',
      '2035 -78 %',
      '2023-01-01/2028-01-01 1950 Mt',
      '2028-01-01/2033-01-01 1725 Mt',
      '2033-01-01/2038-01-01 965 Mt',
    ],
  ]);
});

t.test('none of them is a target for the own estate, and none claims to be adopted by the council', async (t) => {
  for (const { key, status, boundary } of targets) {
    t.equal(status, 'reference', key);
    t.not(boundary.kind, 'organisation', key);
  }
});

t.test(
  "only Coventry's own target says what share of the city the council's estate is, as its strategy does",
  async (t) => {
    const stated = targets.filter(({ boundary }) => boundary.estateSharePercent !== undefined);
    t.same(
      stated.map(({ key, boundary }) => [key, boundary.estateSharePercent]),
      [['coventry-city-2050', 1]],
    );
    t.match(stated[0]?.notes.join(' '), /about 1 % of the city's \(section 8\.1/);
  },
);

t.test('only the public sector target counts scopes, and it counts direct emissions', async (t) => {
  for (const { key, scopes, lines } of targets) {
    t.same(scopes, key === 'public-sector-buildings-2037' ? [1] : [], key);
    t.same(lines, [], key);
  }
});

t.test('a baseline year in conflict carries the conflict, and a dropped number says so', async (t) => {
  const wmca = byKey.get('wmca-2041')?.baseline;
  t.same(
    wmca?.conflicts?.map(({ period }) => period),
    ['2016', '2018'],
  );
  t.match(wmca?.conflicts?.[1]?.source, 'Not verified');
  t.match(byKey.get('public-sector-buildings-2037')?.notes[0], '8 July 2025');
});

t.test('every number has a source with an address', async (t) => {
  for (const { key, source, baseline, milestones, budgets } of targets)
    for (const { source: of } of [{ source }, baseline, ...milestones, ...budgets]) t.match(of, /https:\/\//, key);
});

t.test('a damaged file is refused, not half-read', async (t) => {
  const [first] = JSON.parse(text) as Record<string, unknown>[];
  t.throws(() => readShippedTargets(JSON.stringify([{ ...first, gas: 'methane' }])));
  t.throws(() => readShippedTargets(JSON.stringify([{ ...first, surprise: 1 }])));
  t.throws(() => readShippedTargets(JSON.stringify([first, first])), { message: /occurs twice/ });
  t.throws(() => readShippedTargets(JSON.stringify([{ ...first, milestones: [], budgets: [] }])), {
    message: /neither/,
  });
});
