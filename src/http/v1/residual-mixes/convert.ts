import type { ResidualMix } from '../../../domain/supply/residual-mix.ts';
import type { CsvColumn } from '../../csv.ts';
import type { ResidualMixInput, ResidualMixOutput } from './schemas.ts';

/** A residual mix from its request. */
export function fromResidualMixInput(key: string, input: ResidualMixInput): ResidualMix {
  return { key, ...input };
}

/** A residual mix for its answer. */
export function toResidualMixOutput(mix: ResidualMix): ResidualMixOutput {
  return mix;
}

/** The columns of a list as CSV. */
export const RESIDUAL_MIX_COLUMNS: readonly CsvColumn<ResidualMixOutput>[] = [
  { header: 'key', value: ({ key }) => key },
  { header: 'publisher', value: ({ publisher }) => publisher },
  { header: 'from', value: ({ from }) => from },
  { header: 'to', value: ({ to }) => to },
  { header: 'factorKgPerKwh', value: ({ factor }) => factor },
  { header: 'gasBasis', value: ({ gasBasis }) => gasBasis },
  { header: 'source', value: ({ source }) => source },
  { header: 'licence', value: ({ licence }) => licence },
];
