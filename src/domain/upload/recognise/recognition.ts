import type { Arrangement } from '../arrangement.ts';
import type { Delimiter, Layout } from '../layout.ts';
import type { UploadOptions } from '../upload-options.ts';

/** One thing that was decided about a file, why, and how sure it is. */
export type Decision = {
  /** What it is about, such as `meter`, `date` or `clock`. */
  about: string;
  /** The column it is about, or null when it is about the file. */
  column: string | null;
  value: string;
  reason: string;
  /** Certain: the data or the words of the file allow nothing else. Likely: nothing speaks against it. */
  certainty: 'certain' | 'likely';
};

/** Query parameters that answer questions. */
export type QuestionParameter =
  | 'clock'
  | 'label'
  | 'dateOrder'
  | 'dayBasis'
  | 'rowDate'
  | 'decimalMark'
  | 'valuesAre'
  | 'billEnd';

/** Something that a file leaves open and its sender has to say. */
export type Question = {
  parameter: QuestionParameter;
  question: string;
  options: { value: string; meaning: string }[];
  /** Why the file does not settle it. */
  reason: string;
};

/** How a file is read, as far as it can be told, and what is still open. */
export type Recognised = { layout: Layout; decisions: Decision[]; questions: Question[] };

/** What looking at a file came to: how it is read, or why it cannot be. */
export type Recognition = Recognised | { problem: string };

/** How the table of a sample is unfolded. */
export type Arranged = { arrangement: Arrangement; delimiter: Delimiter; headerLine: number | null };

/** The first bytes of a file, or all of it, read as they stand or unfolded. */
export type Sample = { bytes: Buffer; isWhole: boolean; arranged: Arranged | null };

/** What the sender says of the file. */
export type Hints = Pick<
  UploadOptions,
  | 'clock'
  | 'label'
  | 'dateOrder'
  | 'dayBasis'
  | 'rowDate'
  | 'decimalMark'
  | 'valuesAre'
  | 'resolutionMinutes'
  | 'meterKey'
  | 'nowMs'
>;
