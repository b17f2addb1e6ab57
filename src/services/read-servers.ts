/** Where the reads of a request go, when there is more than one database server to read from. */
export type ReadServers = {
  /**
   * Runs `work`. Its reads, and those of all that it starts, go to a server that has everything up to the change `seq`:
   * to the replica if it has got so far, or gets there in a moment, and to the primary server otherwise.
   */
  readingFrom(seq: bigint, work: () => void): Promise<void>;
};
