import { elapsedMinutes, startOfDayMs } from '../calendar.ts';
import { dayNumber, type LocalDay } from '../local-day.ts';
import { registerValue } from '../readings/read-register.ts';
import { type DecimalMark, pointedText } from './decimal-mark.ts';
import type { UploadMeter } from './meter-lookup.ts';
import { withoutThousands } from './read-value.ts';
import { type CellFault, isFault, quoted } from './row-fault.ts';
import type { Tally } from './tally.ts';

const VALUE_PATTERN = /^\d{1,12}(\.\d{1,6})?$/;

/** What a cell says that a register shows, in millionths; `mark` stands before its decimals, null where it is not known. */
export function readRegisterValue(text: string, mark: DecimalMark | null): { micro: bigint } | CellFault {
  const pointed = pointedText(text, mark);
  if (isFault(pointed)) return pointed;
  const plain = withoutThousands(pointed);
  if (VALUE_PATTERN.test(plain)) return registerValue(Number(plain));
  const detail = `${quoted(text)} is no reading: expected what the dials show, in digits`;
  return { code: 'not-a-number', detail };
}

/** The instant of a time on the wall; a time that spring leaves out is the change itself. */
export function localInstantMs(day: LocalDay, wallMinute: number): number {
  const SPRING_CHANGE = 60;
  return startOfDayMs(day) + (elapsedMinutes(day, wallMinute) ?? SPRING_CHANGE) * 60_000;
}

/** Counts a read that was taken. */
export function countRead(tally: Tally, meter: UploadMeter, day: LocalDay): void {
  const number = dayNumber(day);
  tally.accepted += 1;
  tally.values += 1;
  if (!tally.meters.has(meter.id)) tally.meters.set(meter.id, { key: meter.key, values: 0, longestRun: 0, run: 0 });
  tally.firstDay = Math.min(tally.firstDay, number);
  tally.lastDay = Math.max(tally.lastDay, number);
}
