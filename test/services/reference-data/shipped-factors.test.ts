import t from 'tap';
import type { FactorSeed, FactorSetSeed } from '../../../src/domain/reference/factor-set-seed.ts';
import { factorSetDigest } from '../../../src/services/reference-data/factor-set-digest.ts';
import { seedText, shippedFactorRows, shippedSets } from '../../support/shipped-sets.ts';

const { sets, warnings } = shippedSets();

const COLUMNS = [
  'electricity.grid.generation',
  'electricity.grid.td_losses',
  'electricity.grid.wtt_generation',
  'electricity.grid.wtt_td',
  'gas.natural.gross_cv',
  'gas.natural.net_cv',
  'gas.natural.m3',
  'gas.natural.wtt.gross_cv',
  'water.supply',
  'water.treatment',
  'heat.district',
  'heat.district.distribution_loss',
];
// Headline factors as the publisher displays them, kg CO2e a unit; null: not published, or not found.
// biome-ignore format: a table
const HEADLINE: Record<number, (string | null)[]> = {
  2010: ['0.48531', '0.03908', '0.06492', '0.00523', null, null, null, null, '0.3', '0.75', '0.22548', '0.01187'],
  2011: ['0.45205', '0.03863', '0.06423', '0.00549', '0.1836', '0.20423', '2.0196', '0.01795', '0.34', '0.7', '0.22312', '0.01174'],
  2012: ['0.46002', '0.03634', '0.069', '0.00545', '0.18521', null, null, '0.01914', '0.3441', '0.7085', '0.21989', '0.01157'],
  2013: ['0.44548', '0.03809', '0.07033', '0.00601', '0.18404', null, null, '0.0281', '0.3441', '0.7085', '0.21644', '0.01139'],
  2014: ['0.49426', '0.04322', '0.07527', '0.00658', '0.18497', null, null, '0.02483', '0.3441', '0.7085', '0.24406', '0.01285'],
  2015: ['0.46219', '0.03816', '0.06888', '0.00569', '0.18445', null, null, '0.02483', '0.3441', '0.7085', '0.22361', '0.01177'],
  2016: ['0.41205', '0.03727', '0.06188', '0.0056', '0.184', '0.20444', '2.02838', '0.02499', '0.344', '0.708', '0.20431', '0.01075'],
  2017: ['0.35156', '0.03287', '0.05605', '0.00524', '0.18416', '0.20463', '2.09672', '0.02785', '0.344', '0.708', '0.19741', '0.01039'],
  2018: ['0.28307', '0.02413', '0.04198', '0.00358', '0.18396', '0.20437', '2.04652', '0.02557', '0.344', '0.708', '0.18746', '0.00987'],
  2019: ['0.2556', '0.0217', '0.03565', '0.00303', '0.18385', '0.20428', '2.03053', '0.02391', '0.344', '0.708', '0.17606', '0.00927'],
  2020: ['0.23314', '0.02005', '0.03217', '0.00277', '0.18387', '0.20374', '2.02266', '0.02391', '0.344', '0.708', '0.17261', '0.00908'],
  2021: ['0.21233', '0.01879', '0.05529', '0.00489', '0.18316', '0.20297', '2.02135', '0.03135', '0.149', '0.272', '0.17073', '0.00899'],
  2022: ['0.19338', '0.01769', '0.04625', '0.00423', '0.18254', '0.20227', '2.01574', '0.0311', '0.149', '0.272', '0.17073', '0.00899'],
  2023: ['0.20707', '0.01792', '0.0459', '0.00397', '0.18293', '0.20267', '2.03839', '0.03021', '0.17668', '0.20132', '0.17965', '0.00945'],
  2024: ['0.20705', '0.0183', '0.0459', '0.00397', '0.1829', '0.20264', '2.04542', '0.03021', '0.15311', '0.18574', '0.17965', '0.00946'],
  2025: ['0.177', '0.01853', '0.0459', '0.00397', '0.18296', '0.2027', '2.06672', '0.03021', '0.1913', '0.17088', '0.17529', '0.00945'],
  2026: ['0.13096', '0.01299', '0.03682', '0.00359', '0.18231', '0.20199', '2.02633', '0.03021', '0.1913', '0.17088', '0.17529', '0.00945'],
};
const FACTORS_PER_SET = [12, 55, 15, 14, 15, 14, 112, 114, 114, 120, 120, 129, 129, 129, 129, 148, 79];

