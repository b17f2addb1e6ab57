import { PROBLEM_MEDIA_TYPE } from '../../problem.ts';
import { ref } from '../../schemas/ref.ts';
import { UploadSchema } from './schemas.ts';
import { UploadProblemSchema } from './upload-problem-schema.ts';

/** The answers to a file that is sent, or read once more. */
export const UPLOAD_ANSWERS = {
  201: ref(UploadSchema),
  202: ref(UploadSchema),
  422: {
    description: 'The file cannot be read, leaves questions open, or rows of it were refused; nothing is stored.',
    content: { [PROBLEM_MEDIA_TYPE]: { schema: ref(UploadProblemSchema) } },
  },
};
