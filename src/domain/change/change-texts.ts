import type { AnsweredChange, AnsweredParts } from './change-answer.ts';
import type { DepartureSum, SplitChange } from './split-change.ts';

/** The parts in the order in which they are taken out of a change (rule G1). */
export const CHANGE_PARTS = [
  'boundary',
  'openedClosed',
  'missingData',
  'factor',
  'weather',
  'use',
  'revision',
] as const satisfies readonly (keyof AnsweredParts)[];
export type ChangePartName = (typeof CHANGE_PARTS)[number];

/** How many changes of an estate a text names. */
const NAMED_MAX = 5;

function namesOf(departures: readonly DepartureSum[], part: DepartureSum['part']): string {
  const own = departures.filter((departure) => departure.part === part);
  if (own.length === 0) return 'There was none.';
  const largest = [...own].sort((a, b) => b.kg.abs().comparedTo(a.kg.abs())).slice(0, NAMED_MAX);
  const named = largest.map(({ site, reason, on }) => `${site} (${reason} on ${on})`).join(', ');
  return own.length > NAMED_MAX ? `The largest of ${own.length}: ${named}.` : `${named}.`;
}

function factorText({ factorByKind }: AnsweredChange, { breaks }: SplitChange): string {
  const kinds = factorByKind.map(({ kind, kgCo2e }) => `${kind} ${kgCo2e.toFixed(3)} kg`).join(', ');
  const known = breaks.map(({ year, keys, what }) => `${year}, ${keys.join(' and ')}: ${what}`).join('; ');
  const text = `Other factors for the same use: the difference of the factors times the mean of both uses.`;
  return `${text}${kinds === '' ? '' : ` By kind: ${kinds}.`}${known === '' ? '' : ` The publisher says of ${known}.`}`;
}

function weatherText({ notQuantified }: AnsweredChange, { total: { fitted, unfitted } }: SplitChange): string {
  if (fitted.size === 0)
    return 'Not quantified: no meter has an accepted fit of its use to degree days. It is inside use.';
  const text = `The difference of degree days times the slope of the fit, at the mean of both factors, for ${fitted.size} meters.`;
  return notQuantified.length === 0 ? text : `${text} For ${unfitted.size} without an accepted fit it is inside use.`;
}

/** What each part of a change says, in words that claim no more than the arithmetic does. */
export function changeTexts(
  change: AnsweredChange,
  split: SplitChange,
): { part: ChangePartName; kgCo2e: number | null; text: string }[] {
  const texts: Record<ChangePartName, string> = {
    boundary: `Counts in one of the periods alone, because a site, a tenancy or a meter changed hands, control or place. ${namesOf(split.departures, 'boundary')}`,
    openedClosed: `Counts in one of the periods alone, because it was opened or closed. That is neither more nor less use of anything that stayed. ${namesOf(split.departures, 'openedClosed')}`,
    missingData:
      'Only data: what is missing in either period, taken as the mean of what is known of the same meter, at the factors of that period.',
    factor: factorText(change, split),
    weather: weatherText(change, split),
    use: `What is left: more or less use by all that is neither listed above nor known here${change.parts.weather === null ? ', the weather with it' : ''}.`,
    revision:
      change.parts.revision === null
        ? 'Not applicable: both periods are answered from the same knowledge.'
        : 'What came of the first period since the moment its figure was taken at: later data, corrections, other editions of factors.',
  };
  return CHANGE_PARTS.map((part) => ({ part, kgCo2e: change.parts[part], text: texts[part] }));
}
