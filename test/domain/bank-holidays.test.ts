import t from 'tap';
import { easterSunday, isBankHoliday } from '../../src/domain/bank-holidays.ts';
import { addDays, type LocalDay } from '../../src/domain/local-day.ts';

function holidaysOf(year: number): LocalDay[] {
  const days: LocalDay[] = [];
  for (let day = `${year}-01-01`; day <= `${year}-12-31`; day = addDays(day, 1)) if (isBankHoliday(day)) days.push(day);
  return days;
}

// Source: https://www.gov.uk/bank-holidays (England and Wales).
const PUBLISHED: Record<number, string> = {
  2019: '01-01 04-19 04-22 05-06 05-27 08-26 12-25 12-26',
  2020: '01-01 04-10 04-13 05-08 05-25 08-31 12-25 12-28',
  2021: '01-01 04-02 04-05 05-03 05-31 08-30 12-27 12-28',
  2022: '01-03 04-15 04-18 05-02 06-02 06-03 08-29 09-19 12-26 12-27',
  2023: '01-02 04-07 04-10 05-01 05-08 05-29 08-28 12-25 12-26',
  2024: '01-01 03-29 04-01 05-06 05-27 08-26 12-25 12-26',
  2025: '01-01 04-18 04-21 05-05 05-26 08-25 12-25 12-26',
  2026: '01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28',
  2027: '01-01 03-26 03-29 05-03 05-31 08-30 12-27 12-28',
};

t.test('bank holidays of England are the published ones, one-off and moved days included', async (t) => {
  for (const [year, days] of Object.entries(PUBLISHED)) {
    const expected = days.split(' ').map((day) => `${year}-${day}`);
    t.strictSame(holidaysOf(Number(year)), expected, year);
  }
});

t.test('Easter falls on its earliest and latest days where it should', async (t) => {
  t.equal(easterSunday(2038), '2038-04-25');
  t.equal(easterSunday(2008), '2008-03-23');
});
