import type { Section } from '../bench.ts';
import type { SectionName } from '../section-names.ts';
import { emissionsSection } from './emissions-section.ts';
import { httpSection } from './http-section.ts';
import { postsSection } from './posts-section.ts';
import { startSection } from './start-section.ts';
import { uploadSection } from './upload-section.ts';

/** The sections by their names. */
export const SECTIONS: Readonly<Record<SectionName, Section>> = {
  start: startSection,
  upload: uploadSection,
  posts: postsSection,
  emissions: emissionsSection,
  http: httpSection,
};
