import { addDays, type LocalDay } from '../../../src/domain/local-day.ts';
import type { IntervalMeter } from '../demo-meter.ts';
import { dataSpan, dayCount, deliveredDay } from '../meter-days.ts';
import type { ApiClient } from './api-client.ts';
import { type CsvFile, csvStream } from './csv-file.ts';

/** Whether a meter delivers anything for a day. */
function delivers(meter: IntervalMeter, day: LocalDay): boolean {
  const isInUse = dataSpan(meter, { start: day, end: addDays(day, 1) }) !== null;
  return isInUse && deliveredDay(meter, day) !== null;
}

/** The last day of a file that any meter delivers, and the meters that do. */
function lastDayOf({ span, meters }: CsvFile): { day: LocalDay; keys: string[] } | null {
  for (let day = addDays(span.end, -1); day >= span.start; day = addDays(day, -1)) {
    const keys = meters.filter((meter) => delivers(meter, day)).map(({ key }) => key);
    if (keys.length > 0) return { day, keys };
  }
  return null;
}

type Row = { meter: string; quantity?: { value: number | null } };

/** Whether the service has a file already. It stores a file whole or not at all, so the last day of its meters tells. */
async function isStored(api: ApiClient, file: CsvFile): Promise<boolean> {
  const last = lastDayOf(file);
  if (last === null) return true;
  const { data } = await api.get<{ data: Row[] }>(`/v1/consumption?period=${last.day}&groupBy=meter`);
  const stored = new Set(data.filter(({ quantity }) => quantity?.value != null).map(({ meter }) => meter));
  return last.keys.every((key) => stored.has(key));
}

/** Meter-days of a file, those that never came included: what its progress is counted in. */
export function fileDays(file: CsvFile): number {
  return file.meters.reduce((days, meter) => days + dayCount(meter, file.span), 0);
}

/** Sends a file, unless the service has it. `onDays` is told of the meter-days as they are written. */
export async function loadFile(
  api: ApiClient,
  file: CsvFile,
  onDays: (days: number) => void,
): Promise<'stored' | 'known'> {
  if (await isStored(api, file)) return 'known';
  // Hours that are counted do not say whether a day of gas begins at midnight: ours does.
  const query = new URLSearchParams({ clock: 'local', dayBasis: 'local', mode: 'strict', fileName: file.name });
  await api.upload(`/v1/uploads?${query}`, () => csvStream(file, onDays));
  return 'stored';
}
