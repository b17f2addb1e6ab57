import type { OfficialRow } from './factor-file/official-row.ts';

/** A row of a publisher's file as it is held, and the factor of its set that it is or is a part of. */
export type FoundOfficialRow = OfficialRow & { factorKey: string | null };

/** Which rows of one set are looked for; nulls do not narrow. */
export type OfficialRowFilter = {
  set: string;
  version: string;
  /** A part of any of its texts, or its row identifier. */
  text: string | null;
  scope: string | null;
  level1: string | null;
  uom: string | null;
  factorKey: string | null;
  /** Only rows with a number, or only blank ones. */
  blank: boolean | null;
  /** The row after which the page begins. */
  after: number | null;
  limit: number;
};
