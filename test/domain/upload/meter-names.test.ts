import t from 'tap';
import { createMeterLookup, type UploadMeter } from '../../../src/domain/upload/meter-lookup.ts';

const meter = (id: number, key: string, serials: string[] = [], aliases: string[] = []): UploadMeter => ({
  id,
  key,
  activity: 'natural-gas',
  unit: 'kWh',
  direction: 'import',
  kind: 'interval',
  serials,
  aliases,
});

const find = createMeterLookup([
  meter(1, '0074100502', ['K12W 30218'], ['Town Hall']),
  meter(2, '1200023305967', ['00451', 'K12W30218X']),
  meter(3, 'M3', ['451000', 'SHARED'], ['Depot']),
  meter(4, 'M4', ['0451000', 'SHARED'], ['Depot']),
  meter(5, '5', [], ['M3']),
]);

/** A text of a file, and the key of the meter that it names, or why it names none. */
const NAMES: [string, string][] = [
  ['0074100502', '0074100502'],
  ['74100502', '0074100502'],
  ["'0074100502", '0074100502'],
  ['00 7410 0502', '0074100502'],
  ['K12W 30218', '0074100502'],
  ['k12w30218', '0074100502'],
  ['town  hall', '0074100502'],
  ['451', '1200023305967'],
  ['M3', 'M3'],
  ['008010AB1200023305967', '1200023305967'],
  ['SHARED', 'ambiguous-meter'],
  ['Depot', 'ambiguous-meter'],
  ['451000', 'M3'],
  ['00451000', 'ambiguous-meter'],
  ['0000', 'unknown-meter'],
  ['1.20002E+12', 'scientific-notation'],
  ['', 'no-meter'],
];

t.test(
  'a meter is found by key, serial number or alias, and by a number without zeros where it names one alone',
  async (t) => {
    for (const [text, expected] of NAMES) {
      const found = find(text);
      t.equal('id' in found ? found.key : found.code, expected, text);
    }
    t.match(find('SHARED'), { detail: /several meters: M3, M4/ });
  },
);
