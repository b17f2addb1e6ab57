import type { Section } from '../bench.ts';
import type { SectionName } from '../section-names.ts';
import { emissionsSection } from './emissions-section.ts';
import { growthSection } from './growth-section.ts';
import { httpSection } from './http-section.ts';
import { largestSection } from './largest-section.ts';
import { lateDaySection } from './late-day-section.ts';
import { postsSection } from './posts-section.ts';
import { readsDuringUploadSection } from './reads-during-upload-section.ts';
import { startSection } from './start-section.ts';
import { twoProcessesSection } from './two-processes-section.ts';
import { uploadSection } from './upload-section.ts';

/** The sections by their names. */
export const SECTIONS: Readonly<Record<SectionName, Section>> = {
  start: startSection,
  upload: uploadSection,
  posts: postsSection,
  emissions: emissionsSection,
  http: httpSection,
  'two-processes': twoProcessesSection,
  largest: largestSection,
  growth: growthSection,
  'late-day': lateDaySection,
  'reads-during-upload': readsDuringUploadSection,
};