function setOf(year: number): FactorSetSeed {
  const set = sets.get(year);
  if (set === undefined) throw new Error(`There is no set of ${year}.`);
  return set;
}

function factorOf(year: number, key: string): FactorSeed {
  const factor = setOf(year).factors.get(key);
  if (factor === undefined) throw new Error(`${key} is not in the set of ${year}.`);
  return factor;
}

t.test('seventeen editions, one a year from 2010 to 2026, with every factor', async (t) => {
  t.same([...sets.keys()], Object.keys(HEADLINE).map(Number));
  t.same(
    [...sets.values()].map(({ factors }) => factors.size),
    FACTORS_PER_SET,
  );
  for (const [year, { edition }] of sets) t.equal(edition.id, `uk-${year}`);
});

t.test('the headline factors are the published ones in all seventeen editions', async (t) => {
  for (const [year, expected] of Object.entries(HEADLINE)) {
    const { factors } = setOf(Number(year));
    const displayed = COLUMNS.map((key) => factors.get(key)?.kgCo2e?.toDecimalPlaces(5).toFixed() ?? null);
    t.same(displayed, expected, year);
  }
});

t.test('no figure of any edition has changed: each has the digest that is committed beside it', async (t) => {
  for (const { edition, ...rest } of sets.values())
    t.equal(factorSetDigest({ edition, ...rest }), edition.digest, `${edition.id} ${edition.version}`);
});

t.test('the stored number is shipped, not the displayed one', async (t) => {
  t.equal(factorOf(2023, 'electricity.grid.generation').kgCo2e?.toFixed(), '0.2070742886');
  t.equal(factorOf(2023, 'gas.natural.gross_cv').kgCo2e?.times(1_000_000).toFixed(3), '182928.926');
  t.equal(factorOf(2021, 'electricity.grid.generation').kgCo2e?.toFixed(), '0.21233');
});

t.test('the tables hold every number already rounded to ten significant digits', async (t) => {
  for (const { table, row, factor } of shippedFactorRows()) {
    const cells = [row.cells.kg_co2e_per_unit, row.cells.kg_co2, row.cells.kg_ch4_co2e, row.cells.kg_n2o_co2e];
    const numbers = [factor.kgCo2e, factor.kgCo2, factor.kgCh4Co2e, factor.kgN2oCo2e];
    const same = numbers.every((number, index) => (number?.toFixed() ?? '') === cells[index]);
    if (!same) t.fail(`${table}, line ${row.line}: ${cells.join(', ')}`);
  }
  t.equal(shippedFactorRows().length, 1448);
});

t.test('what was not found is blank and never 0', async (t) => {
  const blank = [...sets.values()].flatMap(({ edition, factors }) =>
    [...factors.values()].filter(({ kgCo2e }) => kgCo2e === null).map(({ key }) => `${edition.year} ${key}`),
  );
  t.same(blank, ['2010 gas.natural.gross_cv', '2013 fuel.fuel_oil.gross_cv', '2015 fuel.fuel_oil.gross_cv']);
  const zero = [...sets.values()].flatMap(({ factors }) =>
    [...factors.values()].filter(({ kgCo2e }) => kgCo2e?.isZero() === true).map(({ key }) => key),
  );
  t.same(
    [...new Set(zero)].sort(),
    ['biogas.landfill_gas.wtt.kwh', 'biogas.landfill_gas.wtt.tonne'],
    'published zeros',
  );
});

