import t from 'tap';
import { canonicalJson } from '../../src/domain/canonical-json.ts';

t.test('the worked example of RFC 8785, section 3.2.2', async (t) => {
  const value = {
    numbers: [JSON.parse('333333333.33333329'), 1e30, 4.5, 2e-3, 0.000000000000000000000000001],
    string: '\u20ac$\u000F\u000aA\'\u0042\u0022\u005c\\"/',
    literals: [null, true, false],
  };
  t.equal(
    canonicalJson(value),
    '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
  );
});

t.test('members stand in order of their UTF-16 names, as section 3.2.3 sorts them', async (t) => {
  const names = ['\u20ac', '\r', '\ufb33', '1', '\ud83d\ude00', '\u0080', '\u00f6'];
  const text = canonicalJson(Object.fromEntries(names.map((name) => [name, 0])));
  t.strictSame(Object.keys(JSON.parse(text)), ['1', '\r', '\u0080', '\u00f6', '\u20ac', '\ud83d\ude00', '\ufb33']);
});

t.test('members without a value are left out; what JSON has no form for is refused', async (t) => {
  t.equal(canonicalJson({ b: undefined, a: [] }), '{"a":[]}');
  for (const value of [Number.NaN, Number.POSITIVE_INFINITY, '\ud800', 'a\udc00b'])
    t.throws(() => canonicalJson(value));
  t.equal(canonicalJson('\ud83d\ude00'), '"😀"');
});
