import type { IntervalProfile } from '../../src/domain/interval-profile.ts';
import { dayOfNumber } from '../../src/domain/local-day.ts';
import { createMeterLookup, type UploadMeter } from '../../src/domain/upload/meter-lookup.ts';
import type { ParsedDay } from '../../src/domain/upload/parsed-day.ts';
import type { UploadOptions } from '../../src/domain/upload/upload-options.ts';
import { createUploadReader } from '../../src/domain/upload/upload-reader.ts';
import type { UploadReport } from '../../src/domain/upload/upload-report.ts';
import { NOTHING_SAID } from './nothing-said.ts';

/** A meter-day as an upload reads it, with its sums. */
export type ReadDay = IntervalProfile &
  Pick<ParsedDay, 'actualMinutes' | 'estimatedMinutes' | 'line'> & { quantity: number };

/** What reading a text came to: the days by meter and day, and the report. */
export type ReadUpload = { days: Record<string, ReadDay>; report: UploadReport };

const SHARED = {
  activity: 'electricity',
  unit: 'kWh',
  direction: 'import',
  kind: 'interval',
  aliases: [],
  serials: [],
} as const;

/** Meters that the texts of tests may name. */
export const TEST_METERS: UploadMeter[] = [
  { id: 1, key: 'E1', ...SHARED },
  { id: 2, key: 'E2', ...SHARED },
  { id: 3, key: '1200023305967', ...SHARED, aliases: ['Town Hall'] },
  { id: 4, key: 'X1', ...SHARED, direction: 'export', aliases: ['Depot'] },
  { id: 5, key: 'G1', ...SHARED, activity: 'natural-gas', aliases: ['Depot'] },
  { id: 6, key: 'W1', ...SHARED, activity: 'water', unit: 'm3' },
];

function readDay(day: ParsedDay): ReadDay {
  const { resolutionMinutes, quality, actualMinutes, estimatedMinutes, line } = day;
  const values = Array.from(day.values.subarray(0, day.count), (value) => (Number.isNaN(value) ? null : value));
  return {
    resolutionMinutes,
    values,
    quality,
    actualMinutes,
    estimatedMinutes,
    line,
    quantity: Number(day.quantityMicro) / 1e6,
  };
}

/** Reads a text as an upload, in blocks of `blockBytes`. A day that comes twice stands once with `#2` after its name. */
export function readUpload(
  text: string,
  options: Partial<UploadOptions> = {},
  blockBytes = 50,
  meters: readonly UploadMeter[] = TEST_METERS,
): ReadUpload {
  const days: Record<string, ReadDay> = {};
  const keys = new Map(meters.map((meter) => [meter.id, meter.key]));
  const reader = createUploadReader(
    { ...NOTHING_SAID, sampleBytesMax: 8 * 1024 * 1024, faultsMax: 100, ...options },
    createMeterLookup(meters),
    (day) => {
      const name = `${keys.get(day.meterId)} ${dayOfNumber(day.dayNumber)}`;
      days[name in days ? `${name}#2` : name] = readDay(day);
    },
  );
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += blockBytes) reader.push(bytes.subarray(at, at + blockBytes));
  return { days, report: reader.end() };
}

/** The faults of a text as `line column code`. */
export function faultsOf({ report }: ReadUpload): string[] {
  return report.faults.map(({ line, column, code }) => `${line} ${column ?? '-'} ${code}`);
}
