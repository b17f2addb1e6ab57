import type { Now } from '../../clock.ts';
import { type AsOf, parseAsOf, pointerTo } from '../../domain/as-of.ts';
import { localDayOf } from '../../domain/calendar.ts';
import type { LocalDay } from '../../domain/local-day.ts';
import { Refusal } from '../../domain/refusal.ts';
import type { FigureDeps } from '../figures/answer-figure.ts';
import { deprivationAt } from '../places/deprivation.ts';
import type { ReadReadingsDeps } from '../readings/read-readings.ts';
import type { ClockReading, PastStore } from './past-store.ts';

/** A moment of the past that can be asked about: what it is called, and what "now" was then. */
export type Moment = { asOf: AsOf; reading: ClockReading; now: Date; instant: string };

function refuseMoment(code: 'as-of-in-future' | 'before-first-knowledge', name: string, detail: string): never {
  throw new Refusal(code, detail, [{ pointer: pointerTo(name), code, detail }]);
}

/**
 * Finds what was known at a moment, which the parameter `name` gives (rule A8).
 * @throws Refusal `invalid-request` for what is no moment, `as-of-in-future` for one that has not passed, and
 * `before-first-knowledge`, naming the first instant, for one before anything was recorded.
 */
export async function momentOf(store: PastStore, text: string, name = 'asOf'): Promise<Moment> {
  const { requested, instant } = parseAsOf(text, name);
  const found = await store.readingAt(instant);
  if (found.kind === 'future')
    refuseMoment(
      'as-of-in-future',
      name,
      `${name} is '${requested}', which means ${instant}: expected a moment that has passed, at ${found.now} or earlier`,
    );
  if (found.kind === 'before-first')
    refuseMoment(
      'before-first-knowledge',
      name,
      `${name} is '${requested}', which means ${instant}: nothing was recorded before ${found.first ?? 'now'}`,
    );
  const { seq, recordedAt } = found;
  return { asOf: { requested, seq, recordedAt }, reading: { seq, recordedAt }, now: new Date(instant), instant };
}

/** The moment that a caller asks for; null where none is named and what is known now counts. */
export async function momentAsked(store: PastStore, text: string | undefined, name = 'asOf'): Promise<Moment | null> {
  return text === undefined ? null : momentOf(store, text, name);
}

/** What a read of configuration goes by: a clock reading, or null for what stands now; the local day it is or was; the echo. */
export type Knowledge = { seq: string | null; day: LocalDay; asOf: AsOf | null };

/** What a read of configuration goes by at a moment; null for now. */
export function knowledgeOf(moment: Moment | null, now: Now): Knowledge {
  if (moment === null) return { seq: null, day: localDayOf(now()), asOf: null };
  return { seq: moment.reading.seq, day: localDayOf(moment.now), asOf: moment.asOf };
}

/**
 * The clock reading of the moment that a caller asks for, with its echo; null where none is named.
 * @throws Refusal as `momentOf` does.
 */
export async function seqAsked(store: PastStore, text: string | undefined): Promise<Pick<Knowledge, 'seq' | 'asOf'>> {
  const moment = await momentAsked(store, text);
  return { seq: moment?.reading.seq ?? null, asOf: moment?.asOf ?? null };
}

/**
 * What is known now, or was known at the moment that a caller asks for.
 * @throws Refusal as `momentOf` does.
 */
export async function knowledgeAt(store: PastStore, now: Now, text: string | undefined): Promise<Knowledge> {
  return knowledgeOf(await momentAsked(store, text), now);
}

/** What figures were made from at a moment: everything, today's date included, as it was then. */
export function figuresAt(
  store: PastStore,
  { reading, now }: Pick<Moment, 'reading' | 'now'>,
  estimates: 'include' | 'exclude' = 'include',
): FigureDeps {
  return {
    now: () => now,
    currentEstate: () => store.estateAt(reading),
    activeFactorSets: () => store.factorSetsAt(reading.seq),
    factorVersion: (id, version) => store.factorVersionAt(reading.seq, id, version),
    usage: store.usageAt(reading.seq, estimates),
    deprivation: deprivationAt(store.places, reading),
    weather: store.weatherAt(reading.seq),
    otherEmissions: store.otherEmissionsAt(reading.seq),
  };
}

/** What was stored of meters at a moment. */
export function readingsAt(store: PastStore, { reading, now }: Moment): ReadReadingsDeps {
  return {
    now: () => now,
    currentEstate: () => store.estateAt(reading),
    storedDays: store.storedDaysAt(reading.seq),
    conversions: store.conversionsAt(reading.seq),
  };
}
