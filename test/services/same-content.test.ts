import t from 'tap';
import { Decimal } from '../../src/domain/decimal.ts';
import { sameContent } from '../../src/services/same-content.ts';

t.test('content is the same whatever the order of members and the way decimals came', async (t) => {
  t.ok(sameContent({ a: 1, b: { c: [1, { d: 2, e: 3 }] } }, { b: { c: [1, { e: 3, d: 2 }] }, a: 1 }));
  t.ok(sameContent({ multiplier: new Decimal('1.0') }, { multiplier: new Decimal(1) }));
  t.ok(sameContent(null, null));
});

t.test('content differs by value, by order of a list, by what is there and by null', async (t) => {
  t.notOk(sameContent({ a: 1 }, { a: 2 }));
  t.notOk(sameContent({ a: [1, 2] }, { a: [2, 1] }));
  t.notOk(sameContent({ a: 1 }, { a: 1, b: null }));
  t.notOk(sameContent({ a: '1' }, { a: 1 }));
  t.notOk(sameContent({ multiplier: new Decimal('0.1') }, { multiplier: new Decimal('0.10000001') }));
  t.notOk(sameContent(null, {}));
});
