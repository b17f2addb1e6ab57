import type { UploadAnswer } from '../../src/http/v1/uploads/schemas.ts';
import type { UploadProblem } from '../../src/http/v1/uploads/upload-problem-schema.ts';
import type { TestApp } from './app.ts';

/** The answer to an upload, with its status and headers. */
export type Sent<Body> = { status: number; body: Body; location: string };

/** Sends a file as it stands. */
export async function sendFile<Body = UploadAnswer>(
  service: TestApp,
  query: string,
  file: string | Buffer,
  headers: Record<string, string> = {},
): Promise<Sent<Body>> {
  const response = await service.app.inject({
    method: 'POST',
    url: `/v1/uploads${query}`,
    payload: file,
    headers: { authorization: `Bearer ${service.keys['write-readings']}`, 'content-type': 'text/csv', ...headers },
  });
  return { status: response.statusCode, body: response.json(), location: String(response.headers.location ?? '') };
}

/** The same for a file that is to be refused. */
export const sendBadFile = sendFile<UploadProblem>;

/** A meter-day as it is stored. */
export type StoredDay = {
  meter: string;
  day: string;
  quantity: string | null;
  quality: string | null;
  intervals: (number | null)[];
  changeId: string;
};

/** Every meter-day of the database, by meter and day. */
export async function storedDays({ database }: TestApp, meters: readonly string[]): Promise<StoredDay[]> {
  const { rows } = await database.pool.query(
    `select m.key as meter, d.day, d.quantity, d.quality, d.intervals, d.change_id as "changeId"
     from meter_day d join meter m on m.id = d.meter_id where m.key = any($1) order by m.key, d.day`,
    [meters],
  );
  return rows;
}

/** A row for each meter and day, as text; blanks are written as nothing. */
export function dayRow(meter: string, day: string, values: readonly (number | string | null)[]): string {
  return [meter, day, ...values.map((value) => value ?? '')].join(',');
}

/** The header of a file with a column for each half-hour, by the number of columns. */
export function dayHeader(columns = 48): string {
  const label = (index: number) => `${String(Math.floor(index / 2)).padStart(2, '0')}:${index % 2 === 0 ? '00' : '30'}`;
  return ['MPAN', 'Date', ...Array.from({ length: columns }, (_, index) => label(index))].join(',');
}

/** Values that tell every interval apart. */
export function numbered(count: number, from = 1): number[] {
  return Array.from({ length: count }, (_, index) => from + index);
}
