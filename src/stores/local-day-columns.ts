import type { LocalDay } from '../domain/local-day.ts';

/** A day as Prisma takes it for a `date` column: midnight UTC, whatever the zone of this machine. */
export function toDateColumn(day: LocalDay | null): Date | null {
  return day === null ? null : new Date(`${day}T00:00:00Z`);
}

/** A `date` column as Prisma gives it. */
export function fromDateColumn(date: Date | null): LocalDay | null {
  return date === null ? null : date.toISOString().slice(0, 10);
}
