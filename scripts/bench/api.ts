import { request } from 'node:http';
import type { TemporaryService } from './temporary-service.ts';

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
export async function put({ baseUrl, headers }: TemporaryService, path: string, body: object): Promise<void> {
  const response = await fetch(`${baseUrl}${path}`, {
    method: 'PUT',
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`PUT ${path}: ${text}`);
}

/** Reads an answer to its end. */
export async function get({ baseUrl, headers }: TemporaryService, path: string): Promise<string> {
  const response = await fetch(`${baseUrl}${path}`, { headers });
  const text = await response.text();
  if (!response.ok) throw new Error(`GET ${path}: ${text}`);
  return text;
}

/** Sends a file and waits for its answer, which comes when its readings are in every figure. */
export function upload(
  { baseUrl, headers }: TemporaryService,
  path: string,
  file: Buffer,
): Promise<Record<string, unknown>> {
  return new Promise((resolve, reject) => {
    const outgoing = request(`${baseUrl}${path}`, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'text/csv', 'content-length': file.length },
    });
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
    outgoing.end(file);
  });
}
