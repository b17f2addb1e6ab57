import { ORIGIN } from '../../domain/settle-meter.ts';
import type { ParsedDay } from '../../domain/upload/parsed-day.ts';

/** Days from 1970-01-01, where this program counts from, to 2000-01-01, where PostgreSQL does. */
const POSTGRES_EPOCH_DAYS = 10_957;
const FLOAT8_OID = 701;
const COLUMNS = 11;
const NULL_LENGTH = -1;
const TWO_TO_32 = 4_294_967_296;

/** Bytes a row takes apart from its values and its quality letters. */
const ROW_BYTES = 160;
const VALUE_BYTES = 12;
const HEADER = Buffer.from('PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0', 'latin1');
const TRAILER_BYTES = 2;

/** Writes meter-days as rows of `COPY meter_day_stage (…) FROM STDIN (FORMAT binary)`, columns as in `STAGE_COLUMNS`. */
export type StageEncoder = {
  add(day: ParsedDay): void;
  /** Bytes written since the last `take`; 0 when there is no row. */
  size(): number;
  /** The rows so far as one whole COPY, or null when there are none. The encoder begins anew. */
  take(): Buffer | null;
};

/** Makes an encoder whose first buffer has room for `capacity` bytes. It grows where one batch needs more. */
export function createStageEncoder(capacity: number): StageEncoder {
  let buffer = Buffer.allocUnsafeSlow(capacity);
  let view = new DataView(buffer.buffer, buffer.byteOffset, buffer.length);
  let at = 0;

  const makeRoom = (bytes: number) => {
    if (at + bytes + TRAILER_BYTES <= buffer.length) return;
    const larger = Buffer.allocUnsafeSlow(Math.max(buffer.length * 2, at + bytes + TRAILER_BYTES));
    buffer.copy(larger, 0, 0, at);
    buffer = larger;
    view = new DataView(buffer.buffer, buffer.byteOffset, buffer.length);
  };

  const int16 = (value: number) => {
    view.setInt32(at, 2);
    view.setInt16(at + 4, value);
    at += 6;
  };

  const int32 = (value: number) => {
    view.setInt32(at, 4);
    view.setInt32(at + 4, value);
    at += 8;
  };

  const int64 = (value: number | bigint | null) => {
    if (value === null) {
      view.setInt32(at, NULL_LENGTH);
      at += 4;
      return;
    }
    view.setInt32(at, 8);
    if (typeof value === 'bigint') view.setBigInt64(at + 4, value);
    else {
      const high = Math.floor(value / TWO_TO_32);
      view.setInt32(at + 4, high);
      view.setUint32(at + 8, value - high * TWO_TO_32);
    }
    at += 12;
  };

  const text = (value: string | null) => {
    view.setInt32(at, value === null ? NULL_LENGTH : value.length);
    at += 4;
    if (value !== null) at += buffer.write(value, at, 'latin1');
  };

  const float8Array = ({ values, count, hasMissing }: ParsedDay) => {
    const lengthAt = at;
    view.setInt32(at + 4, 1);
    view.setInt32(at + 8, hasMissing ? 1 : 0);
    view.setInt32(at + 12, FLOAT8_OID);
    view.setInt32(at + 16, count);
    view.setInt32(at + 20, 1);
    at += 24;
    for (let index = 0; index < count; index++) {
      const value = values[index] as number;
      if (Number.isNaN(value)) {
        view.setInt32(at, NULL_LENGTH);
        at += 4;
      } else {
        view.setInt32(at, 8);
        view.setFloat64(at + 4, value);
        at += VALUE_BYTES;
      }
    }
    view.setInt32(lengthAt, at - lengthAt - 4);
  };

  return {
    add(day) {
      if (at === 0) at = HEADER.copy(buffer);
      makeRoom(ROW_BYTES + day.count * (VALUE_BYTES + 1));
      view.setInt16(at, COLUMNS);
      at += 2;
      int32(day.meterId);
      int32(day.dayNumber - POSTGRES_EPOCH_DAYS);
      int16(day.resolutionMinutes);
      text(day.quality);
      float8Array(day);
      int64(day.quantityMicro);
      int64(day.estimatedMicro);
      int16(day.actualMinutes);
      int16(day.estimatedMinutes);
      int16(ORIGIN.interval);
      int32(day.line);
    },
    size: () => at,
    take() {
      if (at === 0) return null;
      view.setInt16(at, -1);
      const whole = buffer.subarray(0, at + TRAILER_BYTES);
      // The rows are still being sent while the next ones are written, so each batch has a buffer of its own.
      buffer = Buffer.allocUnsafeSlow(buffer.length);
      view = new DataView(buffer.buffer, buffer.byteOffset, buffer.length);
      at = 0;
      return whole;
    },
  };
}
