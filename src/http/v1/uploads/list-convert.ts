import type { UploadFilter } from '../../../services/uploads/ports.ts';
import type { CsvColumn } from '../../csv.ts';
import type { UploadListed, UploadListQuery } from './list-schemas.ts';

/** Which uploads a list is asked for. */
export function fromUploadListQuery({ status }: UploadListQuery): UploadFilter {
  return { status: status ?? null };
}

/** The columns of the list as CSV. */
export const UPLOAD_COLUMNS: readonly CsvColumn<UploadListed>[] = [
  { header: 'id', value: (upload) => upload.id },
  { header: 'status', value: (upload) => upload.status },
  { header: 'fileName', value: (upload) => upload.fileName },
  { header: 'receivedAt', value: (upload) => upload.receivedAt },
  { header: 'finishedAt', value: (upload) => upload.finishedAt },
  { header: 'bytes', value: (upload) => upload.bytes },
  { header: 'sha256', value: (upload) => upload.sha256 },
  { header: 'keptAt', value: (upload) => upload.keptAt },
  { header: 'rowsAccepted', value: (upload) => upload.rows?.accepted },
  { header: 'rowsRefused', value: (upload) => upload.rows?.refused },
  { header: 'meters', value: (upload) => upload.meters },
  { header: 'daysNew', value: (upload) => upload.days?.new },
  { header: 'daysChanged', value: (upload) => upload.days?.changed },
  { header: 'seq', value: (upload) => upload.seq },
  { header: 'reason', value: (upload) => upload.reason },
];
