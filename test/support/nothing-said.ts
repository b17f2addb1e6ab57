import type { UploadOptions } from '../../src/domain/upload/upload-options.ts';

/** What is said of a file by a sender who says nothing, to a service that keeps no layouts. */
export const NOTHING_SAID: Omit<UploadOptions, 'sampleBytesMax' | 'faultsMax'> = {
  clock: null,
  label: null,
  dateOrder: null,
  dayBasis: null,
  rowDate: null,
  decimalMark: null,
  valuesAre: null,
  billEnd: null,
  resolutionMinutes: null,
  meterKey: null,
  layout: null,
  keptLayouts: [],
  isTrial: false,
  nowMs: Date.UTC(2026, 10, 22, 12),
};