t.test('a CO2e is never the sum of its gas parts', async (t) => {
  const { kgCo2e, kgCo2, kgCh4Co2e, kgN2oCo2e } = factorOf(2025, 'electricity.grid.generation');
  t.equal(kgCo2e?.toFixed(), '0.177');
  t.equal(
    kgCo2
      ?.plus(kgCh4Co2e ?? 0)
      .plus(kgN2oCo2e ?? 0)
      .toFixed(),
    '0.17701',
  );
  t.same(warnings, [], 'and no published split misses its total by more than two units of the last digit');
});

t.test('the supplement gives diesel its biogenic CO2 and HVO its three lines', async (t) => {
  const value = (key: string) => factorOf(2025, key).kgCo2e?.toFixed();
  t.equal(value('fuel.diesel_blend.outside_scopes.litre'), '0.14');
  t.equal(value('fuel.diesel_blend.outside_scopes.tonne'), '163.17');
  t.equal(value('fuel.diesel_blend.outside_scopes.net_cv'), '0.01');
  t.same(['fuel.hvo.litre', 'fuel.hvo.wtt.litre', 'fuel.hvo.outside_scopes.litre'].map(value), [
    '0.03558',
    '0.56439',
    '2.43',
  ]);
  t.same(['fuel.hvo.kg', 'fuel.hvo.tonne', 'fuel.hvo.gj', 'fuel.hvo.net_cv'].map(value), [
    '0.04562',
    '45.62',
    '1.03677',
    '0.003732372',
  ]);
  t.equal(factorOf(2025, 'fuel.hvo.tonne').confidence, 'derived', 'a derived number says so');
  t.match(factorOf(2025, 'fuel.hvo.litre').source, 'row ID 2_103_1036_8_1');
});

t.test('calorific values turn gross kWh of pellets into net', async (t) => {
  const pellets = setOf(2025).fuelProperties.get('biomass.wood_pellets');
  t.equal(pellets?.netKwhPerKg?.toFixed(), '4.8');
  t.equal(pellets?.grossKwhPerKg?.toFixed(), '5.193');
  t.equal(setOf(2026).fuelProperties.get('gas.natural')?.netKwhPerKg, null, 'a property not found is null');
});

t.test('every row is of its edition, has a source, and belongs to a shipped edition', async (t) => {
  for (const { year, row, factor } of shippedFactorRows()) {
    const span = `${row.cells.valid_from}/${row.cells.valid_to}`;
    if (span !== `${year}-01-01/${year}-12-31`) t.fail(`line ${row.line}: valid ${span}`);
    if (!sets.has(year)) t.fail(`line ${row.line}: no edition ${year}`);
    if (!['two sources', 'one source', 'derived', 'blank'].includes(factor.confidence)) t.fail(`line ${row.line}`);
    if ((factor.confidence === 'blank') !== (factor.kgCo2e === null)) t.fail(`line ${row.line}: blank`);
    if (factor.scope === 'outside' && factor.kgCo2e?.eq(factor.kgCo2 ?? -1) !== true) t.fail(`line ${row.line}: CO2`);
  }
  t.pass('1,448 rows');
});

t.test('every edition carries licence, attribution, publisher and warming potentials of its time', async (t) => {
  for (const [year, { edition }] of sets) {
    t.equal(edition.licence, 'Open Government Licence v3.0');
    t.match(edition.attribution, 'Contains public sector information licensed under the Open Government Licence v3.0.');
    t.match(edition.publisher, year <= 2015 ? 'Defra/DECC' : year <= 2022 ? 'BEIS' : 'DESNZ');
    t.equal(edition.gwp, year <= 2014 ? 'SAR' : year <= 2022 ? 'AR4' : 'AR5');
    t.equal(edition.version === 'compiled', year <= 2015, 'what was put together from copies says so');
  }
  t.equal(setOf(2019).edition.version, '1.03');
  t.equal(setOf(2026).edition.version, '1.2');
  t.match(
    seedText('factors/README.md'),
    /Contains public sector information licensed under the\s+Open Government Licence/,
  );
});
