import { Type } from 'typebox';
import { instant, localDay } from '../../schemas/atoms.ts';

const closed = { additionalProperties: false } as const;
const count = (description: string, unit: string) => Type.Integer({ description, minimum: 0, 'x-unit': unit });
const textOrNull = (description: string) => Type.Union([Type.String(), Type.Null()], { description });

/** What taking an upload back did. */
export const UndoneSchema = Type.Object(
  {
    at: instant('When it was taken back.'),
    by: Type.String({ description: 'Who took it back: the label of the key.' }),
    seq: textOrNull('Clock reading of the change that took it back; null where nothing of it was left.'),
    daysRestored: count('Meter-days that say again what they said before.', 'meter-days'),
    daysRemoved: count('Meter-days of which nothing was known before, and nothing is known now.', 'meter-days'),
    daysKept: count('Meter-days that stay, because a later write changed what the upload delivered.', 'meter-days'),
    billsEnded: count('Bills of the upload that no longer stand.', 'bills'),
    billsRestored: count('Bills that it had replaced and that stand again.', 'bills'),
    billsKept: count('Bills of it that a later write had replaced already.', 'bills'),
    readsEnded: count('Dial reads of the upload that no longer stand.', 'reads'),
    readsRestored: count('Dial reads that it had replaced and that stand again.', 'reads'),
    readsKept: count('Dial reads of it that a later write had replaced already.', 'reads'),
    kept: Type.Array(
      Type.Object(
        {
          meter: Type.String({ description: 'Key of the meter.' }),
          day: localDay('The local day.'),
          seq: Type.String({ description: 'Clock reading of the change that wrote the day after the upload.' }),
          upload: textOrNull('The upload that made that change; null where it was no upload.'),
        },
        { ...closed, description: 'A meter-day that stays.' },
      ),
      { description: 'The meter-days that stay, and why; the first 100.' },
    ),
  },
  {
    $id: 'UploadUndone',
    ...closed,
    description: 'How an upload was taken back.',
    examples: [
      {
        at: '2025-11-04T08:00:00.000Z',
        by: 'key:3',
        seq: '45',
        daysRestored: 29,
        daysRemoved: 1,
        daysKept: 1,
        billsEnded: 0,
        billsRestored: 0,
        billsKept: 0,
        readsEnded: 0,
        readsRestored: 0,
        readsKept: 0,
        kept: [{ meter: '1200023305967', day: '2025-10-14', seq: '44', upload: '13' }],
      },
    ],
  },
);
