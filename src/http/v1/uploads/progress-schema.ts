import { Type } from 'typebox';
import { UPLOAD_PHASES } from '../../../services/uploads/ports.ts';
import { oneOf } from '../../schemas/atoms.ts';

const closed = { additionalProperties: false } as const;

/** How far an upload is. */
export const ProgressSchema = Type.Object(
  {
    phase: oneOf(
      UPLOAD_PHASES,
      'receiving: it arrives. waiting: it is kept, and others are read first. reading: the kept file is read. storing: all was read and is being stored.',
    ),
    bytesRead: Type.Integer({ description: 'Bytes received or read so far.', minimum: 0, 'x-unit': 'bytes' }),
    bytesTotal: Type.Union([Type.Integer({ description: 'Bytes.', minimum: 0, 'x-unit': 'bytes' }), Type.Null()], {
      description: 'Bytes of the file; null where its sender does not say how many there are.',
    }),
  },
  { ...closed, description: 'How far it is.' },
);
