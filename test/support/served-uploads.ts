import { type ClientRequest, request } from 'node:http';
import { startCompiled } from './compiled-service.ts';

type Test = Parameters<typeof startCompiled>[0];

const KEY = 'an-operators-own-key-of-enough-characters';
const HEADERS = { authorization: `Bearer ${KEY}` };

/** What of the answers these tests look at. */
export type Answer = {
  progress: object | null;
  keptAt: string | null;
  undone: { daysRemoved: number } | null;
  id: string;
  status: string;
  reason: string | null;
  days?: { new: number };
  total: { quantity?: { value: number } };
};

/** The service as a process of its own over a folder of data; it may be killed and started again. */
export async function startService(t: Test, dataDir: string) {
  const { child, base } = await startCompiled(t, dataDir, KEY);
  const call = async (method: string, path: string, body?: object): Promise<Answer> => {
    const headers = body === undefined ? HEADERS : { ...HEADERS, 'content-type': 'application/json' };
    const response = await fetch(base + path, {
      method,
      headers,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    return (await response.json()) as Answer;
  };
  /** Begins to send a file, without an end. */
  const begin = (text: string, more: Record<string, string> = {}): ClientRequest => {
    const outgoing = request(`${base}/v1/uploads?clock=local`, {
      method: 'POST',
      headers: { ...HEADERS, 'content-type': 'text/csv', ...more },
    });
    outgoing.on('error', () => undefined);
    outgoing.write(text);
    return outgoing;
  };
  return { child, call, begin };
}
