/** Characters that stand for themselves in a value of RFC 8187; of those that `encodeURIComponent` leaves, not these. */
const NOT_IN_EXTENDED = /['()*]/g;

function percentEncoded(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}

/**
 * The header that lets a browser save an answer under a name (RFC 6266). The name is the sender's own: path separators
 * and whatever else could mislead are replaced for old clients, and encoded for the others.
 */
export function attachment(fileName: string): string {
  const base = fileName.replaceAll(/[/\\]/g, '_');
  const plain = base.replaceAll(/[^A-Za-z0-9._ -]/g, '_');
  const extended = encodeURIComponent(base).replaceAll(NOT_IN_EXTENDED, percentEncoded);
  return `attachment; filename="${plain}"; filename*=UTF-8''${extended}`;
}
