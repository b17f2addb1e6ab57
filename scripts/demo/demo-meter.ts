import type { DaySpan, LocalDay } from '../../src/domain/local-day.ts';
import type { MeterBody } from './demo-site.ts';
import type { Faults } from './faults.ts';
import type { Series } from './series.ts';

/** A consumption that a bill or a delivery note states. */
export type Bill = DaySpan & { quantity: number; quality: 'actual' | 'estimated'; invoice: string };

/** One meter of the demonstration estate, with what it delivers. */
export type DemoMeter = {
  key: string;
  body: MeterBody;
  /** Days it has data for; `end` is null while it is in use. */
  dataFrom: LocalDay;
  dataTo: LocalDay | null;
  data:
    | { kind: 'interval'; resolutionMinutes: 30 | 60 | 1440; values: Series; faults: Faults }
    | { kind: 'billed'; bills: (end: LocalDay) => Bill[] };
};

export type IntervalMeter = DemoMeter & { data: { kind: 'interval' } };

/** Whether a meter delivers intervals. */
export function isIntervalMeter(meter: DemoMeter): meter is IntervalMeter {
  return meter.data.kind === 'interval';
}
