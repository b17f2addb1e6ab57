import { addDays, type DaySpan, intersect, type LocalDay } from '../../../src/domain/local-day.ts';
import { financialYear, type Period } from '../../../src/domain/period.ts';
import type { DemoEstate } from '../demo-estate.ts';
import { isIntervalMeter } from '../demo-meter.ts';
import { FIRST_DAY } from '../trend.ts';
import { type CsvFile, hasDays } from './csv-file.ts';

const TITLES = { 30: 'Half-hours', 60: 'Hours', 1440: 'Days' } as const;

/** Days before today of which no data has arrived yet. */
const DELAY_DAYS = 2;

/** The days of the demonstration data: from its first day to two days before today. */
export function demoSpan(today: LocalDay): DaySpan {
  return { start: FIRST_DAY, end: addDays(today, 1 - DELAY_DAYS) };
}

/** The financial years of a span, the first and last one as far as the span goes. */
export function financialYearsOf(span: DaySpan): Period[] {
  const years: Period[] = [];
  for (let year = Number(span.start.slice(0, 4)) - 1; ; year += 1) {
    const period = financialYear(year);
    if (period.start >= span.end) return years;
    const shared = intersect(period, span);
    if (shared !== null) years.push({ label: period.label, ...shared });
  }
}

/** The interval data of the estate as files: one for each financial year and length of interval. */
export function planFiles(estate: DemoEstate, span: DaySpan): CsvFile[] {
  const meters = estate.meters.filter(isIntervalMeter);
  return financialYearsOf(span).flatMap((year) =>
    ([30, 60, 1440] as const)
      .map((resolutionMinutes) => ({
        title: `${TITLES[resolutionMinutes]} of ${year.label}`,
        name: `synthetic-${year.label.replace('/', '-')}-${resolutionMinutes}min-to-${addDays(year.end, -1)}.csv`,
        span: { start: year.start, end: year.end },
        resolutionMinutes,
        meters: meters.filter(({ data }) => data.resolutionMinutes === resolutionMinutes),
      }))
      .filter(hasDays),
  );
}
