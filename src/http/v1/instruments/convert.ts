import type { Instrument } from '../../../domain/supply/instrument.ts';
import type { CsvColumn } from '../../csv.ts';
import type { InstrumentInput, InstrumentOutput } from './schemas.ts';

/** An instrument from its request, with what was left out filled in. */
export function fromInstrumentInput(key: string, input: InstrumentInput): Instrument {
  const { name = key, gasBasis = 'co2e', matching = 'annual' } = input;
  return { ...(input as Omit<Instrument, 'key' | 'name' | 'gasBasis' | 'matching'>), key, name, gasBasis, matching };
}

/** An instrument for its answer. */
export function toInstrumentOutput(instrument: Instrument): InstrumentOutput {
  return instrument as unknown as InstrumentOutput;
}

/** The columns of a list as CSV. */
export const INSTRUMENT_COLUMNS: readonly CsvColumn<InstrumentOutput>[] = [
  { header: 'key', value: ({ key }) => key },
  { header: 'name', value: ({ name }) => name },
  { header: 'kind', value: ({ kind }) => kind },
  { header: 'kWh', value: ({ kWh }) => kWh },
  { header: 'factorKgPerKwh', value: ({ factor }) => factor },
  { header: 'gasBasis', value: ({ gasBasis }) => gasBasis },
  { header: 'from', value: ({ from }) => from },
  { header: 'to', value: ({ to }) => to },
  { header: 'meters', value: ({ meters }) => meters?.join(' ') },
  { header: 'contract', value: ({ contract }) => contract },
  { header: 'certificateYear', value: ({ certificateYear }) => certificateYear },
  { header: 'retiredFor', value: ({ retiredFor }) => retiredFor },
  { header: 'criteriaMet', value: ({ criteriaMet }) => criteriaMet.join(' ') },
  { header: 'matching', value: ({ matching }) => matching },
  { header: 'evidence', value: ({ evidence }) => evidence.description },
];
