import type { Layout } from './layout.ts';
import { type FittedLayout, fitLayout, headerOf, matchLayout } from './match-layout.ts';
import type { MeterLookup } from './meter-lookup.ts';
import { recognise } from './recognise/recognise.ts';
import type { Hints, Recognised, Sample } from './recognise/recognition.ts';
import type { UploadOptions } from './upload-options.ts';

/** How a file is read, with its whole header line, and the name of the kept layout that says so. */
export type SettledLayout = Recognised & { header: readonly string[] | null; kept: string | null };

/** What the sender says of this one file stands over the layout that is kept for all of them. */
function withHints(layout: Layout, hints: Hints): Layout {
  const shared = {
    clock: hints.clock ?? layout.clock,
    dateOrder: hints.dateOrder ?? layout.dateOrder,
    dayBasis: hints.dayBasis ?? layout.dayBasis,
  };
  if (layout.shape === 'day-rows') return { ...layout, ...shared, rowDate: hints.rowDate ?? layout.rowDate };
  const namesIntervals = layout.isDaily || layout.columns.period !== null;
  return {
    ...layout,
    ...shared,
    label: namesIntervals ? layout.label : (hints.label ?? layout.label ?? 'start'),
    resolutionMinutes: hints.resolutionMinutes ?? layout.resolutionMinutes,
  };
}

function ofKept({ name, header, layout }: FittedLayout, reason: string, hints: Hints): SettledLayout {
  const decision = { about: 'layout', column: null, value: name, reason, certainty: 'certain' } as const;
  return { layout: withHints(layout, hints), decisions: [decision], questions: [], header, kept: name };
}

/**
 * Tells how a file is to be read: by the kept layout that the sender names, by the one whose header it has, else by what
 * its columns and values show.
 * @throws Refusal `unreadable-file` or `invalid-request` where a kept layout does not fit, or more than one does.
 */
export function settleLayout(
  sample: Sample,
  find: MeterLookup,
  options: UploadOptions,
): SettledLayout | { problem: string } {
  const { layout: named, keptLayouts } = options;
  if (named !== null) return ofKept(fitLayout(sample, named), 'The sender names it.', options);
  const matched = matchLayout(sample, keptLayouts);
  if (matched !== null) return ofKept(matched, 'The header of the file is the one that it is kept for.', options);
  const found = recognise(sample, find, options);
  return 'problem' in found ? found : { ...found, header: headerOf(sample, found.layout), kept: null };
}

/** Answers that may follow from another: an order of dates decides on which days the clocks change. */
const ROUNDS_MAX = 3;

/**
 * The layout that the first answer to every open question leads to. By it the rows can be counted that are the same
 * whatever the answer.
 */
export function assumedLayout(
  { layout, questions }: Recognised,
  sample: Sample,
  find: MeterLookup,
  options: UploadOptions,
): Layout {
  let assumed: Hints = options;
  let open = questions;
  for (let round = 0; round < ROUNDS_MAX && open.length > 0; round++) {
    const answers = Object.fromEntries(
      open.map(({ parameter, options: [first] }) => [parameter, first?.value ?? null]),
    );
    assumed = { ...assumed, ...answers };
    const found = recognise(sample, find, assumed);
    if ('problem' in found) return layout;
    if (found.questions.length === 0) return found.layout;
    open = found.questions;
  }
  return layout;
}
