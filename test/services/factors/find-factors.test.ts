import t from 'tap';
import type { FactorSetSummary } from '../../../src/domain/factor-set-summary.ts';
import type { FactorFilter } from '../../../src/domain/found-factor.ts';
import { findFactors } from '../../../src/services/factors/find-factors.ts';
import { listFactorSets } from '../../../src/services/factors/list-factor-sets.ts';

const summary = (id: string, version: string, publishedOn: string | null, active = true) =>
  ({ id, version, publishedOn, active }) as FactorSetSummary;

const HELD = [
  summary('uk-2015', 'compiled', null),
  summary('uk-2019', '1.02', '2019', false),
  summary('uk-2019', '1.03', '2020-07'),
  summary('uk-2020', '1', '2020-05-28'),
];

function asked() {
  const filters: FactorFilter[] = [];
  const store = {
    listFactorSets: async () => HELD,
    findFactors: async (filter: FactorFilter) => {
      filters.push(filter);
      return [];
    },
  };
  return { store, filters };
}

t.test('a set is named by id, by id and version, or by its year', async (t) => {
  const { store, filters } = asked();
  for (const set of ['uk-2019', 'uk-2019@1.02', '2019', '2019@1.03']) await findFactors(store, { set, limit: 1 });
  t.same(
    filters.map(({ set }) => set),
    [
      { id: 'uk-2019', version: null },
      { id: 'uk-2019', version: '1.02' },
      { id: 'uk-2019', version: null },
      { id: 'uk-2019', version: '1.03' },
    ],
  );
});

t.test('a set that is not held is refused, naming those that are', async (t) => {
  const { store } = asked();
  const refusal = { code: 'not-found', message: /uk-2019@1\.02, uk-2019@1\.03, uk-2020@1/ };
  for (const set of ['uk-2031', 'uk-2019@1.04', '', '@'])
    await t.rejects(findFactors(store, { set, limit: 1 }), refusal);
});

t.test('an activity narrows to the factors its figures may take', async (t) => {
  const { store, filters } = asked();
  await findFactors(store, { activity: 'water', limit: 1 });
  t.same(filters[0]?.keys, ['water.supply', 'water.treatment']);
});

t.test('sets published by a day leave out what may have come later', async (t) => {
  const { store } = asked();
  const by = async (publishedBy: string) =>
    (await listFactorSets(store, { publishedBy })).map(({ id, version }) => `${id} ${version}`);
  t.same(await by('2020-05-27'), ['uk-2019 1.02']);
  t.same(await by('2020-05-28'), ['uk-2019 1.02', 'uk-2020 1']);
  t.same(await by('2020-07-30'), ['uk-2019 1.02', 'uk-2020 1'], 'July is not over');
  t.same(await by('2020-07-31'), ['uk-2019 1.02', 'uk-2019 1.03', 'uk-2020 1']);
  t.equal((await listFactorSets(store)).length, 4, 'without a day all are listed, undated ones too');
});
