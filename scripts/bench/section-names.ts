/** What can be measured by itself, in the order in which it is. */
export const SECTION_NAMES = ['start', 'upload', 'posts', 'emissions', 'http'] as const;

export type SectionName = (typeof SECTION_NAMES)[number];
