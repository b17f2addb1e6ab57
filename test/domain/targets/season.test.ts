import t from 'tap';
import { financialYear } from '../../../src/domain/period.ts';
import { meanShare, type SeasonYear, sameDays, seasonBasis } from '../../../src/domain/targets/season.ts';
import { dec } from '../../support/memory-estate.ts';

function told(year: number, missing: number, kg = 1000, pending = 0): SeasonYear {
  const known = 1 - missing - pending;
  const days = { expected: 365, actual: 365 * known, estimated: 0, missing: 365 * missing };
  return {
    period: financialYear(year),
    kg: dec(kg),
    coverage: { actual: known, estimated: 0, missing, pending, days },
  };
}

const basis = (...years: SeasonYear[]) => {
  const found = seasonBasis(years, financialYear(2026));
  return found === null ? null : [found.method, ...found.years.map(({ period }) => period.label)];
};

t.test('a season is told by the last three complete years at 95 % or more, else by last year (rule H6)', async (t) => {
  t.same(basis(told(2022, 0), told(2023, 0), told(2024, 0.05), told(2025, 0)), [
    'mean-of-three-years',
    '2025/26',
    '2024/25',
    '2023/24',
  ]);
  t.same(
    basis(told(2022, 0), told(2023, 0), told(2024, 0.0501), told(2025, 0)),
    ['mean-of-three-years', '2025/26', '2023/24', '2022/23'],
    'a year with gaps is passed over',
  );
  t.same(basis(told(2023, 0.2), told(2024, 0), told(2025, 0)), ['last-year', '2025/26'], 'two are not three');
  t.same(basis(told(2025, 0.3)), ['last-year', '2025/26'], 'last year stands, and its coverage is shown');
  t.same(
    basis(told(2023, 0), told(2024, 0, 1000, 0.06), told(2025, 0)),
    ['last-year', '2025/26'],
    'pending is not there',
  );
  t.equal(basis(told(2024, 0)), null, 'there is no last year');
  t.equal(basis(told(2025, 0, 0)), null, 'nothing has no share');
});

t.test('the share is the mean of the years’ shares, and no twelfths', async (t) => {
  const part = (partKg: number, kg: number) => ({ partKg: dec(partKg), kg: dec(kg) });
  t.equal(
    meanShare([part(300, 1000), part(500, 1000), part(880, 2000)]).toFixed(6),
    '0.413333',
    '(0.3 + 0.5 + 0.44) ÷ 3',
  );
});

t.test('the same days of another year are the same days of the calendar', async (t) => {
  t.same(sameDays({ start: '2026-04-01', end: '2026-11-22' }, 1), { start: '2025-04-01', end: '2025-11-22' });
  t.same(sameDays({ start: '2027-04-01', end: '2028-02-29' }, 1), { start: '2026-04-01', end: '2027-03-01' });
  t.same(sameDays({ start: '2027-04-01', end: '2028-03-01' }, 4), { start: '2023-04-01', end: '2024-03-01' });
});
