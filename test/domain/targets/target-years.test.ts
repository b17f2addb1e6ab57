import t from 'tap';
import type { Target } from '../../../src/domain/targets/target.ts';
import { judgedIn, targetYear } from '../../../src/domain/targets/target-years.ts';

t.test('a target’s year is judged in the reporting year that holds most of it (rule H2)', async (t) => {
  const labels = (year: number, yearBasis: Target['yearBasis'], start: string) =>
    judgedIn(year, { yearBasis }, start).label;
  t.equal(labels(2030, 'reporting', '04-01'), '2030/31');
  t.equal(labels(2030, 'calendar', '04-01'), '2030/31', '275 of 365 days');
  t.equal(labels(2030, 'calendar', '01-01'), '2030');
  t.equal(labels(2030, 'calendar', '07-01'), '2030-07-01/2031-07-01', '184 of 365 days');
  t.equal(labels(2030, 'calendar', '10-01'), '2029-10-01/2030-10-01', '92 days would be fewer');
});

t.test('baselines and milestones are years of the grammar, not shorter or longer spans', async (t) => {
  t.equal(targetYear('2030/31', '/x'), 2030);
  t.equal(targetYear('2030', '/x'), 2030);
  t.equal(targetYear('2030-07-01/2031-07-01', '/x'), 2030);
  for (const period of ['2030-Q1', '2030-04', '2030-04-01/2032-04-01'])
    t.throws(() => targetYear(period, '/x'), { code: 'invalid-period', message: /is not a year/ }, period);
  t.throws(() => targetYear('2030-31', '/x'), { message: /write 2030\/31/ });
});
