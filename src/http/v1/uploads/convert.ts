import type { LayoutQuestions } from '../../../domain/upload/layout-questions.ts';
import { LIMITS } from '../../../limits.ts';
import type { UploadRecord, UploadResult, UploadSettings, UploadSummary } from '../../../services/uploads/ports.ts';
import { problemOf } from '../../problem.ts';
import type { UploadListed } from './list-schemas.ts';
import type { UploadAnswer, UploadQuery } from './schemas.ts';
import type { UploadProblem } from './upload-problem-schema.ts';

/** What the query says about a file. */
export function fromUploadQuery(query: UploadQuery): UploadSettings & { fileName: string | null } {
  return {
    mode: query.mode ?? 'strict',
    clock: query.clock ?? null,
    label: query.label ?? null,
    dateOrder: query.dateOrder ?? null,
    dayBasis: query.dayBasis ?? null,
    rowDate: query.rowDate ?? null,
    decimalMark: query.decimalMark ?? null,
    valuesAre: query.valuesAre ?? null,
    billEnd: query.billEnd ?? null,
    resolutionMinutes: query.resolutionMinutes ?? null,
    replaceActual: query.replaceActual ?? null,
    meter: query.meter ?? null,
    layout: query.layout ?? null,
    fileName: query.fileName ?? null,
  };
}

/** The record of an upload without its refused rows, for a list. */
export function toUploadSummary(upload: UploadSummary): UploadListed {
  const { id, status, mode, clock, mediaType, fileName, sha256, bytes, undone, reason, result } = upload;
  return {
    id: String(id),
    status,
    mode,
    clock,
    mediaType,
    fileName,
    receivedAt: upload.receivedAt.toISOString(),
    finishedAt: upload.finishedAt?.toISOString() ?? null,
    sha256,
    bytes,
    retryOf: upload.retryOf === null ? null : String(upload.retryOf),
    progress: upload.progress,
    keptAt: upload.keptFile?.keptAt.toISOString() ?? null,
    fileRemovedAt: upload.fileRemovedAt?.toISOString() ?? null,
    undone: undone === null ? null : { ...undone, at: undone.at.toISOString() },
    reason,
    ...result,
  };
}

/** The record of an upload, for its answer. */
export function toUploadAnswer(upload: UploadRecord): UploadAnswer {
  const { result, refusals } = upload;
  return {
    ...toUploadSummary(upload),
    refusals: [...refusals],
    refusalsTruncated: (result?.refusalCount ?? 0) > refusals.length,
  };
}

/** Where a row stands: `line 4`, or `line 4 of february.csv`. */
const placeOf = ({ file, line }: { file: string | null; line: number }) =>
  file === null ? `line ${line}` : `line ${line} of ${file}`;
const capital = (text: string) => text.slice(0, 1).toUpperCase() + text.slice(1);

function summary(
  { rows, refusalCount, days, registerReadings, bills }: UploadResult,
  first: { file: string | null; line: number; detail: string } | undefined,
): string {
  const counts = [
    ...(rows.refused > 0
      ? [`${rows.refused} of ${rows.read} rows ${rows.refused === 1 ? 'was' : 'were'} refused`]
      : []),
    ...(days.refused > 0 ? [`${days.refused} meter-days contradict each other or what is stored`] : []),
    ...((registerReadings?.refused ?? 0) > 0
      ? [`${registerReadings?.refused} register readings contradict others of their register`]
      : []),
    ...((bills?.refused ?? 0) > 0 ? [`${bills?.refused} bills overlap others of their meter`] : []),
  ];
  const place = first === undefined ? '' : ` ${capital(placeOf(first))}: ${first.detail}`;
  const listed = refusalCount > LIMITS.problemFaultsMax ? ` (the first ${LIMITS.problemFaultsMax} are listed)` : '';
  return `${counts.join(', ')}; nothing is stored${listed}.${place}`;
}

/** Why rows of an upload were refused, as a problem. */
export function toUploadProblem(upload: UploadRecord, result: UploadResult, requestId: string): UploadProblem {
  const problem = problemOf('readings-refused', summary(result, upload.refusals[0]), requestId);
  return {
    ...problem,
    errors: upload.refusals
      .slice(0, LIMITS.problemFaultsMax)
      .map((refusal) => ({ pointer: placeOf(refusal), ...refusal })),
    upload: String(upload.id),
    refusalCount: result.refusalCount,
    rows: result.rows,
  };
}

/** What a file leaves open, as a problem. */
export function toQuestionsProblem(refusal: LayoutQuestions, upload: UploadRecord, requestId: string): UploadProblem {
  const { code, message, faults, questions } = refusal;
  return {
    ...problemOf(code, message, requestId, faults),
    upload: String(upload.id),
    questions: questions.map((question) => ({ ...question })),
  };
}
