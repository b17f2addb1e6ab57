import t from 'tap';
import { Decimal } from '../../../src/domain/decimal.ts';
import { factorSetFigures } from '../../../src/domain/reference/factor-set-figures.ts';
import type { FactorSeed, FactorSetSeed } from '../../../src/domain/reference/factor-set-seed.ts';
import { shippedSets } from '../../support/shipped-sets.ts';

const shipped = shippedSets().sets.get(2025);
if (shipped === undefined) throw new Error('The 2025 set is not shipped.');

function withFactor(set: FactorSetSeed, key: string, change: Partial<FactorSeed>): FactorSetSeed {
  const factors = new Map(set.factors);
  const factor = factors.get(key);
  if (factor === undefined) throw new Error(`${key} is not in the set.`);
  factors.set(key, { ...factor, ...change });
  return { ...set, factors };
}

t.test('the same figures in another order or in other words give the same text', async (t) => {
  const reordered = new Map([...shipped.factors].reverse());
  t.equal(factorSetFigures({ ...shipped, factors: reordered }), factorSetFigures(shipped));
  const reworded = withFactor(shipped, 'water.supply', { name: 'Water', notes: 'other', source: 'another copy' });
  t.equal(factorSetFigures(reworded), factorSetFigures(shipped));
});

t.test('every change of a figure changes the text', async (t) => {
  const changes: Partial<FactorSeed>[] = [
    { kgCo2e: new Decimal('0.1913000001') },
    { kgCo2e: null },
    { kgCo2e: new Decimal(0) },
    { kgCo2: new Decimal('0.1913') },
    { unit: 'litre' },
    { scope: '1' },
  ];
  const texts = changes.map((change) => factorSetFigures(withFactor(shipped, 'water.supply', change)));
  t.equal(new Set([factorSetFigures(shipped), ...texts]).size, changes.length + 1, 'blank and 0 differ too');
  const another = { ...shipped, edition: { ...shipped.edition, version: '2' } };
  t.not(factorSetFigures(another), factorSetFigures(shipped), 'so does another version');
});
