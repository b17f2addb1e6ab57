import type { Estate } from '../../domain/estate.ts';
import type { FactorSet } from '../../domain/factor-set.ts';
import type { MeterConversions } from '../../domain/gas/stored-conversion.ts';
import type { DaySpan } from '../../domain/local-day.ts';
import type { StoredDay } from '../../domain/stored-readings.ts';
import type { EvidenceReader } from '../data-quality/evidence-reader.ts';
import type { LineEvidenceReader } from '../figures/line-evidence-reader.ts';
import type { OtherEmissionsReader } from '../footprint/other-emissions.ts';
import type { PlacesReader } from '../places/area-tables-port.ts';
import type { UsageReader } from '../usage-reader.ts';
import type { WeatherReader } from '../weather/weather-reader.ts';

/** A reading of the clock: a change and when it was recorded, in UTC to the microsecond. */
export type ClockReading = { seq: string; recordedAt: string };

/** What the clock says about an instant. */
export type InstantOnClock =
  | ({ kind: 'known' } & ClockReading)
  | { kind: 'future'; now: string }
  | { kind: 'before-first'; first: string | null };

/** What the store held at a reading of the clock. The same reading always gives the same. */
export type PastStore = {
  /**
   * The newest change that was recorded by an instant. Once it has answered, no change will ever be recorded at or before
   * that instant any more.
   */
  readingAt(instant: string): Promise<InstantOnClock>;
  /** The present instant, after which nothing will be recorded at or before it: it can be asked about at once and for good. */
  settleNow(): Promise<string>;
  /** The newest change: what is known now, asked of as often as need be. */
  newest(): Promise<ClockReading>;
  estateAt(reading: ClockReading): Promise<Estate>;
  factorSetsAt(seq: string): Promise<readonly FactorSet[]>;
  factorVersionAt(seq: string, id: string, version: string): Promise<FactorSet | null>;
  /** `exclude` leaves out what this service had estimated by then. */
  usageAt(seq: string, estimates?: 'include' | 'exclude'): UsageReader;
  places: PlacesReader;
  /** As `usageAt(seq)`, and of days of which nothing was known then as `usageAt(laterSeq)`. */
  usageWithLate(seq: string, laterSeq: string): UsageReader;
  weatherAt(seq: string): WeatherReader;
  otherEmissionsAt(seq: string): OtherEmissionsReader;
  storedDaysAt(seq: string): (meter: string, span: DaySpan) => Promise<StoredDay[]>;
  lineEvidenceAt(seq: string): LineEvidenceReader;
  /** What checks of the data look at. */
  evidenceAt(seq: string): EvidenceReader;
  conversionsAt(seq: string): (meter: string, span: DaySpan) => Promise<MeterConversions>;
};
