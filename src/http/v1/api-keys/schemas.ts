import { type Static, Type } from 'typebox';
import { ACCESS_SCOPES } from '../../../domain/access.ts';
import { LIMITS } from '../../../limits.ts';
import { instant, oneOf, text } from '../../schemas/atoms.ts';
import { ref } from '../../schemas/ref.ts';

const closed = { additionalProperties: false } as const;

const scopes = Type.Array(oneOf(ACCESS_SCOPES, 'One thing the key may do.'), {
  description: 'What the key may do. `admin` includes the others; no other scope includes any.',
  minItems: 1,
  maxItems: ACCESS_SCOPES.length,
  uniqueItems: true,
});

/** A key as it is asked for. */
export const ApiKeyInputSchema = Type.Object(
  {
    name: text('Who or what the key is for. Shown in lists; it need not be unique.', LIMITS.nameLengthMax),
    scopes,
    expiresAt: Type.Optional(instant('When the key stops opening anything. Absent: never.')),
  },
  {
    $id: 'ApiKeyInput',
    ...closed,
    description: 'A key to be issued.',
    examples: [{ name: 'Power BI', scopes: ['read'] }],
  },
);

const RECORD = {
  id: Type.Integer({ description: 'Number of the key.', minimum: 1, maximum: 2_147_483_647, 'x-unit': 'identifier' }),
  name: text('Who or what the key is for.', LIMITS.nameLengthMax),
  scopes,
  status: oneOf(['active', 'expired', 'revoked'], 'Whether the key opens anything now.'),
  createdAt: instant('When the key was issued.'),
  expiresAt: Type.Optional(instant('When the key stops, or stopped, opening anything.')),
  revokedAt: Type.Optional(instant('When the key was revoked.')),
};

const EXAMPLE = { id: 7, name: 'Power BI', scopes: ['read'], status: 'active', createdAt: '2026-11-22T12:00:00.000Z' };

export const ApiKeySchema = Type.Object(RECORD, {
  $id: 'ApiKey',
  ...closed,
  description: 'A key of the API, without the key itself.',
  examples: [EXAMPLE],
});

export const IssuedApiKeySchema = Type.Object(
  { ...RECORD, key: Type.String({ description: 'The key itself. It is shown in this answer and never again.' }) },
  {
    $id: 'IssuedApiKey',
    ...closed,
    description: 'A key that was just issued, with the key itself.',
    examples: [{ ...EXAMPLE, key: 'cck_example-of-a-key-that-opens-nothing-at-all0' }],
  },
);

export const ApiKeyListSchema = Type.Object(
  { data: Type.Array(ref(ApiKeySchema), { description: 'The keys, oldest first.' }) },
  {
    $id: 'ApiKeyList',
    ...closed,
    description: 'All keys, revoked and expired ones too.',
    examples: [{ data: [EXAMPLE] }],
  },
);

export const API_KEY_PARAMS = Type.Object({ id: RECORD.id }, closed);

export const apiKeySchemas = [ApiKeyInputSchema, ApiKeySchema, IssuedApiKeySchema, ApiKeyListSchema];

export type ApiKeyInput = Static<typeof ApiKeyInputSchema>;
export type ApiKeyOutput = Static<typeof ApiKeySchema>;
