import fc from 'fast-check';
import t from 'tap';
import { Decimal, sum } from '../../../src/domain/decimal.ts';
import { cutToReach, cutToStayWithin, type NeededCut } from '../../../src/domain/targets/needed-cut.ts';
import { dec } from '../../support/memory-estate.ts';
import { holds } from '../../support/property.ts';

/** A cut as share and kilograms, to six decimals. */
const said = (cut: NeededCut | null) =>
  cut === null ? null : [cut.yearlyShare.toDecimalPlaces(6).toNumber(), cut.yearlyKg.toDecimalPlaces(6).toNumber()];

t.test('the cut to a milestone, as one rate and as one amount a year', async (t) => {
  t.same(said(cutToReach(dec(1000), dec(490), 2)), [0.3, 255], '1,000 × 0.7² = 490 and 1,000 − 2 × 255 = 490');
  t.same(said(cutToReach(dec(1000), dec(0), 4)), [1, 250]);
  t.same(said(cutToReach(dec(1000), dec(1000), 4)), [0, 0]);
  t.same(said(cutToReach(dec(900), dec(1000), 4)), [0, 0], 'it is there already');
});

t.test('the cut that stays within what is left of a budget', async (t) => {
  const within = (leftKg: number, ahead: number[]) => said(cutToStayWithin(dec(1000), dec(leftKg), ahead));
  t.same(within(2439, [1, 2, 3]), [0.1, 93.5], '900 + 810 + 729, and 906.5 + 813 + 719.5');
  t.same(within(875, [1, 2, 3]), [0.5, 375], '500 + 250 + 125, and 625 + 250 + 0: no year falls below nothing');
  t.same(within(729, [3]), [0.1, 90.333333], 'only the third year is in it: 1,000 × 0.9³, and 1,000 − 3 × 90.3');
  t.same(within(3000, [1, 2, 3]), [0, 0]);
  t.same(within(5000, [1, 2, 3]), [0, 0]);
  t.same(within(0, [1, 2]), [1, 1000], 'nothing is left: everything, at once');
  t.equal(within(-1, [1, 2]), null, 'no cut is enough');
  t.equal(within(10, []), null, 'no year is left');
});

t.test('whatever is left is used to the gram, and never more (rule H1)', async (t) => {
  const amount = fc.integer({ min: 1, max: 10_000_000 });
  const years = fc.integer({ min: 1, max: 25 });
  holds(
    t,
    fc.property(
      amount,
      fc.integer({ min: 0, max: 999 }),
      years,
      fc.integer({ min: 0, max: 4 }),
      (kg, permille, n, gap) => {
        const ahead = Array.from({ length: n }, (_, index) => index + 1 + gap);
        const from = dec(kg);
        const left = from.times(n).times(permille).div(1000);
        const cut = cutToStayWithin(from, left, ahead);
        if (cut === null) return false;
        const byShare = sum(ahead.map((year) => from.times(dec(1).minus(cut.yearlyShare).pow(year))));
        const byKg = sum(ahead.map((year) => Decimal.max(0, from.minus(cut.yearlyKg.times(year)))));
        const isGram = (used: Decimal) => used.minus(left).abs().lt('0.001');
        return isGram(byShare) && isGram(byKg);
      },
    ),
    60,
  );
});
