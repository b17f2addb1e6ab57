import { addDays, dayNumber, type LocalDay } from './local-day.ts';

/** Easter Sunday of a year of the Gregorian calendar (the anonymous algorithm of 1876). */
export function easterSunday(year: number): LocalDay {
  const golden = year % 19;
  const century = Math.floor(year / 100);
  const ofCentury = year % 100;
  const correction = Math.floor((century - Math.floor((century + 8) / 25) + 1) / 3);
  const epact = (19 * golden + century - Math.floor(century / 4) - correction + 15) % 30;
  const toSunday = (32 + 2 * (century % 4) + 2 * Math.floor(ofCentury / 4) - epact - (ofCentury % 4)) % 7;
  const late = Math.floor((golden + 11 * epact + 22 * toSunday) / 451);
  const days = epact + toSunday - 7 * late + 22;
  return addDays(`${year}-03-01`, days - 1);
}

/** 0 Sunday to 6 Saturday. */
export function weekday(day: LocalDay): number {
  return (dayNumber(day) + 4) % 7;
}

/** The first Monday on or after a day. */
export function mondayFrom(day: LocalDay): LocalDay {
  return addDays(day, (8 - weekday(day)) % 7);
}

/**
 * Proclaimed for one year only. Published at https://www.gov.uk/bank-holidays and, before 2019, in The London Gazette:
 * the fiftieth anniversaries of VE day, the millennium, jubilees, weddings, the state funeral, the coronation.
 */
const ONE_YEAR_ONLY: Readonly<Record<number, { added: LocalDay[]; dropped: LocalDay[] }>> = {
  1995: { added: ['1995-05-08'], dropped: ['1995-05-01'] },
  1999: { added: ['1999-12-31'], dropped: [] },
  2002: { added: ['2002-06-03', '2002-06-04'], dropped: ['2002-05-27'] },
  2011: { added: ['2011-04-29'], dropped: [] },
  2012: { added: ['2012-06-04', '2012-06-05'], dropped: ['2012-05-28'] },
  2020: { added: ['2020-05-08'], dropped: ['2020-05-04'] },
  2022: { added: ['2022-06-02', '2022-06-03', '2022-09-19'], dropped: ['2022-05-30'] },
  2023: { added: ['2023-05-08'], dropped: [] },
};

function holidaysOf(year: number): Set<LocalDay> {
  const easter = easterSunday(year);
  const days = new Set([
    addDays(easter, -2),
    addDays(easter, 1),
    mondayFrom(`${year}-05-01`),
    mondayFrom(`${year}-05-25`),
    mondayFrom(`${year}-08-25`),
  ]);
  // A fixed day that falls on a weekend is held on the next day that is no holiday yet.
  for (const fixed of [`${year}-01-01`, `${year}-12-25`, `${year}-12-26`]) {
    let day = fixed;
    while (weekday(day) === 0 || weekday(day) === 6 || days.has(day)) day = addDays(day, 1);
    days.add(day);
  }
  const { added = [], dropped = [] } = ONE_YEAR_ONLY[year] ?? {};
  for (const day of dropped) days.delete(day);
  for (const day of added) days.add(day);
  return days;
}

const holidays = new Map<number, Set<LocalDay>>();

/** Whether a day is a bank holiday in England. */
export function isBankHoliday(day: LocalDay): boolean {
  const year = Number(day.slice(0, 4));
  let ofYear = holidays.get(year);
  if (ofYear === undefined) {
    ofYear = holidaysOf(year);
    holidays.set(year, ofYear);
  }
  return ofYear.has(day);
}
