import { createMeterLookup } from '../../src/domain/upload/meter-lookup.ts';
import { recognise } from '../../src/domain/upload/recognise/recognise.ts';
import type { Hints, Recognised, Recognition } from '../../src/domain/upload/recognise/recognition.ts';
import { TEST_METERS } from './read-upload.ts';

/** The hints of a sender who says nothing. */
export const NOTHING_SAID: Hints = {
  clock: null,
  label: null,
  dateOrder: null,
  dayBasis: null,
  rowDate: null,
  decimalMark: null,
  valuesAre: null,
  resolutionMinutes: null,
  meterKey: null,
  nowMs: Date.UTC(2026, 10, 22, 12),
};

/** How a text is understood as the whole of a file. */
export function recogniseText(text: string, hints: Partial<Hints> = {}, isWhole = true): Recognition {
  return recognise({ bytes: Buffer.from(text), isWhole, arranged: null }, createMeterLookup(TEST_METERS), {
    ...NOTHING_SAID,
    ...hints,
  });
}

/** The same for a text that is recognised. */
export function recognisedText(text: string, hints: Partial<Hints> = {}, isWhole = true): Recognised {
  const found = recogniseText(text, hints, isWhole);
  if ('problem' in found) throw new Error(found.problem);
  return found;
}

/** The questions of a text, as `parameter=answer,answer`. */
export function questionsOf(text: string, hints: Partial<Hints> = {}): string[] {
  return recognisedText(text, hints).questions.map(
    ({ parameter, options }) => `${parameter}=${options.map(({ value }) => value).join(',')}`,
  );
}
