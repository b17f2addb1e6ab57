import t from 'tap';
import { checkMeterKey, meterKeyOf, meterKeyWarnings } from '../../../src/domain/identifiers/meter-key.ts';
import { hasMprnCheckDigits, mprnCheckDigits } from '../../../src/domain/identifiers/mprn.ts';
import { normalisePostcode } from '../../../src/domain/identifiers/postcode.ts';
import { parseSpid } from '../../../src/domain/identifiers/spid.ts';
import { normaliseUprn } from '../../../src/domain/identifiers/uprn.ts';
import { Refusal } from '../../../src/domain/refusal.ts';

t.test('the check digits of an MPRN are recognised', async (t) => {
  t.equal(mprnCheckDigits('39384244'), '03');
  t.ok(hasMprnCheckDigits('3938424403'));
  t.notOk(hasMprnCheckDigits('3938424404'));
  t.notOk(hasMprnCheckDigits('12345'));
});

t.test('a postcode is written in capitals with one space, whatever was sent', async (t) => {
  for (const text of ['cv1 5rr', 'CV15RR', ' cv1  5rr ']) t.equal(normalisePostcode(text), 'CV1 5RR');
  for (const code of ['M1 1AE', 'B33 8TH', 'CR2 6XH', 'DN55 1PT', 'W1A 1HQ', 'EC1A 1BB', 'GIR 0AA'])
    t.equal(normalisePostcode(code), code);
});

t.test('what is not of the shape of a UK postcode is refused', async (t) => {
  for (const text of ['', 'CV1', 'CV1 5R', 'CV1 5CR', 'C1234 5RR', '12345', 'CV1 5RRR', 'CV1-5RR', 'ABC1 1AA'])
    t.equal(normalisePostcode(text), null, text);
});

t.test('a UPRN has 1 to 12 digits, and the zeros before it are padding', async (t) => {
  t.equal(normaliseUprn('100070000001'), '100070000001');
  t.equal(normaliseUprn('000100070001'), '100070001');
  t.equal(normaliseUprn('7'), '7');
  for (const text of ['', '0', '1234567890123', '12A', '-1']) t.equal(normaliseUprn(text), null, text);
});

t.test('a SPID tells water from sewerage', async (t) => {
  t.strictSame(parseSpid('3012345678W15'), { core: '3012345678', service: 'water' });
  t.strictSame(parseSpid('3012345678 S 12'), { core: '3012345678', service: 'sewerage' });
  t.strictSame(parseSpid('10123456W00'), { core: '10123456', service: 'water' });
  for (const text of ['3012345678', '3012345678X12', '4012345678W12', '']) t.equal(parseSpid(text), null, text);
});

t.test('a full MPAN stands for its core, so that one supply never becomes two meters', async (t) => {
  t.equal(meterKeyOf('008010A51200023305967'), '1200023305967');
  t.equal(meterKeyOf('1200023305967'), '1200023305967');
  t.equal(meterKeyOf('CH-001-PV'), 'CH-001-PV');
  t.equal(meterKeyOf('008010A51200023305968'), '008010A51200023305968');
});

t.test('13 digits that are no MPAN are refused for electricity, with the digit that was expected', async (t) => {
  t.throws(() => checkMeterKey('1200023305968', 'electricity'), {
    code: 'invalid-request',
    message: /last digit is 8, expected 7/,
  });
  t.throws(() => checkMeterKey('2200000000000', 'electricity'), Refusal);
});

t.test("the council's own references, and 13 digits of another utility, are taken as they are", async (t) => {
  for (const key of ['EL', 'G-1', 'CH-001-PV', '120002330596', '12000233059671'])
    t.doesNotThrow(() => checkMeterKey(key, 'electricity'));
  t.doesNotThrow(() => checkMeterKey('1200023305968', 'natural-gas'));
});

t.test('a doubtful MPRN or SPID is a warning, never a refusal', async (t) => {
  t.match(meterKeyWarnings('3938424404', 'natural-gas'), [/MPRN/]);
  t.strictSame(meterKeyWarnings('3938424403', 'natural-gas'), []);
  t.strictSame(meterKeyWarnings('G-1', 'natural-gas'), []);
  t.match(meterKeyWarnings('3012345678S12', 'water'), [/sewerage/]);
  t.strictSame(meterKeyWarnings('3012345678W12', 'water'), []);
});
