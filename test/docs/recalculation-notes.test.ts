import t from 'tap';
import { BOUNDARY_REASONS, type BoundaryReason } from '../../src/domain/control.ts';
import { type Decimal, roundPercent, ZERO } from '../../src/domain/decimal.ts';
import { structuralChanges } from '../../src/domain/structural-change.ts';
import { recalculate } from '../../src/domain/targets/recalculation.ts';
import { partOf } from '../../src/domain/targets/target.ts';
import { dec, estateOf, type SiteFields } from '../support/memory-estate.ts';
import { partsOf, readNote } from '../support/note.ts';

const DAY = '2022-04-01';
const plain = { scope3Category: null };

/** A site to which a reason has happened, of reasons that change who runs it and of those that open or close it. */
function siteOf(key: string, reason: string | undefined): SiteFields {
  const held = (from: 'operated' | 'outsourced', to: 'operated' | 'leased-out'): SiteFields => ({
    key,
    controls: [
      { from: null, control: from, reason: null, ...plain },
      { from: DAY, control: to, reason: reason as BoundaryReason, ...plain },
    ],
  });
  if (reason === 'let') return held('operated', 'leased-out');
  if (reason === 'insourced') return held('outsourced', 'operated');
  if (reason === 'demolished') return { key, closed: { on: DAY, reason } };
  if (reason === 'built') return { key, opened: { on: DAY, reason } };
  return { key };
}

const amounts = (text: string): [key: string, kg: Decimal, reason: string | undefined][] =>
  text.split(', ').map((part) => {
    const [key = '', kg = '', reason] = part.split(' ');
    return [key, dec(kg), reason];
  });

const total = (parts: readonly [string, Decimal, ...unknown[]][]) => parts.reduce((sum, [, kg]) => sum.plus(kg), ZERO);
const percent = (from: Decimal, to: Decimal) => roundPercent(to.minus(from).times(100).div(from)).toFixed(1);

t.test('a baseline is recalculated as the page on control says (rule D5)', async (t) => {
  const examples = readNote('control').lines('recalculation');
  t.equal(examples.length, 2);
  for (const line of examples) {
    const [base = '', now = '', stated = ''] = partsOf(line, /^(.+); now (.+) = (\d+ to .+)$/);
    const sites = amounts(base);
    const estate = estateOf(
      [],
      sites.map(([key, , reason]) => siteOf(key, reason)),
    );
    const changes = structuralChanges(
      estate,
      { part: partOf(undefined), keepsScope3: false },
      '2019-04-01',
      '2026-04-01',
    );
    for (const { reason } of changes) t.equal(reason === 'portfolio-changed' || BOUNDARY_REASONS[reason], 'structural');
    const joined = new Set(changes.filter(({ direction }) => direction === 'joined').map(({ site }) => site));
    const reported = sites.filter(([key]) => !joined.has(key));
    const figures = {
      reported: new Map(reported.map(([key, kg]) => [key, kg])),
      joined: new Map(sites.filter(([key]) => joined.has(key)).map(([key, kg]) => [key, kg])),
      stated: new Map<string, Decimal>(),
    };
    const original = total(reported);
    const found = recalculate(original, changes, figures, dec('0.05'), '2026-04-01');
    const actual = total(amounts(now));
    const effect = percent(original, original.plus(found.effectKg));
    t.equal(
      `${original} to ${found.baselineKg}, ${effect} %; ${actual}, ${percent(found.baselineKg, actual)} %`,
      stated,
      line,
    );
  }
});
