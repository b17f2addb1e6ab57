import type { DaySpan } from '../../../src/domain/local-day.ts';
import type { DemoEstate } from '../demo-estate.ts';
import type { ApiClient } from './api-client.ts';

/** One billed period of `POST /v1/readings`. */
export type BillEntry = {
  meter: string;
  period: string;
  quantity: number;
  quality: 'actual' | 'estimated';
  invoice: string;
};

const BATCH = 2_000;

/** Every bill of the estate for days of `span` that has arrived before its end. */
export function billEntries(estate: DemoEstate, span: DaySpan): BillEntry[] {
  return estate.meters.flatMap(({ key, data }) => {
    if (data.kind === 'interval') return [];
    const bills = data.bills(span.end).filter(({ start }) => start >= span.start);
    return bills.map(({ start, end, ...bill }) => ({ meter: key, period: `${start}/${end}`, ...bill }));
  });
}

/** Posts bills in batches. The same bills again change nothing. */
export async function loadBills(
  api: ApiClient,
  entries: readonly BillEntry[],
  onPosted: (entries: number) => void,
): Promise<void> {
  for (let start = 0; start < entries.length; start += BATCH) {
    const readings = entries.slice(start, start + BATCH);
    await api.post('/v1/readings', { readings });
    onPosted(readings.length);
  }
}
