import t from 'tap';
import { groupBy } from '../../src/domain/group-by.ts';

t.test('groups hold their items, both in the order they come', async (t) => {
  const groups = groupBy(['pear', 'fig', 'plum', 'date', 'kiwi'], (word) => word.length);
  t.same(
    [...groups],
    [
      [4, ['pear', 'plum', 'date', 'kiwi']],
      [3, ['fig']],
    ],
  );
  t.same([...groupBy([], String)], []);
});
