import type { Activity, Unit } from '../../../domain/activities.ts';
import type { Measure, QuantityChange } from '../../../domain/measures/measure.ts';
import type { CsvColumn } from '../../csv.ts';
import type { MeasureInput, MeasureOutput } from './schemas.ts';

type ChangeInput = NonNullable<MeasureInput['changes']>[number];
type ChangeOutput = MeasureOutput['changes'][number];

const usualUnit = (activity: Activity): Unit => (activity === 'water' || activity === 'wastewater' ? 'm3' : 'kWh');

function fromChange({ activity, unit, from, perYear, percent, replaces }: ChangeInput): QuantityChange {
  return {
    activity,
    unit: unit ?? usualUnit(activity),
    from: from ?? null,
    perYear: perYear ?? null,
    percent: percent ?? null,
    replaces: replaces ?? null,
  };
}

function toChange({ activity, unit, from, perYear, percent, replaces }: QuantityChange): ChangeOutput {
  return {
    activity,
    unit,
    ...(from !== null && { from }),
    ...(perYear !== null && { perYear }),
    ...(percent !== null && { percent }),
    ...(replaces !== null && { replaces }),
  };
}

/** A measure from its request. */
export function fromMeasureInput(key: string, input: MeasureInput): Measure {
  const { to, costGbp, costYear, notes, status, changes = [], ...fields } = input;
  return {
    key,
    ...fields,
    status: status ?? 'idea',
    to: to ?? null,
    changes: changes.map(fromChange),
    costGbp: costGbp ?? null,
    costYear: costYear ?? null,
    notes: notes ?? null,
  };
}

/** A measure for its answer. */
export function toMeasure({ to, costGbp, costYear, notes, changes, ...fields }: Measure): MeasureOutput {
  return {
    ...fields,
    ...(to !== null && { to }),
    changes: changes.map(toChange),
    ...(costGbp !== null && { costGbp }),
    ...(costYear !== null && { costYear }),
    ...(notes !== null && { notes }),
  };
}

/** A change in a few words, such as `natural-gas -100 %`. */
function changeText({ activity, unit, perYear, percent, replaces }: ChangeOutput): string {
  const signed = (amount: number): string => (amount < 0 ? String(amount) : `+${amount}`);
  if (percent !== undefined) return `${activity} ${signed(percent)} %`;
  if (perYear !== undefined) return `${activity} ${signed(perYear)} ${unit} a year`;
  return `${activity} for ${replaces?.activity} × ${replaces?.efficiency} / ${replaces?.performance}`;
}

type Facts = Pick<MeasureOutput, 'name' | 'kind' | 'site' | 'status' | 'from' | 'to' | 'costGbp' | 'costYear'>;

/** Columns of every table of measures: what is done, where and when. */
export const WHAT_AND_WHEN: readonly CsvColumn<Facts>[] = [
  { header: 'name', value: ({ name }) => name },
  { header: 'kind', value: ({ kind }) => kind },
  { header: 'site', value: ({ site }) => site },
  { header: 'status', value: ({ status }) => status },
  { header: 'from', value: ({ from }) => from },
  { header: 'to', value: ({ to }) => to },
];

/** Columns of every table of measures: what it costs. */
export const COST: readonly CsvColumn<Facts>[] = [
  { header: 'costGbp', value: ({ costGbp }) => costGbp },
  { header: 'costYear', value: ({ costYear }) => costYear },
];

/** The columns of a list as CSV. */
export const MEASURE_COLUMNS: readonly CsvColumn<MeasureOutput>[] = [
  { header: 'key', value: ({ key }) => key },
  ...WHAT_AND_WHEN,
  { header: 'changes', value: ({ changes }) => changes.map(changeText).join('; ') },
  ...COST,
  { header: 'source', value: ({ source }) => source },
];
