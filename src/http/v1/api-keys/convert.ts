import { parseInstantMs } from '../../../domain/calendar.ts';
import type { KeyRequest } from '../../../services/api-keys.ts';
import type { KeyRecord } from '../../../services/key-store.ts';
import { withoutNulls } from '../../without-nulls.ts';
import type { ApiKeyInput, ApiKeyOutput } from './schemas.ts';

/** A key from its request. */
export function fromApiKeyInput({ name, scopes, expiresAt }: ApiKeyInput): KeyRequest {
  return {
    name,
    scopes,
    expiresAt: expiresAt === undefined ? null : new Date(parseInstantMs(expiresAt, '/expiresAt')),
  };
}

function statusOf({ expiresAt, revokedAt }: KeyRecord, at: Date): ApiKeyOutput['status'] {
  if (revokedAt !== null) return 'revoked';
  return expiresAt !== null && expiresAt <= at ? 'expired' : 'active';
}

/** A key for its answer, as it stands at an instant. */
export function toApiKeyOutput(record: KeyRecord, at: Date): ApiKeyOutput {
  return withoutNulls({
    id: record.id,
    name: record.name,
    scopes: [...record.scopes],
    status: statusOf(record, at),
    createdAt: record.createdAt.toISOString(),
    expiresAt: record.expiresAt?.toISOString() ?? null,
    revokedAt: record.revokedAt?.toISOString() ?? null,
  });
}
