import type { BenchmarkEdition } from '../../../domain/buildings/benchmarks.ts';
import { Decimal } from '../../../domain/decimal.ts';
import type { CsvColumn } from '../../csv.ts';
import { withoutNulls } from '../../without-nulls.ts';
import type { BenchmarkEditionInput, BenchmarkEditionOutput } from './schemas.ts';

/** An edition from its request. */
export function fromBenchmarkInput(
  { table, edition }: { table: string; edition: string },
  { source, validFrom, uses, conversions = [] }: BenchmarkEditionInput,
): BenchmarkEdition {
  return {
    table,
    edition,
    source,
    validFrom,
    uses: uses.map(({ siteCategories = [], electricityKwhPerM2, fossilThermalKwhPerM2, ...use }) => ({
      ...use,
      electricityKwhPerM2: new Decimal(electricityKwhPerM2),
      fossilThermalKwhPerM2: new Decimal(fossilThermalKwhPerM2),
      siteCategories,
    })),
    conversions: conversions.map(({ heatNetwork = null, kgCo2PerKwh, ...conversion }) => ({
      ...conversion,
      heatNetwork,
      kgCo2PerKwh: new Decimal(kgCo2PerKwh),
    })),
  };
}

/** An edition for its answer. */
export function toBenchmarkEdition({ uses, conversions, ...edition }: BenchmarkEdition): BenchmarkEditionOutput {
  return {
    ...edition,
    uses: uses.map(({ siteCategories, electricityKwhPerM2, fossilThermalKwhPerM2, ...use }) => ({
      ...use,
      electricityKwhPerM2: electricityKwhPerM2.toNumber(),
      fossilThermalKwhPerM2: fossilThermalKwhPerM2.toNumber(),
      siteCategories: [...siteCategories],
    })),
    conversions: conversions.map(({ kgCo2PerKwh, ...conversion }) => ({
      ...withoutNulls(conversion),
      kgCo2PerKwh: kgCo2PerKwh.toNumber(),
    })),
  };
}

/** One use of one edition, as CSV gives it. */
export type BenchmarkRow = Omit<BenchmarkEditionOutput, 'asOf' | 'uses' | 'conversions'> &
  BenchmarkEditionOutput['uses'][number];

/** The uses of editions, one a row. */
export function benchmarkRows(editions: readonly BenchmarkEditionOutput[]): BenchmarkRow[] {
  return editions.flatMap(({ uses, conversions: _conversions, ...edition }) =>
    uses.map((use) => ({ ...edition, ...use })),
  );
}

/** The columns of the list as CSV. */
export const BENCHMARK_COLUMNS: readonly CsvColumn<BenchmarkRow>[] = [
  { header: 'table', value: (row) => row.table },
  { header: 'edition', value: (row) => row.edition },
  { header: 'validFrom', value: (row) => row.validFrom },
  { header: 'use', value: (row) => row.use },
  { header: 'name', value: (row) => row.name },
  { header: 'electricityKwhPerM2', value: (row) => row.electricityKwhPerM2 },
  { header: 'fossilThermalKwhPerM2', value: (row) => row.fossilThermalKwhPerM2 },
  { header: 'siteCategories', value: (row) => row.siteCategories.join(' ') },
  { header: 'source', value: (row) => row.source },
];
