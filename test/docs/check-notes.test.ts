import t from 'tap';
import type { Activity, MeterKind } from '../../src/domain/activities.ts';
import { checkReconciliation } from '../../src/domain/checks/bills.ts';
import { CHECK_SETTINGS } from '../../src/domain/checks/check-settings.ts';
import { CHECKS as KINDS } from '../../src/domain/checks/finding.ts';
import { checkOverdue } from '../../src/domain/checks/overdue.ts';
import { unitRatioOf } from '../../src/domain/checks/unit-ratio.ts';
import { addDays } from '../../src/domain/local-day.ts';
import { estateOf } from '../support/memory-estate.ts';
import { billTotal, CHECKS, seriesOf } from '../support/memory-series.ts';
import { partsOf, readNote } from '../support/note.ts';

const NOTE = readNote('checks');

t.test('every check is on the page, with how it is told (rule E12)', async (t) => {
  const rows = [...NOTE.text.matchAll(/^\| `([\w-]+)` \| (\w+) \|/gm)].map(([, check, severity]) => [check, severity]);
  t.same(Object.fromEntries(rows), KINDS);
});

t.test('the defaults on the page are those that ship', async (t) => {
  const rows = [...NOTE.text.matchAll(/^\| `(\w+\.\w+)` \| ([\d.]+) \|/gm)].map(([, name, value]) => [
    name,
    Number(value),
  ]);
  const shipped = Object.entries(CHECK_SETTINGS).flatMap(([group, specs]) =>
    Object.entries(specs).map(([name, { value }]) => [`${group}.${name}`, Number(value.toPrecision(6))]),
  );
  t.same(rows, shipped);
});

t.test('bills against intervals', async (t) => {
  const lines = NOTE.lines('reconciliation');
  t.equal(lines.length, 3);
  for (const line of lines) {
    const [intervals, bill, result] = partsOf(line, /^intervals (\d+) against a bill of (\d+) = (.+)$/);
    const june = seriesOf('2025-06', 30, () => Number(intervals) / 30 / 48);
    const span = { start: '2025-06-01', end: '2025-07-01' };
    const [found] = checkReconciliation(june, [billTotal('2025-06', Number(bill))], span, CHECKS);
    t.equal(found === undefined ? 'nothing' : /kWh: (.*); /.exec(found.detail)?.[1], result, line);
  }
});

t.test('units taken for others', async (t) => {
  const lines = NOTE.lines('units');
  t.equal(lines.length, 5);
  for (const line of lines) {
    const [activity, seen, expected, cause] = partsOf(line, /^([\w-]+) (\d+) against (\d+) = (.+)$/);
    const known = unitRatioOf(activity as Activity, Number(seen) / Number(expected), CHECKS.unitRatio.tolerance);
    t.equal(known?.cause ?? 'nothing', cause, line);
  }
});

t.test('when data is overdue', async (t) => {
  const lines = NOTE.lines('overdue');
  t.equal(lines.length, 3);
  for (const line of lines) {
    const [words = '', last = '', due = ''] = partsOf(line, /^(.*), .* (\S+) = due (\S+)$/);
    const kind: MeterKind = words === 'register' ? 'register' : 'interval';
    const activity: Activity = words.endsWith('gas') ? 'natural-gas' : 'electricity';
    const [meter] = estateOf([{ key: 'M', from: '2024-01-01', kind, activity }]).meters;
    if (meter === undefined) throw new Error('an estate of one meter has one');
    const on = (today: string) =>
      checkOverdue(meter, last, [], { start: last, end: addDays(due, 1) }, today, CHECKS).length;
    t.same([on(due), on(addDays(due, 1))], [0, 1], line);
  }
});
