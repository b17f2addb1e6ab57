/** Words of a header by the channel they mean, as its code; the first that fits. */
const CHANNELS: readonly (readonly [RegExp, string])[] = [
  [/\b(kvarh?|reactive|ri|re|rie|ree)\b/, 'RI'],
  [/\b(kvah?|md|max(imum)? demand|peak)\b/, 'kVA'],
  [/\b(export(ed)?|ae)\b/, 'AE'],
  [/\b(import(ed)?|ai|active)\b/, 'AI'],
];

/** The channel that the words of a header name, as a code that channels are known by; null where they name none. */
export function measuredChannel(words: string): string | null {
  return CHANNELS.find(([pattern]) => pattern.test(words))?.[1] ?? null;
}
