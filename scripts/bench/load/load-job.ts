/** Small commits: each request brings the next half-hour of the next meter. */
export type Posts = {
  meters: readonly string[];
  /** The half-hours that earlier requests have brought. */
  done: number;
};

/** Requests to send over some connections, each connection one after the other. */
export type LoadJob = {
  /** Services that answer alike; connections are spread over them. */
  baseUrls: readonly string[];
  connections: number;
  /** How long, unless it is stopped before. */
  seconds: number;
  headers: Record<string, string>;
  /** What is asked in turn; connections begin at different places. */
  requests: readonly { path: string; headers?: Record<string, string> }[];
  /** The status of a good answer. */
  status: number;
  posts?: Posts;
};

export type LoadResult = {
  answers: number;
  perSecond: number;
  p50Ms: number;
  p99Ms: number;
  /** Processor time of the client. */
  clientCpuMs: number;
  elapsedMs: number;
};
