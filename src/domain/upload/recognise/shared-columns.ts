import { headerWords } from '../header-words.ts';
import type { Layout, LayoutColumn } from '../layout.ts';
import { isUnitWord } from '../unit-scale.ts';
import type { Decision } from './recognition.ts';
import {
  inRole,
  isAnswerText,
  isBlankColumn,
  isChannelText,
  isFlagText,
  layoutColumn,
  type SampleColumn,
  type SampleTable,
  shareOf,
} from './sample-columns.ts';

/** Columns about the values of a row that any shape may have. */
export type FoundShared = {
  columns: { quality: LayoutColumn | null; channel: LayoutColumn | null; unit: LayoutColumn | null };
  qualityMeans: Layout['qualityMeans'];
  decisions: Decision[];
};

/** Headers that may stand above the names of channels, among others. */
const CHANNEL_HEADERS = /^(?:data |meter |measurement |reading )?(?:type|description|register|direction|flow)$/;
/** Words that say a channel by themselves: `kWh` and `consumption` are said of any column. */
const TELLING_CHANNEL = /^(ai|ae|ri|re|rie|ree|.*(import|export|reactive|kva).*|md|maximum demand)$/;
/** Other headers that may stand above qualities. */
const QUALITY_HEADER = /\b(type|quality|status|flag|estimated?|actual|marker)\b/;
const YES_OR_NO = /^(y|n|yes|no|true|false)$/i;
const REACTIVE_UNIT = /^kva(r?h?)?$/;
const isUnitText = (text: string) => isUnitWord(text) || REACTIVE_UNIT.test(headerWords(text));

/** Whether a column has numbers or percentages alone: how complete a day is says nothing of its quality. */
function isNumeric(column: SampleColumn): boolean {
  return shareOf(column, (text) => /^\d+(\.\d+)?\s*%?$/.test(text)) === 1;
}

function channelColumn(columns: readonly SampleColumn[]): SampleColumn | null {
  const named = inRole(columns, 'channel').find((column) => !isNumeric(column));
  if (named !== undefined) return named;
  const telling = (text: string) => isChannelText(text) && TELLING_CHANNEL.test(headerWords(text));
  return (
    columns.find((column) => CHANNEL_HEADERS.test(column.words) && shareOf(column, isChannelText) === 1) ??
    columns.find((column) => shareOf(column, isChannelText) === 1 && column.cells.some(telling)) ??
    null
  );
}

function qualityColumn(columns: readonly SampleColumn[]): {
  column: SampleColumn | null;
  means: Layout['qualityMeans'];
} {
  const reads = (column: SampleColumn) => !isNumeric(column) || shareOf(column, isAnswerText) === 1;
  const quality = inRole(columns, 'quality').find(reads) ?? null;
  const telling = columns.find((column) => QUALITY_HEADER.test(column.words) && shareOf(column, isFlagText) === 1);
  const column = quality ?? inRole(columns, 'is-estimate').find(reads) ?? telling ?? null;
  if (column === null) return { column, means: 'quality' };
  // Yes in 'Actual or Estimate' has been seen to mean an estimate.
  const asks = inRole([column], 'is-estimate').length > 0;
  const isAnswered = !isBlankColumn(column) && shareOf(column, (text) => YES_OR_NO.test(text)) === 1;
  return { column, means: asks || isAnswered ? 'is-estimate' : 'quality' };
}

function unitColumn(columns: readonly SampleColumn[]): SampleColumn | null {
  const isUnits = (column: SampleColumn) => shareOf(column, isUnitText) > 0.5;
  const named = inRole(columns, 'unit').find((column) => isBlankColumn(column) || isUnits(column));
  return named ?? columns.find(isUnits) ?? null;
}

/** Finds the columns of quality, channel and unit, by header and by content. */
export function findSharedColumns(columns: readonly SampleColumn[]): FoundShared {
  const channel = channelColumn(columns);
  const left = columns.filter((column) => column !== channel);
  const unit = unitColumn(left);
  const { column: quality, means } = qualityColumn(left.filter((column) => column !== unit));
  const nameOf = (column: SampleColumn) => column.header ?? `column ${column.index + 1}`;
  const decide = (about: string, column: SampleColumn | null, reason: string): Decision[] =>
    column === null ? [] : [{ about, column: nameOf(column), value: nameOf(column), reason, certainty: 'likely' }];
  return {
    columns: {
      quality: quality === null ? null : layoutColumn(quality),
      channel: channel === null ? null : layoutColumn(channel),
      unit: unit === null ? null : layoutColumn(unit),
    },
    qualityMeans: means,
    decisions: [
      ...decide(
        'channel',
        channel,
        'Its cells name channels: only active energy of the direction of the meter is taken.',
      ),
      ...decide('unit', unit, 'Its cells name units.'),
      ...decide(
        'quality',
        quality,
        means === 'quality' ? 'Its cells say actual or estimated.' : 'Its cells answer whether a value is an estimate.',
      ),
    ],
  };
}

/** What layouts of all shapes have, with what comes later left open. */
export function sharedLayout(
  { delimiter, headerLine }: SampleTable,
  { qualityMeans }: FoundShared,
  unit: string | null,
) {
  return {
    delimiter,
    headerLine,
    arrangement: null,
    qualityMeans,
    unit,
    decimalMark: null,
    dateOrder: null,
    clock: null,
    dayBasis: 'local' as const,
    skip: [],
  };
}
