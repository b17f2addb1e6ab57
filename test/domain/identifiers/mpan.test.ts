import t from 'tap';
import { isMpanCore, mpanCheckDigit, parseMpan } from '../../../src/domain/identifiers/mpan.ts';

const VALID = [
  '1200023305967',
  '1900001059816',
  '1200031039874',
  '1710035168313',
  '2000050773706',
  '1200033197420',
  '1410000000090',
];

t.test('an MPAN core with the right check digit is taken', async (t) => {
  for (const core of VALID) t.ok(isMpanCore(core), core);
});

t.test('a remainder of 10 modulo 11 gives the check digit 0', async (t) => {
  t.equal(mpanCheckDigit('120003319742'), 0);
  t.equal(mpanCheckDigit('141000000009'), 0);
});

t.test('a wrong check digit, a wrong length and letters are refused', async (t) => {
  t.equal(mpanCheckDigit('220000000000'), 5);
  for (const text of ['2200000000000', '1200023305968', '120002330596', '12000233059670', '12000233O5967', ''])
    t.notOk(isMpanCore(text), text);
});

t.test('any single wrong digit of a core is noticed unless it changes the sum by a multiple of 11', async (t) => {
  const core = '1200023305967';
  for (let position = 0; position < 12; position++)
    for (let digit = 0; digit <= 9; digit++) {
      const changed = `${core.slice(0, position)}${digit}${core.slice(position + 1)}`;
      if (changed === core) continue;
      t.equal(isMpanCore(changed), mpanCheckDigit(changed.slice(0, 12)) === 7);
    }
});

t.test('a full MPAN gives its parts as text, letters and leading zeros included', async (t) => {
  t.strictSame(parseMpan('00 801 0A5 1200023305967'), {
    core: '1200023305967',
    distributor: '12',
    supply: { profileClass: '00', timeSwitchClass: '801', lineLossFactorClass: '0A5' },
  });
  t.strictSame(parseMpan('1200023305967'), { core: '1200023305967', distributor: '12', supply: null });
});

t.test('a full MPAN with a wrong core, and anything between 13 and 21 digits, is none', async (t) => {
  t.equal(parseMpan('008010A51200023305968'), null);
  t.equal(parseMpan('011200023305967'), null);
  t.equal(parseMpan(''), null);
});
