import type { AnyLayout } from './bill-layout.ts';
import type { KeptLayout } from './kept-layout.ts';
import type { Layout } from './layout.ts';
import { type FittedLayout, fitLayout, headerOf, matchLayout } from './match-layout.ts';
import type { MeterLookup } from './meter-lookup.ts';
import { recognise } from './recognise/recognise.ts';
import type { Hints, Recognised, Sample } from './recognise/recognition.ts';
import type { UploadOptions } from './upload-options.ts';

/** How a file is read, with its whole header line, and the name of the kept layout that says so. */
export type SettledLayout<Kind extends AnyLayout = Layout> = Omit<Recognised, 'layout'> & {
  layout: Kind;
  header: readonly string[] | null;
  kept: string | null;
};

/** What the sender says of this one file stands over the layout that is kept for all of them. */
function withHints(layout: Layout, hints: Hints): Layout {
  const shared = {
    clock: hints.clock ?? layout.clock,
    decimalMark: hints.decimalMark ?? layout.decimalMark,
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

/** A file that is read by a kept layout; `reason` says why by that one. */
export type FoundKept<Kind extends AnyLayout> = { fitted: FittedLayout<Kind>; reason: string };

/**
 * The kept layout that a file is read by: the one that the sender names, else the one whose header it has.
 * @throws Refusal `unreadable-file` or `invalid-request` where the one does not fit, or several have the header.
 */
export function findKept<Kind extends AnyLayout>(
  sample: Sample,
  named: KeptLayout<Kind> | null,
  kept: readonly KeptLayout<Kind>[],
): FoundKept<Kind> | null {
  if (named !== null) return { fitted: fitLayout(sample, named), reason: 'The sender names it.' };
  const fitted = matchLayout(sample, kept);
  return fitted === null ? null : { fitted, reason: 'The header of the file is the one that it is kept for.' };
}

/** How a file is read by a kept layout, to which nothing is left to ask. */
export function settledByKept<Kind extends AnyLayout>({
  fitted: { name, header, layout },
  reason,
}: FoundKept<Kind>): SettledLayout<Kind> {
  const decision = { about: 'layout', column: null, value: name, reason, certainty: 'certain' } as const;
  return { layout, decisions: [decision], questions: [], header, kept: name };
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
  const kept = findKept(sample, options.layout, options.keptLayouts);
  if (kept !== null) return { ...settledByKept(kept), layout: withHints(kept.fitted.layout, options) };
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
