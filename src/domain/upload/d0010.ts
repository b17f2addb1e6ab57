import { isLocalDay } from '../local-day.ts';
import { Refusal } from '../refusal.ts';
import type { ArrivingRead } from '../registers/place-reads.ts';
import { type ReadType, readTypeOf, readTypesExpected } from '../registers/read-types.ts';
import { type Cells, cellText, isBlankRecord } from './cells.ts';
import type { MeterLookup, UploadMeter } from './meter-lookup.ts';
import { createRecordSplitter } from './record-splitter.ts';
import { countRead, localInstantMs, readRegisterValue } from './register-cells.ts';
import { type CellFault, isFault, quoted } from './row-fault.ts';
import type { Tally } from './tally.ts';
import type { UploadReader } from './upload-reader.ts';
import { reportOf } from './upload-report.ts';

/** The first bytes of a file of the electricity industry's data transfer. */
export const D0010_START = Buffer.from('ZHV|');

const DELIMITER = '|'.charCodeAt(0);
const MOMENT_PATTERN = /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})$/;

/** The meter that the rows after a line `026` belong to, or why none. */
type Supply = { text: string; meter: UploadMeter | CellFault; isValid: boolean };
/** The device that the rows after a line `028` belong to. */
type Device = { serial: string; letter: string };

/** The instant of a local time written in 14 digits; a time that spring leaves out is the change itself. */
function momentOf(text: string): { day: string; ms: number } | null {
  const [, year, month, date, hour, minute, second] = MOMENT_PATTERN.exec(text) ?? [];
  const day = `${year}-${month}-${date}`;
  if (year === undefined || !isLocalDay(day)) return null;
  const wallMinute = Number(hour) * 60 + Number(minute);
  if (wallMinute >= 1440 || Number(second) >= 60) return null;
  return { day, ms: localInstantMs(day, wallMinute) + Number(second) * 1000 };
}

/** How a read was made: reads that failed validation, or that their flag calls suspect, are in doubt. */
function typeOf({ letter }: Device, isValid: boolean, flag: string): ReadType | CellFault {
  const type = readTypeOf(letter, 'electricity');
  if (type === null)
    return {
      code: 'unknown-read-type',
      detail: `${quoted(letter)} is no read type: expected ${readTypesExpected('electricity')}`,
    };
  return (isValid && flag !== 'F') || type === 'withdrawn' ? type : 'queried';
}

function meterOf({ meter, text }: Supply): UploadMeter | CellFault {
  if (isFault(meter) || meter.activity === 'electricity') return meter as UploadMeter | CellFault;
  const detail = `${quoted(text)} is a meter of ${meter.activity}: the file has reads of electricity meters`;
  return { code: 'wrong-activity', detail };
}

type Row = { cells: Cells; supply: Supply; device: Device; nowMs: number };

/** What is wrong with a cell of a row, by the name of its field. */
type Place = { field: string; text: string; fault: CellFault };

function readOf({ cells, supply, device, nowMs }: Row): (ArrivingRead & { meter: UploadMeter }) | Place {
  const [register = '', moment = '', value = '', flag = ''] = [1, 2, 3, 6].map((index) => cellText(cells, index));
  const meter = meterOf(supply);
  if (isFault(meter)) return { field: 'MPAN core', text: supply.text, fault: meter };
  const type = typeOf(device, supply.isValid, flag);
  if (isFault(type)) return { field: 'reading type', text: device.letter, fault: type };
  const at = momentOf(moment);
  const wrong = (field: string, text: string, code: string, detail: string): Place => ({
    field,
    text,
    fault: { code, detail },
  });
  if (at === null)
    return wrong(
      'reading date & time',
      moment,
      'wrong-date',
      `${quoted(moment)} is no date and time: expected YYYYMMDDHHMMSS`,
    );
  if (at.ms > nowMs) return wrong('reading date & time', moment, 'in-the-future', `${quoted(moment)} is in the future`);
  const shown = readRegisterValue(value, 'point');
  if (isFault(shown)) return { field: 'register reading', text: value, fault: shown };
  if (register === '') return wrong('meter register id', '', 'blank', 'The row names no register');
  const serial = device.serial === '' ? null : device.serial;
  const { day, ms } = at;
  return {
    meter,
    meterId: meter.id,
    serial,
    register,
    readAtMs: ms,
    day,
    valueMicro: shown.micro,
    type,
    line: cells.line,
  };
}

/**
 * Reads a D0010 file of register reads: lines of meters (`026`), below them devices (`028`), below them registers (`030`).
 * Several devices a meter and several registers a device are usual. A register with a reset of its maximum is one of
 * demand, not of energy, and is left out. `give` gets each good read.
 */
export function createD0010Reader(
  { nowMs }: { nowMs: number },
  find: MeterLookup,
  give: (read: ArrivingRead) => void,
  tally: Tally,
): UploadReader {
  const readBefore = tally.read;
  let supply: Supply | null = null;
  let device: Device | null = null;
  let isComplete = false;

  const refuseOrphan = ({ line }: Cells) =>
    tally.refuse(line, null, null, {
      code: 'wrong-order',
      detail: 'The register stands below no meter (026) and device (028)',
    });

  const skipDemand = () => tally.skipped.set('maximum demand', (tally.skipped.get('maximum demand') ?? 0) + 1);

  const onRead = (cells: Cells, row: Pick<Row, 'supply' | 'device'>): void => {
    const read = readOf({ cells, ...row, nowMs });
    if ('fault' in read) {
      tally.refuse(cells.line, read.field, read.text, read.fault);
      return;
    }
    const { meter, ...arriving } = read;
    countRead(tally, meter, arriving.day);
    give(arriving);
  };

  const onRegister = (cells: Cells): void => {
    tally.read += 1;
    if (supply === null || device === null) refuseOrphan(cells);
    else if (cellText(cells, 4) !== '' || cellText(cells, 5) !== '') skipDemand();
    else onRead(cells, { supply, device });
  };

  const onHeader = (cells: Cells): void => {
    const flow = cellText(cells, 2);
    if (!flow.startsWith('D0010'))
      throw new Refusal('unreadable-file', `The file is a data flow ${quoted(flow)}: expected D0010, register reads`);
  };

  const splitter = createRecordSplitter(DELIMITER, (cells) => {
    if (isBlankRecord(cells)) return;
    const group = cellText(cells, 0);
    if (group === 'ZHV') onHeader(cells);
    else if (group === '026') {
      const text = cellText(cells, 1);
      supply = { text, meter: find(text), isValid: cellText(cells, 2) !== 'F' };
      device = null;
    } else if (group === '028') device = { serial: cellText(cells, 1), letter: cellText(cells, 2) };
    else if (group === '030') onRegister(cells);
    else if (group === 'ZPT') isComplete = true;
  });

  return {
    push: (block) => splitter.push(block),
    end() {
      splitter.end();
      if (!isComplete)
        throw new Refusal('unreadable-file', 'The file ends before its last line (ZPT): it did not arrive whole');
      return reportOf(
        tally,
        { shape: 'd0010', headerLine: 1, clock: 'local', label: null, dateOrder: null, decisions: [] },
        null,
      );
    },
    hasRows: () => tally.read > readBefore,
    refused: () => tally.refused,
    notice: tally.notice,
  };
}
