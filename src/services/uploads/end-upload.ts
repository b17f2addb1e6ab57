import type { Now } from '../../clock.ts';
import { Refusal } from '../../domain/refusal.ts';
import { LayoutQuestions } from '../../domain/upload/layout-questions.ts';
import type { IngestResult, UploadMode, UploadStore } from './ports.ts';
import { endOfRead } from './upload-end.ts';

type ReadFile = Extract<IngestResult, { kind: 'read' | 'refused' }>;

/** What may be said of a failure: a refusal is public, anything else is not. */
function reasonOf(error: unknown): string {
  if (error instanceof Refusal) return error.message;
  return 'The file was not received to its end, or the service failed while reading it. Nothing was stored.';
}

/** Writes down how a file that was read ended. Returns why it was refused as a whole, if it was. */
export async function endRead(
  store: UploadStore,
  id: bigint,
  read: ReadFile,
  mode: UploadMode,
  now: Now,
): Promise<Refusal | null> {
  if (read.kind === 'read') {
    await store.finish(id, { ...endOfRead(read, mode), finishedAt: now() });
    return null;
  }
  const { code, detail, faults, questions } = read.refusal;
  const { sha256, bytes } = read;
  const end = { status: 'refused', sha256, bytes, result: null, reason: detail, refusals: [], changeId: null } as const;
  await store.finish(id, { ...end, finishedAt: now() });
  return questions.length > 0 ? new LayoutQuestions(questions) : new Refusal(code, detail, faults);
}

/** Writes down that a file was not received, or could not be worked on. */
export async function endFailed(store: UploadStore, id: bigint, error: unknown, now: Now): Promise<void> {
  const failed = { status: 'failed', sha256: null, bytes: null, result: null, refusals: [], changeId: null } as const;
  // The record is best effort here: what went wrong matters more than that it could not be written down.
  await store.finish(id, { ...failed, reason: reasonOf(error), finishedAt: now() }).catch(() => undefined);
}
