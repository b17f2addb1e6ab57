import { once } from 'node:events';
import autocannon, { type Options, type Request } from 'autocannon';
import { quantileOf } from '../spread.ts';
import { halfHourBodies } from './half-hour-bodies.ts';
import type { LoadJob, LoadResult } from './load-job.ts';

/** How often it is looked whether the time is over. */
const LOOK_EVERY_MS = 50;

function requestsOf({ requests, headers, posts }: LoadJob): Request[] {
  if (posts === undefined)
    return requests.map(({ path, headers: own }) => ({ method: 'GET', path, headers: { ...headers, ...own } }));
  const nextBody = halfHourBodies(posts);
  const posting = { ...headers, 'content-type': 'application/json' };
  const setupRequest = (request: Request): Request => ({ ...request, body: nextBody() });
  return requests.map(({ path }) => ({ method: 'POST', path, headers: posting, setupRequest }));
}

/** Load that is being sent. */
export type Sending = { result: Promise<LoadResult>; stop: () => void };

/** What came back so far: times of good answers, and how many had which other status. */
type Seen = { times: number[]; strange: Map<number, number> };

type Target = { baseUrl: string; connections: number };

/** Connections spread over services that answer alike. */
function targetsOf({ baseUrls, connections }: LoadJob): Target[] {
  return baseUrls.map((baseUrl, index) => ({
    baseUrl,
    connections: Math.floor((connections + baseUrls.length - 1 - index) / baseUrls.length),
  }));
}

type Sent = { stop: () => void; unanswered: Promise<number> };

function sendTo({ baseUrl, connections }: Target, job: LoadJob, requests: Request[], seen: Seen): Sent {
  let connection = 0;
  const options: Options = {
    url: baseUrl,
    connections,
    duration: job.seconds,
    sampleInt: LOOK_EVERY_MS,
    timeout: 120,
    setupClient: (client) => {
      const from = Math.floor((connection++ * requests.length) / connections);
      // Each connection keeps the bytes of its requests in them, so they have to be its own.
      client.setRequests([...requests.slice(from), ...requests.slice(0, from)].map((request) => ({ ...request })));
    },
  };
  const instance = autocannon(options, (error) => {
    if (error) throw error;
  });
  instance.on('response', (_client, status, _bytes, milliseconds) => {
    if (status === job.status) seen.times.push(milliseconds);
    else seen.strange.set(status, (seen.strange.get(status) ?? 0) + 1);
  });
  const unanswered = once(instance, 'done').then(([result]) => (result as { errors: number }).errors);
  return { stop: () => instance.stop(), unanswered };
}

function resultOf({ times }: Seen, elapsedMs: number, clientCpuMs: number): LoadResult {
  return {
    answers: times.length,
    perSecond: times.length / (elapsedMs / 1_000),
    p50Ms: quantileOf(times, 0.5),
    p99Ms: quantileOf(times, 0.99),
    clientCpuMs,
    elapsedMs,
  };
}

/**
 * Sends requests as fast as they are answered. `result` rejects where an answer has another status than it should: what is
 * refused is quick, and says nothing.
 */
export function sendLoad(job: LoadJob): Sending {
  const requests = requestsOf(job);
  const seen: Seen = { times: [], strange: new Map() };
  const before = process.cpuUsage();
  const started = performance.now();
  const all = targetsOf(job).map((target) => sendTo(target, job, requests, seen));
  const result = Promise.all(all.map(({ unanswered }) => unanswered)).then((ended) => {
    const lost = ended.reduce((sum, count) => sum + count, 0);
    if (lost > 0) throw new Error(`${lost} requests were not answered`);
    if (seen.strange.size > 0)
      throw new Error(`Answers with other statuses than ${job.status}: ${JSON.stringify([...seen.strange])}`);
    const { user, system } = process.cpuUsage(before);
    return resultOf(seen, performance.now() - started, (user + system) / 1_000);
  });
  const stop = () => {
    for (const { stop } of all) stop();
  };
  return { result, stop };
}
