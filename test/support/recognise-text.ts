import { createMeterLookup } from '../../src/domain/upload/meter-lookup.ts';
import { recognise } from '../../src/domain/upload/recognise/recognise.ts';
import type { Hints, Recognised, Recognition } from '../../src/domain/upload/recognise/recognition.ts';
import { NOTHING_SAID } from './nothing-said.ts';
import { TEST_METERS } from './read-upload.ts';

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
