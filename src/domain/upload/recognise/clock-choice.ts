import { Refusal } from '../../refusal.ts';
import { headerWords } from '../header-words.ts';
import { columnName, type Layout, type UploadClock } from '../layout.ts';
import { quoted } from '../row-fault.ts';
import type { Decision, Question } from './recognition.ts';

/** What the rows say about the clock: the clocks they allow, and what shows it. */
export type ClockEvidence = {
  /** Clocks that the rows allow. */
  allowed: ReadonlySet<UploadClock>;
  reasons: string[];
  /** All clocks give the same days: winter days, or times with offsets. */
  isImmaterial: boolean;
  /** Rows point to one clock without shutting out the others. */
  leaning: { clock: UploadClock; reason: string } | null;
};

/** The clock of a file: settled, needless (null), or open. */
export type ClockChoice = { clock: UploadClock | null; decision: Decision | null; question: Question | null };

/** The clocks that are told apart; gmt48 is utc by another name. */
export const CLOCKS_TOLD_APART: readonly UploadClock[] = ['local', 'utc', 'local48'];

const MEANING: Readonly<Record<UploadClock, string>> = {
  local: 'the clock on the wall, 46, 48 or 50 half-hours a day',
  utc: 'GMT or UTC all year, 48 half-hours a day',
  gmt48: 'GMT or UTC all year, 48 half-hours a day',
  local48: 'the clock on the wall, but 48 half-hours on every day',
};

const LOCAL_WORDS = /\b(settlement|local|bst|uk)\b/;
const UTC_WORDS = /\b(utc|gmt|zulu)\b/;

type Words = { allowed: readonly UploadClock[]; header: string };

/** What the headers say: `Date (UTC)`, or a settlement date, which is local. */
function wordsOf(layout: Layout): Words | null {
  const { date } = layout.columns;
  const others = layout.shape === 'reading-rows' ? [layout.columns.time, layout.columns.period] : [];
  for (const column of [date, ...others]) {
    const words = headerWords(column?.header ?? '');
    if (column !== null && UTC_WORDS.test(words)) return { allowed: ['utc'], header: columnName(column) };
    if (column !== null && LOCAL_WORDS.test(words))
      return { allowed: ['local', 'local48'], header: columnName(column) };
  }
  return null;
}

function questionOf(options: readonly UploadClock[], reason: string): Question {
  return {
    parameter: 'clock',
    question: 'By which clock do the times of the file run?',
    options: options.map((clock) => ({ value: clock, meaning: MEANING[clock] })),
    reason,
  };
}

/** What is asked when a row comes that needs a clock, and none is known. */
export function clockQuestion(text: string): Question {
  return questionOf(CLOCKS_TOLD_APART, `${quoted(text)} is not the same by every clock.`);
}

/**
 * Holds the clock that the sender names against the headers.
 * @throws Refusal `invalid-request` when a header says otherwise.
 */
export function checkNamedClock(layout: Layout, clock: UploadClock): ClockChoice {
  const words = wordsOf(layout);
  if (words?.allowed[0] === 'utc' && clock !== 'utc' && clock !== 'gmt48') {
    const detail = `clock=${clock} contradicts the header ${quoted(words.header)}: send the file with clock=utc`;
    throw new Refusal('invalid-request', detail, [{ pointer: '?clock', code: 'not-allowed', detail }]);
  }
  return { clock, decision: null, question: null };
}

/** Weighs what the headers and the rows say. */
export function chooseClock(layout: Layout, evidence: ClockEvidence, isWhole: boolean): ClockChoice {
  const settle = (value: UploadClock, reason: string, certainty: Decision['certainty']): ClockChoice => ({
    clock: value,
    decision: { about: 'clock', column: null, value, reason, certainty },
    question: null,
  });
  const words = wordsOf(layout);
  const allowed = CLOCKS_TOLD_APART.filter((clock) => evidence.allowed.has(clock));
  const agreed = words === null ? allowed : allowed.filter((clock) => words.allowed.includes(clock));
  const shown = evidence.reasons.join(' ');
  const [only, other] = agreed;
  if (only !== undefined && other === undefined && shown !== '') return settle(only, shown, 'certain');
  if (words !== null && only !== undefined)
    return settle(only, `The header ${quoted(words.header)} says so.`, other === undefined ? 'certain' : 'likely');
  if (words !== null && words.allowed[0] !== 'utc' && allowed.length === 1 && allowed[0] !== undefined)
    return settle(allowed[0], `${shown} The header ${quoted(words.header)} speaks of another clock.`, 'likely');
  if (words !== null)
    return {
      clock: null,
      decision: null,
      question: questionOf(allowed, `The header ${quoted(words.header)} and the rows contradict each other. ${shown}`),
    };
  if (evidence.leaning !== null && evidence.allowed.has(evidence.leaning.clock))
    return settle(evidence.leaning.clock, evidence.leaning.reason, 'likely');
  if (evidence.isImmaterial && isWhole)
    return {
      clock: null,
      decision: {
        about: 'clock',
        column: null,
        value: 'any',
        reason: 'Every clock gives the same: the rows are of winter days, or carry their offset.',
        certainty: 'certain',
      },
      question: null,
    };
  const why = shown === '' ? 'No header names a clock, and no day on which the clocks change shows it.' : shown;
  return { clock: null, decision: null, question: questionOf(allowed.length > 0 ? allowed : CLOCKS_TOLD_APART, why) };
}
