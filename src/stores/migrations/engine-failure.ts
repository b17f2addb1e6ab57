/**
 * What the engine threw, as one sentence. It wraps the server's words and drops most of them, so `scriptError`, the
 * server's own error for the last script that failed, is preferred; the engine knows which migration it was.
 */
export function engineFailure(error: unknown, scriptError: Error | undefined): Error {
  const message = error instanceof Error ? error.message : String(error);
  const migration = /migration_name="([^"]+)"/.exec(message)?.[1];
  if (scriptError === undefined || migration === undefined) {
    return new Error(`The database could not be migrated: ${withoutTrace(message)}`, { cause: error });
  }
  return new Error(`Migration ${migration} failed and left nothing behind: ${scriptError.message}.`, {
    cause: scriptError,
  });
}

function withoutTrace(message: string): string {
  const lines = message.split('\n').map((line) => line.trim());
  const end = lines.findIndex((line) => /^0: /.test(line));
  return lines.slice(0, end === -1 ? undefined : end).join(' ');
}
