import { setTimeout as pause } from 'node:timers/promises';

/** A request the service refused, with what its problem document says. */
export class ApiError extends Error {
  override name = 'ApiError';
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** The service as its users see it: HTTP and a key. */
export type ApiClient = {
  get<Answer>(path: string): Promise<Answer>;
  put<Answer>(path: string, body: unknown): Promise<Answer>;
  post<Answer>(path: string, body: unknown): Promise<Answer>;
  delete(path: string): Promise<void>;
  /** Sends a file while it is being written. `content` is called again if the service asks to try later. */
  upload<Answer>(path: string, content: () => ReadableStream<Uint8Array>): Promise<Answer>;
};

const ATTEMPTS = 5;

type Problem = { title?: string; detail?: string; errors?: { pointer?: string; detail?: string }[] };

async function errorOf(response: Response, what: string): Promise<ApiError> {
  const text = await response.text();
  let problem: Problem = {};
  try {
    problem = JSON.parse(text) as Problem;
  } catch {
    // Not a problem document: the text itself is all there is to say.
  }
  const faults = (problem.errors ?? []).slice(0, 3).map(({ pointer, detail }) => `${pointer}: ${detail}`);
  const reason = [problem.detail ?? problem.title ?? text.slice(0, 500), ...faults].join('; ');
  return new ApiError(response.status, `${what} was answered with ${response.status}: ${reason}`);
}

/** Talks to the service at `baseUrl`. A request that is answered with 503 is sent again, as the service asks. */
export function createApiClient(baseUrl: string, key: string): ApiClient {
  async function send(method: string, path: string, init: () => RequestInit): Promise<Response> {
    for (let attempt = 1; ; attempt += 1) {
      const { headers, ...rest } = init();
      const response = await fetch(`${baseUrl}${path}`, {
        ...rest,
        method,
        headers: { ...(headers as Record<string, string>), authorization: `Bearer ${key}` },
      });
      if (response.ok) return response;
      const error = await errorOf(response, `${method} ${path}`);
      if (response.status !== 503 || attempt === ATTEMPTS) throw error;
      await pause(1000 * Math.max(1, Number(response.headers.get('retry-after') ?? 1)));
    }
  }

  const json = (body: unknown) => (): RequestInit => ({
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json' },
  });

  async function answer<Answer>(method: string, path: string, init: () => RequestInit): Promise<Answer> {
    return (await (await send(method, path, init)).json()) as Answer;
  }

  return {
    get: (path) => answer('GET', path, () => ({})),
    put: (path, body) => answer('PUT', path, json(body)),
    post: (path, body) => answer('POST', path, json(body)),
    delete: async (path) => {
      await send('DELETE', path, () => ({}));
    },
    upload: (path, content) =>
      answer('POST', path, () => ({
        body: content(),
        duplex: 'half',
        headers: { 'content-type': 'text/csv' },
      })),
  };
}
