import { Refusal } from '../refusal.ts';
import { type Cells, cellText } from './cells.ts';
import { belongsTo, type Channel, readChannel } from './channel-words.ts';
import { columnName, type Layout, type LayoutColumn } from './layout.ts';
import type { MeterLookup, UploadMeter } from './meter-lookup.ts';
import { type CellFault, isFault, quoted } from './row-fault.ts';
import { type UnitScale, unitScale } from './unit-scale.ts';

/** What a row is about: a meter, something that is not stored, or nothing that can be told. */
export type RowSubject =
  | { kind: 'meter'; meter: UploadMeter; scale: UnitScale | null }
  | { kind: 'skipped'; channel: string }
  | { kind: 'fault'; column: string | null; value: string | null; fault: CellFault };

/** The channel a row names, by its own column or by its unit; null when it names none. */
export function channelOf(channelText: string, unitText: string): Channel | CellFault | null {
  if (channelText !== '') {
    const named = readChannel(channelText);
    return (
      named ?? {
        code: 'unknown-channel',
        detail: `${quoted(channelText)} is not a known channel: expected one such as AI, AE, RI, RE, kWh or kVArh`,
      }
    );
  }
  const byUnit = unitText === '' ? null : readChannel(unitText);
  return byUnit === 'reactive' || byUnit === 'demand' ? byUnit : null;
}

/**
 * Finds the meter a file is said to be of.
 * @throws Refusal `unknown-meter`.
 */
export function onlyMeter(key: string, find: MeterLookup): UploadMeter {
  const meter = find(key);
  if ('id' in meter) return meter;
  throw new Refusal('unknown-meter', meter.detail, [{ pointer: '?meter', ...meter }]);
}

/**
 * Makes a function that tells what each row is about. It remembers the row before, since most rows are about the same
 * meter as that.
 * @throws Refusal `unknown-meter` when the sender names a meter that does not exist.
 */
export function createRowSubject(
  layout: Layout,
  meterKey: string | null,
  find: MeterLookup,
): (cells: Cells) => RowSubject {
  const { meter: meterColumns, channel: channelColumn, unit: unitColumn } = layout.columns;
  const only = meterKey === null ? null : onlyMeter(meterKey, find);
  const fault = (column: LayoutColumn | null, value: string, cellFault: CellFault): RowSubject => ({
    kind: 'fault',
    column: column === null ? null : columnName(column),
    value,
    fault: cellFault,
  });
  const [first = null, ...others] = meterColumns;
  let firstName: string | null = null;

  const meterOf = (name: string): UploadMeter | CellFault => {
    if (only === null) return find(name);
    firstName ??= name;
    if (name === firstName) return only;
    return {
      code: 'other-meter',
      detail: `The file names ${quoted(firstName)} and ${quoted(name)}, yet ?meter= says it is of ${only.key} alone`,
    };
  };

  const subjectOf = (name: string, channelText: string, unitText: string): RowSubject => {
    const meter = meterOf(name);
    if (!('id' in meter)) return fault(first, name, meter);
    const channel = channelOf(channelText, unitText);
    if (channel !== null && typeof channel !== 'string') return fault(channelColumn, channelText, channel);
    if (channel !== null && !belongsTo(channel, meter.direction)) return { kind: 'skipped', channel };
    const written = unitText === '' ? (layout.unit ?? '') : unitText;
    const scale = written === '' ? null : unitScale(written, meter);
    return isFault(scale) ? fault(unitColumn, written, scale) : { kind: 'meter', meter, scale };
  };

  const textOf = (cells: Cells, column: LayoutColumn | null) => (column === null ? '' : cellText(cells, column.index));
  const nameOf = (cells: Cells): string => {
    let name = textOf(cells, first);
    for (let next = 0; name === '' && next < others.length; next++) name = textOf(cells, others[next] ?? null);
    return name;
  };

  let before: { name: string; channel: string; unit: string; subject: RowSubject } | null = null;
  return (cells) => {
    const name = nameOf(cells);
    const channel = textOf(cells, channelColumn);
    const unit = textOf(cells, unitColumn);
    if (before === null || before.name !== name || before.channel !== channel || before.unit !== unit)
      before = { name, channel, unit, subject: subjectOf(name, channel, unit) };
    return before.subject;
  };
}
