import { createHash } from 'node:crypto';
import { canonicalJson, type Json } from '../../domain/canonical-json.ts';

/** SHA-256 over the canonical text of a value (RFC 8785), in hexadecimal digits. */
export function digestOf(content: Json): string {
  return createHash('sha256').update(canonicalJson(content)).digest('hex');
}
