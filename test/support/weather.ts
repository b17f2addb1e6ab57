import { addDays, addMonths, daysBetween } from '../../src/domain/local-day.ts';
import type { TestApp } from './app.ts';

/** The standard year of the Midlands (15.5 °C) by calendar month, January first; with 44 for August it sums to 2,462. */
export const STANDARD_YEAR = [395, 342, 297, 233, 151, 77, 42, 44, 83, 177, 275, 346] as const;

/** The same by month of a financial year, April first. */
export const FINANCIAL_YEAR = [...STANDARD_YEAR.slice(3), ...STANDARD_YEAR.slice(0, 3)];

const SERIES = { region: 'midland', baseTemperatureC: 15.5, source: 'made for a test' };

/** Stores degree days by month, from a first month on. */
export function postMonths(service: TestApp, firstMonth: string, degreeDays: readonly number[], series = SERIES) {
  const values = degreeDays.map((value, index) => ({
    month: addMonths(`${firstMonth}-01`, index).slice(0, 7),
    degreeDays: value,
  }));
  return service.send('POST', '/v1/degree-days', { body: { ...series, values } });
}

/** Stores degree days by day, from a first day on. */
export function postDays(service: TestApp, firstDay: string, degreeDays: readonly number[], series = SERIES) {
  const values = degreeDays.map((value, index) => ({ day: addDays(firstDay, index), degreeDays: value }));
  return service.send('POST', '/v1/degree-days', { body: { ...series, values } });
}

/** Intervals of a month as daily readings that add up to a quantity. */
export function dailyReadings(meter: string, firstDay: string, quantity: number): object[] {
  const days = daysBetween(firstDay, addMonths(firstDay, 1));
  return Array.from({ length: days }, (_, index) => ({
    meter,
    day: addDays(firstDay, index),
    resolutionMinutes: 1440,
    values: [Number((quantity / days).toFixed(6))],
  }));
}

/** Bills of consecutive months that state a quantity each. */
export function monthlyBills(meter: string, firstMonth: string, quantities: readonly number[]): object[] {
  return quantities.map((quantity, index) => ({
    meter,
    period: addMonths(`${firstMonth}-01`, index).slice(0, 7),
    quantity,
  }));
}
