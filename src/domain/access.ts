/** What an API key may do. No scope implies another, except that `admin` implies all: a key that writes and reads needs both. */
export const ACCESS_SCOPES = ['read', 'write-readings', 'write-estate', 'admin'] as const;
export type AccessScope = (typeof ACCESS_SCOPES)[number];

/** Who is asking: one API key. `label` is what the change log keeps. */
export type Principal = {
  keyId: number;
  label: string;
  scopes: readonly AccessScope[];
};

/** The service itself, where it changes something of its own accord. */
export const SYSTEM: Principal = { keyId: 0, label: 'system', scopes: ['admin'] };

/** Whether a holder of `scopes` may do what asks for `needed`. */
export function allows(scopes: readonly AccessScope[], needed: AccessScope): boolean {
  return scopes.includes(needed) || scopes.includes('admin');
}
