import { request } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { BenchService } from './bench-service.ts';

type Caller = Pick<BenchService, 'baseUrl' | 'headers'>;

const CONCURRENT = 8;

/** Runs many requests, a few at a time. */
export async function inTurns<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const rest = items.values();
  const worker = async () => {
    for (const item of rest) await work(item);
  };
  await Promise.all(Array.from({ length: CONCURRENT }, worker));
}

/** Writes a site or a meter. */
export async function put({ baseUrl, headers }: Caller, path: string, body: object): Promise<void> {
  const response = await fetch(`${baseUrl}${path}`, {
    method: 'PUT',
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`PUT ${path}: ${text}`);
}

/** Has an answer worked out, though the service may remember it. */
export const ANEW = { 'cache-control': 'no-cache' };

/** Reads an answer, worked out for this request, to its end. */
export async function get({ baseUrl, headers }: Caller, path: string): Promise<{ text: string; response: Response }> {
  const response = await fetch(`${baseUrl}${path}`, { headers: { ...headers, ...ANEW } });
  const text = await response.text();
  if (!response.ok) throw new Error(`GET ${path}: ${text}`);
  return { text, response };
}

/** Sends a file, whole or block by block, and waits for its answer, which comes when its readings are in every figure. */
export async function upload(
  { baseUrl, headers }: Caller,
  path: string,
  file: Buffer | Iterable<Buffer>,
): Promise<Record<string, unknown>> {
  const length = Buffer.isBuffer(file) ? { 'content-length': file.length } : {};
  const outgoing = request(`${baseUrl}${path}`, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'text/csv', ...length },
  });
  const answered = new Promise<Record<string, unknown>>((resolve, reject) => {
    outgoing.on('error', reject);
    outgoing.on('response', (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        text += chunk;
      });
      response.on('end', () => {
        if (response.statusCode === 201) resolve(JSON.parse(text) as Record<string, unknown>);
        else reject(new Error(`POST ${path}: ${text}`));
      });
    });
  });
  const [answer] = await Promise.all([answered, pipeline(Readable.from(file), outgoing)]);
  return answer;
}
