import fc from 'fast-check';
import t from 'tap';
import { Decimal } from '../../../src/domain/decimal.ts';
import { convertDay, convertSpan, type GasContext, volumeKey } from '../../../src/domain/gas/convert-gas.ts';
import { energyDiffers, gasEnergyMicro } from '../../../src/domain/gas/gas-energy.ts';
import { calorificValueOf, correctionOf, STANDARD_CORRECTION } from '../../../src/domain/gas/gas-factors.ts';
import { cubicMetresPer, isVolumeUnit, VOLUME_UNITS, volumeUnitOf } from '../../../src/domain/gas/volume-units.ts';
import { addDays, type LocalDay } from '../../../src/domain/local-day.ts';
import { holds } from '../../support/property.ts';

const dec = (text: string): Decimal => new Decimal(text);
/** What is assumed of gas in these tests, another number than the default. */
const ASSUMED = dec('39.2');
const micro = (units: number): bigint => BigInt(units) * 1_000_000n;

const context = (fields: Partial<GasContext> = {}): GasContext => ({
  volumeUnit: 'm3',
  volumeCorrected: false,
  correctionFactor: null,
  correctionFrom: null,
  daily: new Map(),
  assumed: { value: ASSUMED, kept: new Map() },
  ...fields,
});

function energy(units: number, unit: 'm3' | 'hcf' | 'ft3', correction: string, cv: string): bigint {
  return gasEnergyMicro(micro(units), {
    unitFactor: cubicMetresPer(unit),
    correctionFactor: dec(correction),
    calorificValue: dec(cv),
  });
}

t.test('E6: energy of a volume, rounded once', async (t) => {
  t.equal(energy(1000, 'm3', '1.02264', '39.4'), 11_192_226_667n);
  t.equal(energy(100, 'hcf', '1.02264', '39.5'), 3_175_439_233n);
  t.equal(energy(10_000, 'ft3', '1.02264', '39.5'), 3_175_439_233n, 'ten thousand feet are a hundred hundreds');
  t.equal(energy(1000, 'm3', '1', '39.4'), 10_944_444_444n);
  t.equal(energy(120, 'm3', '1.02264', '40'), 1_363_520_000n);
  t.equal(energy(-120, 'm3', '1.02264', '40'), -1_363_520_000n, 'a credit is the same, below zero');
});

t.test('units by the codes of files', async (t) => {
  const cubicMetres = (code: string) => cubicMetresPer(volumeUnitOf(code) ?? 'm3').toString();
  t.equal(cubicMetres('HCUF'), '2.83');
  t.equal(cubicMetres('MCUF'), '28.3');
  t.equal(cubicMetres('TCUF'), '0.283');
  t.equal(cubicMetres('OCUF'), '0.0283');
  t.equal(cubicMetres('TM3'), '10');
  t.equal(cubicMetres('NM3'), '0.1');
  t.equal(volumeUnitOf('m³'), 'm3');
  t.equal(volumeUnitOf('ft³'), 'ft3');
  t.equal(volumeUnitOf('kWh'), null);
  t.equal(isVolumeUnit('hcf'), true);
  t.equal(isVolumeUnit('kWh'), false);
  t.equal(isVolumeUnit('constructor'), false);
  for (const unit of VOLUME_UNITS) t.ok(cubicMetresPer(unit).gt(0), unit);
});

t.test('E6: the correction factor of the bill, the meter or the standard', async (t) => {
  const corrected = { volumeCorrected: true, correctionFactor: null, correctionFrom: '2024-05-01' };
  t.match(correctionOf(null, context(), '2024-06-01'), { source: 'standard', factor: STANDARD_CORRECTION });
  t.match(correctionOf(null, corrected, '2024-05-01'), { source: 'corrector', factor: dec('1') });
  t.match(correctionOf(null, corrected, '2024-04-30'), { source: 'standard' }, 'before the corrector was fitted');
  t.match(correctionOf(null, context({ correctionFactor: dec('1.031') }), '2024-04-30'), { source: 'meter' });
  t.match(correctionOf(dec('1.01'), corrected, '2024-05-01'), { source: 'bill', factor: dec('1.01') });
});

t.test('E6: the calorific value of the bill, the zone or the default', async (t) => {
  const daily = new Map([
    ['2024-05-01', dec('39.1')],
    ['2024-05-02', dec('39.2')],
  ]);
  const span = { start: '2024-05-01', end: '2024-05-03' };
  t.match(calorificValueOf(null, daily, span, ASSUMED), { value: dec('39.15'), source: 'zone', flags: [] });
  t.match(calorificValueOf(dec('39.4'), daily, span, ASSUMED), { value: dec('39.4'), source: 'bill', flags: [] });
  t.match(calorificValueOf(null, daily, { start: '2024-05-02', end: '2024-05-04' }, ASSUMED), {
    value: dec('39.2'),
    flags: ['zone-values-incomplete'],
  });
  t.match(calorificValueOf(null, daily, { start: '2024-06-01', end: '2024-06-04' }, ASSUMED), {
    value: ASSUMED,
    source: 'default',
    flags: ['assumed-cv'],
  });
  t.strictSame(calorificValueOf(dec('37.4'), daily, span, ASSUMED).flags, ['cv-outside-band']);
  t.strictSame(calorificValueOf(dec('43'), daily, span, ASSUMED).flags, []);
  t.strictSame(calorificValueOf(dec('37.5'), daily, span, ASSUMED).flags, []);
});

