import t from 'tap';
import { Decimal } from '../../src/domain/decimal.ts';
import { convertSpan } from '../../src/domain/gas/convert-gas.ts';
import {
  CALORIFIC_VALUE_BAND,
  DEFAULT_CALORIFIC_VALUE,
  STANDARD_CORRECTION,
} from '../../src/domain/gas/gas-factors.ts';
import { cubicMetresPer, VOLUME_UNITS, volumeUnitOf } from '../../src/domain/gas/volume-units.ts';
import { microOf } from '../../src/domain/interval-profile.ts';
import { partsOf, readNote } from '../support/note.ts';

const NOTE = readNote('gas');
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
      { ...METER, daily: new Map() },
    );
    t.equal(converted.statedMicro ?? converted.computedMicro, microOf(Number(result)), line);
    t.equal(converted.flags.join(', '), flags, line);
  }
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
  t.match(NOTE.text, `else ${DEFAULT_CALORIFIC_VALUE}, which is flagged`);
  t.match(NOTE.text, `between ${CALORIFIC_VALUE_BAND.from} and ${CALORIFIC_VALUE_BAND.to};`);
});
