import { LEFT_TO_THE_FILE, type UploadOptions } from '../../src/domain/upload/upload-options.ts';

/** What is said of a file by a sender who says nothing, to a service that keeps no layouts. */
export const NOTHING_SAID: Omit<UploadOptions, 'sampleBytesMax' | 'faultsMax'> = {
  ...LEFT_TO_THE_FILE,
  clock: null,
  meterKey: null,
  layout: null,
  keptLayouts: [],
  isTrial: false,
  nowMs: Date.UTC(2026, 10, 22, 12),
};
