import t from 'tap';
import { countTests } from '../../scripts/count-tests.ts';

t.test('assertions are counted at every depth, and the lines that sum them up are not', async (t) => {
  const tap = `
    # Subtest: inner
        ok 1 - a
        ok 2 - b
        1..2
    ok 1 - inner # time=1ms
    ok 2 - c
    1..2
ok 1 - test/x.test.ts # time=2ms
1..1`;
  t.same(countTests(tap), { passed: 3, failed: 0, emptyFiles: [] });
});

t.test('a failed assertion is counted once, not again in what encloses it', async (t) => {
  const tap = `
    # Subtest: inner
        ok 1 - a
        not ok 2 - b
          ---
          source: |
            ok 3 - not a test
          ...
        1..2
    not ok 1 - inner # time=1ms
    1..1
not ok 1 - test/x.test.ts # time=2ms
1..1`;
  t.same(countTests(tap), { passed: 1, failed: 1, emptyFiles: [] });
});

t.test('a file that fails although its assertions passed is a failure', async (t) => {
  const tap = `
    ok 1 - a
    1..1
not ok 1 - test/x.test.ts # timeout
1..1`;
  t.same(countTests(tap), { passed: 1, failed: 1, emptyFiles: [] });
});

t.test('skipped and todo assertions are neither', async (t) => {
  const tap = `
    ok 1 - a # SKIP no server
    not ok 2 - b # TODO later
    ok 3 - says \\# SKIP
    1..3
ok 1 - test/x.test.ts
1..1`;
  t.same(countTests(tap), { passed: 1, failed: 0, emptyFiles: [] });
});

t.test('a file in which no test ran is named', async (t) => {
  const tap = `
    1..0 # no tests found
ok 1 - test/x.test.ts # SKIP no tests found
1..1`;
  t.same(countTests(tap), { passed: 0, failed: 0, emptyFiles: ['test/x.test.ts'] });
});
