import type { TestApp } from '../app.ts';
import { writeEstate } from '../estate.ts';
import { sendFile, storedDays } from '../uploads.ts';
import type { CarriedDay } from './carried.ts';
import type { FileClock, SupplierLayout } from './supplier-layout.ts';
import { FILE_METERS, type Fuel } from './true-readings.ts';
import { BOTH_CHANGES, type Dates, type SupplierFile, writeSupplierFile } from './write-supplier-file.ts';

const METER_OF: Readonly<Record<Fuel, object>> = {
  electricity: { activity: 'electricity' },
  gas: { activity: 'natural-gas' },
  solar: { activity: 'electricity', direction: 'generation', technology: 'solar' },
};

/** Writes the meters that the files of suppliers are about. */
export function writeFileMeters(service: TestApp): Promise<void> {
  return writeEstate(
    service,
    FILE_METERS.map(({ key, fuel, serial, alias }) => ({
      meter: key,
      ...METER_OF[fuel],
      serials: [serial],
      aliases: [alias],
    })),
  );
}

/** Forgets every reading, so that the next file is read as the first. */
export async function forgetReadings({ database }: TestApp): Promise<void> {
  for (const table of ['meter_day', 'meter_day_revision', 'meter_month', 'meter_extent'])
    await database.pool.query(`delete from ${table}`);
}

/** What became of a file sent without a word: the parameters that it asks for, and the meter-days that are not as they should be. */
export type SentSupplierFile = { asks: string[]; wrong: string[] };

type Answer = { status?: string; type?: string; detail?: string; errors?: { pointer: string; detail: string }[] };

/** What the supplier would answer. */
function answerTo(parameter: string, { isDatedNextDay }: SupplierLayout, clock: FileClock): string {
  const answers: Readonly<Record<string, string>> = {
    clock: clock.startsWith('local48') ? 'local48' : clock,
    rowDate: isDatedNextDay === true ? 'day-after' : 'same-day',
  };
  return answers[parameter] ?? `no-answer-to-${parameter}`;
}

const hasValue = ({ intervals }: Pick<CarriedDay, 'intervals'>) => intervals.some((value) => value !== null);

/** Meter-days that are stored otherwise than the file carries them, interval by interval, or not at all. */
export async function wrongDays(service: TestApp, file: SupplierFile): Promise<string[]> {
  const textOf = ({ intervals, quality }: Pick<CarriedDay, 'intervals' | 'quality'>) =>
    `${quality ?? 'A'} ${intervals.map((value) => value ?? '-').join(' ')}`;
  const stored = await storedDays(
    service,
    FILE_METERS.map(({ key }) => key),
  );
  const found = new Map(stored.map((day) => [`${day.meter} ${day.day}`, textOf(day)]));
  const wrong = file.days.filter(hasValue).flatMap((day) => {
    const name = `${day.meter} ${day.day}`;
    const text = found.get(name);
    found.delete(name);
    return text === textOf(day) ? [] : [`${name}: ${text ?? 'not stored'}; expected ${textOf(day)}`];
  });
  return [...wrong, ...[...found.keys()].map((name) => `${name}: stored, yet not in the file`)];
}

/** Sends a file as it is; where it asks, sends it again with the answers. Then looks at every interval that is stored. */
export async function sendSupplierFile(
  service: TestApp,
  layout: SupplierLayout,
  clock: FileClock,
  dates: Dates = BOTH_CHANGES,
): Promise<SentSupplierFile> {
  await forgetReadings(service);
  const file = writeSupplierFile(layout, clock, dates);
  let sent = await sendFile<Answer>(service, '', file.text);
  let asks: string[] = [];
  if (sent.body.type === 'urn:council-carbon:problem:layout-questions') {
    asks = (sent.body.errors ?? []).map(({ pointer }) => pointer.slice(1));
    const query = asks.map((parameter) => `${parameter}=${answerTo(parameter, layout, clock)}`);
    sent = await sendFile<Answer>(service, `?${query.join('&')}`, file.text);
  }
  if (sent.status !== 201) return { asks, wrong: [`${sent.status} ${sent.body.detail}`] };
  const wrong = await wrongDays(service, file);
  return { asks, wrong: wrong.map((text) => text.slice(0, 500)) };
}
