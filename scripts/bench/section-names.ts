/** What can be measured by itself, in the order in which it is: what writes to the portfolio comes last. */
export const SECTION_NAMES = [
  'start',
  'upload',
  'posts',
  'emissions',
  'http',
  'two-processes',
  'largest',
  'growth',
  'late-day',
  'reads-during-upload',
] as const;

export type SectionName = (typeof SECTION_NAMES)[number];
