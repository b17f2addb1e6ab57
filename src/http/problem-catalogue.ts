import type { RefusalCode } from '../domain/refusal.ts';

/** Problems of the protocol itself, which no rule of the domain can raise. */
export type ProtocolCode =
  | 'method-not-allowed'
  | 'not-acceptable'
  | 'uri-too-long'
  | 'request-timeout'
  | 'headers-too-large'
  | 'internal-error';

/** Everything a problem answer can be about. */
export type ProblemCode = RefusalCode | ProtocolCode;

/** Status and title of a problem type; both are constant. The page behind a code is its line in `docs/problems.md`. */
export type ProblemType = { status: number; title: string };

/** Every problem type. A code, once published, keeps its status and meaning. */
export const PROBLEM_TYPES: Readonly<Record<ProblemCode, ProblemType>> = {
  'invalid-request': { status: 400, title: 'The request is not valid' },
  'invalid-period': { status: 400, title: 'The period is not valid' },
  'invalid-cursor': { status: 400, title: 'The page cursor is not valid for this request' },
  unauthenticated: { status: 401, title: 'A valid API key is needed' },
  forbidden: { status: 403, title: 'The API key does not allow this' },
  'not-found': { status: 404, title: 'There is nothing at this address' },
  'unknown-site': { status: 404, title: 'There is no such site' },
  'unknown-meter': { status: 404, title: 'There is no such meter' },
  'unknown-closure': { status: 404, title: 'There is no such closure' },
  'unknown-target': { status: 404, title: 'There is no such target' },
  'unknown-heat-network': { status: 404, title: 'There is no such heat network' },
  'unknown-instrument': { status: 404, title: 'There is no such instrument' },
  'unknown-residual-mix': { status: 404, title: 'There is no such residual mix' },
  'unknown-other-emission': { status: 404, title: 'There is no such figure of other emissions' },
  'unknown-measure': { status: 404, title: 'There is no such measure' },
  'unknown-grid-pathway': { status: 404, title: 'There is no such grid pathway' },
  'unknown-upload': { status: 404, title: 'There is no such upload' },
  'file-not-kept': { status: 404, title: 'The file is not kept' },
  'unknown-layout': { status: 404, title: 'There is no such layout' },
  'unknown-area-table': { status: 404, title: 'There is no such area table' },
  'unknown-statement': { status: 404, title: 'There is no such statement' },
  'unknown-reference': { status: 404, title: 'There are no such reference degree days' },
  'unknown-benchmarks': { status: 404, title: 'There is no such edition of benchmarks' },
  'unknown-certificate': { status: 404, title: 'There is no such certificate' },
  'method-not-allowed': { status: 405, title: 'This address does not take this method' },
  'not-acceptable': { status: 406, title: 'The answer cannot be given in a format that was asked for' },
  'request-timeout': { status: 408, title: 'The request took too long to arrive' },
  'site-has-meters': { status: 409, title: 'The site still has meters' },
  'meter-has-readings': { status: 409, title: 'The meter has readings' },
  'meter-field-immutable': { status: 409, title: 'A meter with readings keeps this field' },
  'overlapping-billed-period': { status: 409, title: 'The billed period overlaps another' },
  'resolution-conflict': { status: 409, title: 'The day is stored in intervals of another length' },
  'already-undone': { status: 409, title: 'The upload was undone before' },
  conflict: { status: 409, title: 'The request conflicts with what is stored' },
  'precondition-failed': { status: 412, title: 'What is stored has changed since' },
  'payload-too-large': { status: 413, title: 'The body is too large' },
  'uri-too-long': { status: 414, title: 'The address is too long' },
  'unsupported-media-type': { status: 415, title: 'The body is in a format that is not taken here' },
  'readings-refused': { status: 422, title: 'Readings were refused' },
  'unreadable-file': { status: 422, title: 'The file cannot be read' },
  'layout-questions': { status: 422, title: 'The file can be read in more than one way' },
  'lease-type-missing': { status: 422, title: 'A lease states no kind' },
  'baseline-outside-data': { status: 422, title: 'The baseline lies outside the data' },
  'before-first-knowledge': { status: 422, title: 'Nothing was recorded by then' },
  'as-of-in-future': { status: 422, title: 'The moment has not passed' },
  'not-comparable': { status: 422, title: 'The figures cannot be compared' },
  'statement-not-published': { status: 422, title: 'The statement was not published' },
  'statement-not-publishable': { status: 422, title: 'The statement cannot be published as it is' },
  'not-normalisable': { status: 422, title: 'No meter can be brought to reference weather' },
  'period-cuts-figures': { status: 422, title: 'The period cuts a figure that is known only as a whole' },
  'not-projectable': { status: 422, title: 'The target cannot be projected' },
  'not-rateable': { status: 422, title: 'The site cannot be given an operational rating' },
  'rate-limited': { status: 429, title: 'Too many requests' },
  'headers-too-large': { status: 431, title: 'The headers are too large' },
  'internal-error': { status: 500, title: 'The service failed' },
  busy: { status: 503, title: 'The service is busy' },
};

/** The stable name of a problem type, as it stands in `type`. */
export function problemTypeUri(code: ProblemCode): string {
  return `urn:council-carbon:problem:${code}`;
}
