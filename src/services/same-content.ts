/** A value as JSON with the members of objects in order of name, so that equal content gives equal text. */
function canonical(value: object | null): string {
  return JSON.stringify(value, (_name, member: unknown) => {
    if (typeof member !== 'object' || member === null || Array.isArray(member)) return member;
    return Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}

/** Whether two plain values say the same once written out: decimals by their digits, members in any order. */
export function sameContent(a: object | null, b: object | null): boolean {
  return canonical(a) === canonical(b);
}