t.test('E6: what a volume was converted with under other settings, it keeps', async (t) => {
  const [march, april] = [
    { start: '2025-03-01', end: '2025-04-01' },
    { start: '2025-04-01', end: '2025-05-01' },
  ];
  const bill = { evidence: 'billed' as const, volumeMicro: micro(1000), volumeUnit: 'm3' as const };
  const day = { start: '2025-03-01', end: '2025-03-02' };
  const kept = new Map([
    [volumeKey({ ...bill, ...march }), dec('39.5')],
    [volumeKey({ ...bill, ...day, evidence: 'interval' }), dec('39.6')],
  ]);
  const before = context({ assumed: { value: ASSUMED, kept } });
  const stated = { correctionFactor: null, calorificValue: null, statedMicro: null };
  const convert = (span: typeof march, volumeMicro = bill.volumeMicro, own = before) =>
    convertSpan('billed', { ...bill, ...stated, ...span, volumeMicro }, own).calorificValue.toString();
  t.equal(convert(march), '39.5');
  t.equal(convert(april), '39.2');
  t.equal(convert(march, micro(1001)), '39.2', 'another volume');
  const daily = new Map([[march.start, dec('39.7')]]);
  t.equal(convert(march, bill.volumeMicro, { ...before, daily }), '39.7', 'a value of the zone');
  const sums = { actualMicro: micro(900), estimatedMicro: micro(100), actualMinutes: 1380, estimatedMinutes: 60 };
  t.equal(convertDay(day.start, sums, 'm3', before).conversion.calorificValue.toString(), '39.6');
});

t.test('E6: the energy of a bill wins, its volume checks it', async (t) => {
  const bill = {
    start: '2024-04-01',
    end: '2025-04-01',
    volumeMicro: micro(1000),
    volumeUnit: 'm3' as const,
    correctionFactor: null,
    calorificValue: dec('39.4'),
  };
  const good = convertSpan('billed', { ...bill, statedMicro: micro(11_192) }, context());
  t.match(good, { computedMicro: 11_192_226_667n, statedMicro: micro(11_192), flags: [], calorificSource: 'bill' });
  const wrong = convertSpan('billed', { ...bill, statedMicro: micro(11_300) }, context());
  t.strictSame(wrong.flags, ['energy-differs-from-volume']);
  t.equal(energyDiffers(11_248_187_800n, 11_192_226_667n), false, 'just within half a per cent');
  t.equal(energyDiffers(11_248_187_801n, 11_192_226_667n), true, 'just beyond it');
  t.equal(energyDiffers(3_000_000n, 2_100_000n), false, 'a bill prints whole kilowatt-hours');
  t.equal(energyDiffers(3_000_000n, 0n), true, 'energy without a volume');
});

t.test('E6: a day of intervals takes the value of its day', async (t) => {
  const daily = new Map<LocalDay, Decimal>([['2024-05-01', dec('39.6')]]);
  const sums = { actualMicro: micro(100), estimatedMicro: micro(20), actualMinutes: 1200, estimatedMinutes: 240 };
  const { sums: converted, conversion } = convertDay('2024-05-01', sums, 'm3', context({ daily }));
  t.equal(converted.actualMicro, 1_124_904_000n);
  t.equal(converted.estimatedMicro, 224_980_800n);
  t.equal(conversion.computedMicro, converted.actualMicro + converted.estimatedMicro);
  t.match(conversion, { evidence: 'interval', volumeMicro: micro(120), calorificSource: 'zone', flags: [] });
  t.match(converted, { actualMinutes: 1200, estimatedMinutes: 240 });
});

t.test('a mean over the days of a span lies within its values, whatever the span', async (t) => {
  holds(
    t,
    fc.property(
      fc.array(fc.integer({ min: 3750, max: 4300 }), { minLength: 1, maxLength: 40 }),
      fc.integer({ min: 0, max: 39 }),
      (values, from) => {
        const daily = new Map(values.map((value, index) => [addDays('2024-01-01', index), dec(String(value / 100))]));
        const start = addDays('2024-01-01', from % values.length);
        const { value } = calorificValueOf(null, daily, { start, end: addDays('2024-01-01', values.length) }, ASSUMED);
        return value.gte('37.5') && value.lte('43');
      },
    ),
  );
});
