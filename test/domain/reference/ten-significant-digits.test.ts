import t from 'tap';
import { Decimal } from '../../../src/domain/decimal.ts';
import { toTenSignificantDigits } from '../../../src/domain/reference/ten-significant-digits.ts';

const cases = [
  ['0.21233000000000002', '0.21233', 'the residue of binary storage goes'],
  ['0.207074288590604', '0.2070742886', 'a stored result keeps ten digits'],
  ['1.4189999999999999E-2', '0.01419', 'exponents of a workbook are read'],
  ['3087.9446200000002', '3087.94462', 'digits before the point count'],
  ['0.12345678905', '0.1234567891', 'half goes up'],
  ['0.123456789049', '0.1234567890', 'below half goes down'],
  ['0', '0', 'a published zero is a zero'],
  ['1905000000000', '1905000000000', 'zeros at the end stay'],
] as const;

t.test('a factor is the stored number to ten significant digits, half-up', async (t) => {
  for (const [stored, expected, why] of cases) {
    t.equal(toTenSignificantDigits(stored).toFixed(), new Decimal(expected).toFixed(), `${why}: ${stored}`);
  }
});

t.test('rounding twice changes nothing', async (t) => {
  for (const [stored] of cases) {
    const once = toTenSignificantDigits(stored);
    t.ok(toTenSignificantDigits(once).equals(once), stored);
  }
});
