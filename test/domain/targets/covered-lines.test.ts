import t from 'tap';
import { roundKg } from '../../../src/domain/decimal.ts';
import type { OtherEmission } from '../../../src/domain/footprint/other-emission.ts';
import { parsePeriod } from '../../../src/domain/period.ts';
import { coveredLines } from '../../../src/domain/targets/covered-lines.ts';
import type { Target } from '../../../src/domain/targets/target.ts';
import { targetOf } from '../../support/memory-target.ts';
import { statedOf } from '../../support/stated-emissions.ts';

const covered = (all: OtherEmission[], fields: Partial<Target> = {}, lines = ['fleet']) =>
  coveredLines(targetOf({ otherEmissions: lines, ...fields }), all, parsePeriod('2024/25'), '2026-11-22');

t.test('lines are added up, and others that are stated are none of the target', async (t) => {
  const all = [
    statedOf('fleet', '2024/25', { kgCo2e: 100.5 }),
    statedOf('travel', '2024-Q2', { kgCo2e: 10 }),
    statedOf('travel', '2024-07-01/2025-04-01', { kgCo2e: 20.25, provisional: true }),
    statedOf('leaks', '2024/25', { kgCo2e: 7 }),
  ];
  const found = covered(all, {}, ['fleet', 'travel']);
  t.equal(roundKg(found.kg), 130.75);
  t.match(found, { notComparable: [], gaps: [], isProvisional: true });
  t.match(covered(all), { isProvisional: false });
  t.match(covered(all, {}, []), { lines: [], notComparable: [], gaps: [] });
});

t.test('a line without a figure for the days is never nothing', async (t) => {
  t.match(covered([]).notComparable, [/^fleet has no figure for 2024\/25: state it with PUT/]);
  t.match(covered([statedOf('fleet', '2024')]).notComparable, [/^fleet is stated for 2024, which 2024\/25 cuts/]);
  const half = covered([statedOf('fleet', '2024-Q2'), statedOf('fleet', '2024-Q3')]);
  t.match(half.gaps, [/^fleet is stated for 183 of the 365 days of 2024\/25/]);
  t.match(half, { notComparable: [] });
  t.equal(roundKg(half.kg), 2_000, 'the known part');
});

t.test('a figure that is not of what the target counts is not compared', async (t) => {
  const travel = statedOf('fleet', '2024/25', { scope: 3, scope3Category: 6 });
  t.match(covered([travel]).notComparable, [/^fleet is stated in scope 3, and the target is of scope 1 and 2$/]);
  t.match(covered([travel], { scopes: [1, 2, 3] }).notComparable, []);
  const plain = statedOf('fleet', '2024/25');
  t.match(covered([plain], { gas: 'co2' }).notComparable, [/^fleet is stated without a figure of CO2 alone/]);
  t.equal(roundKg(covered([{ ...plain, kgCo2: 990 }], { gas: 'co2' }).kg), 990);
  const bought = statedOf('fleet', '2024/25', { scope: 2 });
  t.match(covered([bought], { basis: 'market' }).notComparable, [/without a figure of the market basis/]);
  t.equal(roundKg(covered([{ ...bought, kgCo2eMarket: 250 }], { basis: 'market' }).kg), 250);
  t.equal(roundKg(covered([plain], { basis: 'market' }).kg), 1_000, 'scope 1 has one basis');
});
