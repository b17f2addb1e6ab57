/** Offsets that were retired for a target: listed beside its progress, and never in it (rule H7). */
export type TargetOffset = {
  key: string;
  tonnesCo2e: number;
  /** What they were issued under. */
  standard: string;
  retiredOn: string;
  source: string;
  note?: string;
};
