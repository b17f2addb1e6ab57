/**
 * Why something was refused. Each code is one entry of the problem catalogue
 * (`http/problem-catalogue.ts`), which gives it a status and a title, and one line of `docs/problems.md`.
 */
export type RefusalCode =
  | 'invalid-request'
  | 'invalid-period'
  | 'invalid-cursor'
  | 'unauthenticated'
  | 'forbidden'
  | 'not-found'
  | 'unknown-site'
  | 'unknown-meter'
  | 'unknown-closure'
  | 'unknown-target'
  | 'unknown-heat-network'
  | 'unknown-instrument'
  | 'unknown-residual-mix'
  | 'unknown-other-emission'
  | 'unknown-measure'
  | 'unknown-grid-pathway'
  | 'unknown-upload'
  | 'file-not-kept'
  | 'unknown-layout'
  | 'unknown-area-table'
  | 'unknown-statement'
  | 'unknown-reference'
  | 'unknown-benchmarks'
  | 'unknown-certificate'
  | 'site-has-meters'
  | 'meter-has-readings'
  | 'meter-field-immutable'
  | 'readings-refused'
  | 'overlapping-billed-period'
  | 'resolution-conflict'
  | 'unreadable-file'
  | 'layout-questions'
  | 'lease-type-missing'
  | 'baseline-outside-data'
  | 'before-first-knowledge'
  | 'as-of-in-future'
  | 'not-comparable'
  | 'statement-not-published'
  | 'statement-not-publishable'
  | 'not-normalisable'
  | 'period-cuts-figures'
  | 'not-projectable'
  | 'not-rateable'
  | 'already-undone'
  | 'conflict'
  | 'payload-too-large'
  | 'unsupported-media-type'
  | 'precondition-failed'
  | 'rate-limited'
  | 'busy';

/** One thing wrong with the input: where (RFC 6901 pointer, or `?name` for a query parameter), what kind, and what was expected. */
export type Fault = { pointer: string; code: string; detail: string };

/**
 * Input or state that the service refuses. `message` is public: it names the value, the place and what was
 * expected, and never an internal. Anything thrown that is not a Refusal is a fault of the service (500).
 */
export class Refusal extends Error {
  readonly code: RefusalCode;
  readonly faults: readonly Fault[];

  constructor(code: RefusalCode, message: string, faults: readonly Fault[] = [], options?: ErrorOptions) {
    super(message, options);
    this.name = 'Refusal';
    this.code = code;
    this.faults = faults;
  }
}
