import { type Static, Type } from 'typebox';
import { UPLOAD_STATUSES } from '../../../services/uploads/ports.ts';
import { oneOf } from '../../schemas/atoms.ts';
import { PAGE_QUERY, pageSchema } from '../../schemas/page-schemas.ts';
import { UPLOAD_EXAMPLE, UPLOAD_MEDIA_TYPES, UploadSchema } from './schemas.ts';

import { UploadProblemSchema } from './upload-problem-schema.ts';

const { refusals: _refusals, refusalsTruncated: _truncated, ...LISTED_EXAMPLE } = UPLOAD_EXAMPLE;
const { refusals: _rows, refusalsTruncated: _more, ...LISTED } = UploadSchema.properties;

/** A record in a list. */
export const UploadListedSchema = Type.Object(LISTED, {
  $id: 'UploadListed',
  additionalProperties: false,
  description: 'One delivered file and what became of it, without its refused rows.',
  examples: [LISTED_EXAMPLE],
});

export const UploadPageSchema = pageSchema(
  UploadListedSchema,
  'UploadPage',
  'One page of the uploads.',
  LISTED_EXAMPLE,
);

export const UPLOAD_LIST_QUERY = Type.Object(
  { status: Type.Optional(oneOf(UPLOAD_STATUSES, 'Only uploads of this status.')), ...PAGE_QUERY },
  { additionalProperties: false },
);

const BytesSchema = Type.String({ description: 'The bytes of the file.', format: 'binary' });

/** The answer that is a file. */
export const FILE_RESPONSE = {
  description: 'The file, byte for byte.',
  content: Object.fromEntries(UPLOAD_MEDIA_TYPES.map((type) => [type, { schema: BytesSchema }])),
};

export const uploadListSchemas = [UploadListedSchema, UploadPageSchema, UploadProblemSchema];

export type UploadListed = Static<typeof UploadListedSchema>;
export type UploadListQuery = Static<typeof UPLOAD_LIST_QUERY>;
