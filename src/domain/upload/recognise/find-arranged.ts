import type { Arrangement } from '../arrangement.ts';
import { type AboveRole, HEADER_OF, MADE_HEADERS } from '../arrangement.ts';
import type { Delimiter, Layout, LayoutColumn } from '../layout.ts';
import type { MeterLookup } from '../meter-lookup.ts';
import { quoted } from '../row-fault.ts';
import type { Draft } from './day-row-columns.ts';
import { type FoundAbove, findAbove } from './find-above.ts';
import { type FoundAcross, findAcross } from './find-across.ts';
import { canBeHeader, delimitersOf, findDraft } from './find-draft.ts';
import type { Arranged, Decision, Hints, Sample } from './recognition.ts';
import { firstLines, type SampleLine } from './sample-lines.ts';

/** A sample that is unfolded, its columns, and what its format says of itself. */
export type FoundArranged = { sample: Sample; draft: Draft<Layout>; hints: Hints };

const LINES_MAX = 200;
const HEADER_LINES_MAX = 30;
const NAMES_SHOWN = 3;

function acrossDecisions({ across, leftOut }: FoundAcross): Decision[] {
  const other = leftOut.map((column): Decision => {
    const reason = 'It is no energy of a meter: it names none, is a total, or another quantity.';
    return { about: 'values', column, value: 'left out', reason, certainty: 'likely' };
  });
  if (across.holds === 'date') {
    const reason = 'Dates stand above the columns of values, and no row has one.';
    return [
      { about: 'date', column: null, value: 'the headers of the columns', reason, certainty: 'certain' },
      ...other,
    ];
  }
  const names = across.columns.slice(0, NAMES_SHOWN).map(({ meter }) => quoted(meter));
  const reason = `The headers of ${across.columns.length} columns of values name meters, such as ${names.join(', ')}.`;
  return [
    { about: 'meter', column: null, value: 'the headers of the columns', reason, certainty: 'certain' },
    ...other,
  ];
}

const aboveDecisions = ({ marks }: FoundAbove): Decision[] =>
  marks.map(({ mark, holds }) => ({
    about: holds,
    column: null,
    value: mark === '' ? 'a line above the rows' : `what stands behind ${quoted(mark)}`,
    reason: 'A line above the rows says it for all of them.',
    certainty: 'likely',
  }));

const STARK_DECISIONS: Decision[] = [
  {
    about: 'clock',
    column: null,
    value: 'utc',
    reason: 'Files of this format (#F2) are in UTC.',
    certainty: 'certain',
  },
  {
    about: 'label',
    column: null,
    value: 'end',
    reason: 'Files of this format (#F2) name the end of the interval.',
    certainty: 'certain',
  },
];

/** A way to unfold the file, not tried yet. */
type Attempt = { arrangement: Arrangement; headerLine: number | null; decisions: Decision[]; hints: Hints };

function* attemptsAt(
  lines: readonly SampleLine[],
  delimiter: Delimiter,
  sample: Sample,
  find: MeterLookup,
  hints: Hints,
): Generator<Attempt> {
  const above = findAbove(lines, find);
  const across = findAcross(lines, find);
  if (across !== null) {
    const isMeters = across.across.holds === 'meter';
    const marks = above.marks.filter(({ holds }) =>
      isMeters ? holds !== 'meter' && holds !== 'channel' : holds !== 'date',
    );
    const decisions = acrossDecisions(across);
    const arrangement = { above: [], across: across.across, keep: across.keep };
    const { headerLine } = across;
    yield { arrangement, headerLine, decisions, hints };
    if (marks.length > 0)
      yield {
        arrangement: { ...arrangement, above: marks },
        headerLine,
        decisions: [...decisions, ...aboveDecisions({ ...above, marks })],
        hints,
      };
  }
  if (above.marks.length === 0) return;
  if (above.isStark) {
    const said: Hints = { ...hints, clock: hints.clock ?? 'utc', label: hints.label ?? 'end' };
    const arrangement = { above: above.marks, across: null, keep: null };
    yield { arrangement, headerLine: null, decisions: [...aboveDecisions(above), ...STARK_DECISIONS], hints: said };
    return;
  }
  const probe = findDraft(sample, find, { ...hints, meterKey: hints.meterKey ?? '' });
  const known = 'layout' in probe && probe.layout.delimiter === delimiter ? [probe.layout.headerLine] : [];
  const headed = lines.slice(0, HEADER_LINES_MAX).filter(canBeHeader);
  for (const marks of [above.marks.filter(({ holds }) => holds !== 'date'), above.marks]) {
    const arrangement = { above: marks, across: null, keep: null };
    const decisions = aboveDecisions({ ...above, marks });
    if (marks.length === 0) continue;
    for (const headerLine of [...known, ...headed.map(({ line }) => line), null])
      yield { arrangement, headerLine, decisions, hints };
  }
}

/** The meter of a table that is unfolded comes of the unfolding, or is known to the estate. */
function isTold({ layout, known }: Draft<Layout>, { arrangement }: Attempt): boolean {
  const isMade = arrangement.across?.holds === 'meter' || arrangement.above.some(({ holds }) => holds === 'meter');
  const [meter] = layout.columns.meter;
  if (meter === undefined) return true;
  return isMade ? meter.header === 'Meter' || meter.header === null : known > 0;
}

/** What lines above say of channel and unit counts, whatever stands there: a column of codes is not told by its cells. */
function withMade(layout: Layout, arrangement: Arrangement): Layout {
  const made = (holds: AboveRole): LayoutColumn | null => {
    const index = arrangement.above.findIndex((mark) => mark.holds === holds);
    return index < 0 ? null : { index, header: layout.headerLine === null ? null : HEADER_OF[holds] };
  };
  const channel = layout.columns.channel ?? made('channel');
  const unit = layout.columns.unit ?? made('unit');
  return layout.shape === 'day-rows'
    ? { ...layout, arrangement, columns: { ...layout.columns, channel, unit } }
    : { ...layout, arrangement, columns: { ...layout.columns, channel, unit } };
}

/**
 * Looks for a way to unfold the table of a file that is none of rows by meter and date: meters or dates side by side, or
 * the meter, the date, the channel or the unit named in lines above the rows. Null where none gives a table.
 */
export function findArranged(sample: Sample, find: MeterLookup, hints: Hints): FoundArranged | null {
  for (const delimiter of delimitersOf(sample)) {
    const lines = firstLines(sample, delimiter, LINES_MAX);
    for (const attempt of attemptsAt(lines, delimiter, sample, find, hints)) {
      const { arrangement, headerLine, decisions } = attempt;
      const arranged: Arranged = { arrangement, delimiter, headerLine };
      const unfolded = { ...sample, arranged };
      const draft = findDraft(unfolded, find, attempt.hints);
      if (!('layout' in draft) || draft.layout.headerLine !== headerLine || !isTold(draft, attempt)) continue;
      const own = draft.decisions.filter(({ column }) => column === null || !MADE_HEADERS.has(column));
      return {
        sample: unfolded,
        draft: { ...draft, layout: withMade(draft.layout, arrangement), decisions: [...decisions, ...own] },
        hints: attempt.hints,
      };
    }
  }
  return null;
}
