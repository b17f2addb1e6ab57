import t from 'tap';
import { Decimal } from '../../src/domain/decimal.ts';
import { convertSpan, volumeKey } from '../../src/domain/gas/convert-gas.ts';
import { CALORIFIC_VALUE_BAND, STANDARD_CORRECTION } from '../../src/domain/gas/gas-factors.ts';
import { GAS_SETTINGS } from '../../src/domain/gas/gas-settings.ts';
import { cubicMetresPer, VOLUME_UNITS, volumeUnitOf } from '../../src/domain/gas/volume-units.ts';
import { microOf } from '../../src/domain/interval-profile.ts';
import { partsOf, readNote } from '../support/note.ts';

const NOTE = readNote('gas');
const { assumedCalorificValue: ASSUMED } = GAS_SETTINGS.conversion;
const METER = { volumeUnit: null, volumeCorrected: false, correctionFactor: null, correctionFrom: null };

const decimalOrNull = (text: string): Decimal | null => (text === '' ? null : new Decimal(text));

t.test('volumes of gas come to the kWh that the page says (rule E6)', async (t) => {
  const examples = NOTE.lines('gas');
  t.equal(examples.length, 8);
  for (const line of examples) {
    const [volume = '', unit = '', correction = '', calorific = '', stated = '', result = '', flags = ''] = partsOf(
      line,
      /^([\d.]+) (\w+)(?:, CF ([\d.]+))?(?:, CV ([\d.]+))?(?:, ([\d.]+) kWh)? = ([\d.]+) kWh(?:, (.+))?$/,
    );
    const converted = convertSpan(
      'billed',
      {
        start: '2024-04-01',
        end: '2025-04-01',
        volumeMicro: microOf(Number(volume)),
        volumeUnit: volumeUnitOf(unit) ?? 'm3',
        correctionFactor: decimalOrNull(correction),
        calorificValue: decimalOrNull(calorific),
        statedMicro: stated === '' ? null : microOf(Number(stated)),
      },
      { ...METER, daily: new Map(), assumed: { value: new Decimal(ASSUMED.value), kept: new Map() } },
    );
    t.equal(converted.statedMicro ?? converted.computedMicro, microOf(Number(result)), line);
    t.equal(converted.flags.join(', '), flags, line);
  }
});

t.test('another assumed value is for volumes that come after it', async (t) => {
  const [line = ''] = NOTE.lines('assumed');
  const parts = partsOf(
    line,
    /^([\d.]+), then ([\d.]+): ([\d.]+) m3 of March = ([\d.]+) kWh, ([\d.]+) m3 of April = ([\d.]+) kWh$/,
  );
  const [was = 0, is = 0, march = 0, marchKwh = 0, april = 0, aprilKwh = 0] = parts.map(Number);
  const bill = (start: string, end: string, volume: number) => ({
    ...{ evidence: 'billed' as const, start, end, volumeMicro: microOf(volume), volumeUnit: 'm3' as const },
    ...{ correctionFactor: null, calorificValue: null, statedMicro: null },
  });
  const first = bill('2025-03-01', '2025-04-01', march);
  const second = bill('2025-04-01', '2025-05-01', april);
  const kept = new Map([[volumeKey(first), new Decimal(was)]]);
  const context = { ...METER, daily: new Map(), assumed: { value: new Decimal(is), kept } };
  t.equal(convertSpan('billed', first, context).computedMicro, microOf(marchKwh));
  t.equal(convertSpan('billed', second, context).computedMicro, microOf(aprilKwh));
});

t.test('the page has every unit, and the constants', async (t) => {
  const rows = [...NOTE.text.matchAll(/^\| `([\w-]+)`[^|]*\| (\w+) \| ([\d.]+) \|$/gm)];
  t.same(
    rows.map(([, unit]) => unit),
    [...VOLUME_UNITS],
  );
  for (const [, unit, code = '', factor] of rows) {
    const known = volumeUnitOf(code);
    t.equal(known, unit, code);
    if (known !== null) t.equal(cubicMetresPer(known).toString(), factor);
  }
  t.match(NOTE.text, `the standard ${STANDARD_CORRECTION}`);
  t.match(NOTE.text, `else the assumed one, ${ASSUMED.value} unless the settings say otherwise`);
  t.match(NOTE.text, `between ${CALORIFIC_VALUE_BAND.from} and ${CALORIFIC_VALUE_BAND.to};`);
});
