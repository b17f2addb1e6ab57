import type { FactorSheet } from '../../domain/factor-file/factor-sheet.ts';

/** Reads a file of conversion factors into its tables, within limits and without keeping the service from answering. */
export type ReadFactorSheets = (
  content: AsyncIterable<Uint8Array>,
) => Promise<{ sha256: string; bytes: number; sheets: FactorSheet[] }>;
