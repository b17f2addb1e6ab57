const OLDEST = 15;

/** Throws a sentence for a server older than the service supports. `versionNumber` is `server_version_num`: 150020. */
export function refuseOldServer(versionNumber: number): void {
  const major = Math.trunc(versionNumber / 10_000);
  if (major >= OLDEST) return;
  throw new Error(`The database server is PostgreSQL ${major}; version ${OLDEST} or newer is needed.`);
}
