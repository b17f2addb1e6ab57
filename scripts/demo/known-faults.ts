import type { DaySpan } from '../../src/domain/local-day.ts';

/** Longer faults of single meters, by site and role: what a data-quality list should find. */
export const KNOWN_FAULTS: Readonly<Record<string, { missing?: readonly DaySpan[]; estimated?: readonly DaySpan[] }>> =
  {
    // The modem was silent for three weeks.
    'OFF-02 electricity': { missing: [{ start: '2023-11-06', end: '2023-11-27' }] },
    // The supplier estimated a summer.
    'CAR-03 electricity': { estimated: [{ start: '2024-06-03', end: '2024-08-12' }] },
    // The logger lost a cold week.
    'SEC-03 gas': { missing: [{ start: '2025-01-13', end: '2025-01-20' }] },
    // Shorter than the others, and again the next year.
    'LIB-03 electricity': {
      missing: [
        { start: '2023-08-02', end: '2023-08-05' },
        { start: '2024-08-01', end: '2024-08-06' },
      ],
    },
    'LEI-03 water': { estimated: [{ start: '2026-02-02', end: '2026-03-16' }] },
  };
