/** Where the reads of a request go, and what they see. */
export type ReadServers = {
  /**
   * Runs `work`. What it and all that it starts read is of one moment, until `ended`: no change that is committed meanwhile
   * is in one part of an answer and not in another. That moment has everything up to the change `seq`. It is read at a
   * replica if there is one that has got so far, or gets there in a moment, and at the primary server otherwise.
   */
  readingFrom(seq: bigint, ended: Promise<void>, work: () => void): Promise<void>;
};
