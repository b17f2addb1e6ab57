import fc from 'fast-check';
import type { EstateMeter } from '../../src/domain/estate.ts';
import { addDays, type LocalDay } from '../../src/domain/local-day.ts';
import type { Instrument } from '../../src/domain/supply/instrument.ts';
import type { ResidualMix } from '../../src/domain/supply/residual-mix.ts';
import { instrumentOf, residualOf } from './market-values.ts';
import { type RandomEstate, randomEstates } from './random-estate.ts';

const factor = fc.integer({ min: 0, max: 500 }).map((grams) => grams / 1000);
const gasBasis = fc.constantFrom<'co2e' | 'co2'>('co2e', 'co2');
const EDGES = ['2022-04-01', '2022-09-17', '2023-01-01', '2023-04-01', '2023-11-05', '2024-04-01', '2024-08-09'];
const LAST: LocalDay = '2025-04-01';
const edge = fc.constantFrom(...EDGES);

/** Spans that follow each other without touching twice: from each chosen day to the next, some of them left out. */
const runs = fc
  .array(fc.boolean(), { minLength: EDGES.length, maxLength: EDGES.length })
  .map((kept) =>
    kept.flatMap((isKept, index) => (isKept ? [{ from: EDGES[index] ?? LAST, to: EDGES[index + 1] ?? LAST }] : [])),
  );

const certificate = fc.record({
  kind: fc.constantFrom<Instrument['kind']>('rego', 'ppa', 'goo', 'green-gas'),
  kWh: fc.integer({ min: 1, max: 900_000 }),
  factor,
  gasBasis,
  from: edge,
  length: fc.integer({ min: 1, max: 700 }),
  isOfContract: fc.boolean(),
});
const rate = fc.record({ factor, gasBasis });

function certificatesOf(made: readonly (typeof certificate extends fc.Arbitrary<infer Made> ? Made : never)[]) {
  return made.map(({ length, isOfContract, kind, ...fields }, index): Instrument => {
    const covers = kind === 'green-gas' ? { meters: ['GAS'] } : isOfContract ? { contract: 'P' } : { meters: ['EL'] };
    const { certificateYear: _any, ...plain } = instrumentOf(kind, {});
    return { ...plain, ...fields, ...covers, key: `${kind}-${index}`, to: addDays(fields.from, length) };
  });
}

/** What is recorded of a meter of a random estate beside: its contract from a day on, and certificates that are sold from one. */
function recorded(meter: EstateMeter, contracted: LocalDay, sold: LocalDay | null): EstateMeter {
  if (meter.key === 'EL') return { ...meter, contracts: [{ from: contracted, contract: 'P' }] };
  if (meter.key !== 'PV' || sold === null) return meter;
  const until = addDays(sold, 400);
  return {
    ...meter,
    certificates: [
      { from: null, status: 'kept' },
      { from: sold, status: 'sold' },
      { from: until, status: 'none' },
    ],
  };
}

/**
 * Random estates with certificates that overlap, run short and cover more than there is, products by meter and by
 * contract, residual mixes on some of the days, and own generation whose certificates are sold for a while.
 */
export const randomSupplies: fc.Arbitrary<RandomEstate> = fc
  .record({
    made: randomEstates,
    certificates: fc.array(certificate, { maxLength: 4 }),
    products: runs,
    residuals: runs,
    rates: fc.array(rate, { minLength: EDGES.length, maxLength: EDGES.length }),
    contracted: edge,
    sold: fc.option(edge, { freq: 3 }),
  })
  .map(({ made, certificates, products, residuals, rates, contracted, sold }): RandomEstate => {
    const supplied = products.map((span, index): Instrument => {
      const { certificateYear: _any, ...plain } = instrumentOf('supplier-product', { ...span, ...rates[index] });
      return { ...plain, key: `product-${index}`, ...(index % 2 === 0 ? { contract: 'P' } : { meters: ['EL'] }) };
    });
    const residualMixes = residuals.map(
      (span, index): ResidualMix => residualOf(0.3, { ...span, ...rates[index], key: `residual-${index}` }),
    );
    const instruments = [...certificatesOf(certificates), ...supplied];
    const meters = made.estate.meters.map((meter) => recorded(meter, contracted, sold));
    const supply = { ...made.estate.supply, instruments, residualMixes };
    return { ...made, estate: { ...made.estate, meters, supply } };
  });
