import { minutesOfDay } from '../../src/domain/calendar.ts';

const two = (number: number) => String(number).padStart(2, '0');

/** Clock times every half-hour, from a minute after midnight on: 00:00 comes after 23:30. */
export function halfHours(from = 0, count = 48): string[] {
  return Array.from({ length: count }, (_, index) => {
    const minute = (from + index * 30) % 1440;
    return `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
  });
}

/** Local times of the half-hours of a day on the wall: in spring an hour is missing, in autumn one stands twice. */
export function wallTimes(day: string): string[] {
  const count = minutesOfDay(day) / 30;
  const times = halfHours();
  if (count === 46) return [...times.slice(0, 2), ...times.slice(4)];
  return count === 50 ? [...times.slice(0, 4), ...times.slice(2)] : times;
}

/** A day as it is written in Britain. */
export function britishDate(day: string): string {
  return day.split('-').reverse().join('/');
}
