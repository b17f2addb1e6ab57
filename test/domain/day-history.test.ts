import t from 'tap';
import { type DayVersion, undoDay } from '../../src/domain/day-history.ts';

const profile = (value: number) => ({ resolutionMinutes: 1440, values: [value], quality: null });
/** Versions of a day: who wrote them, and the one value they hold. */
const history = (...versions: [changeId: string, value: number | null][]): DayVersion[] =>
  versions.map(([changeId, value]) => ({ changeId, profile: value === null ? null : profile(value) }));
const log = (undone: Record<string, string> = {}) => ({
  undone: new Set(Object.keys(undone)),
  undos: new Set(Object.values(undone)),
});
const restored = (value: number | null) => ({
  kind: 'restored',
  profile: value === null ? null : profile(value),
});

t.test('what stood before comes back, or nothing where there was nothing', async (t) => {
  t.strictSame(undoDay(history(['1', 10]), '1', log()), restored(null));
  t.strictSame(undoDay(history(['1', 10], ['2', 20]), '2', log()), restored(10));
});

t.test('a day that a later writer changed stays', async (t) => {
  t.strictSame(undoDay(history(['1', 10], ['2', 20], ['3', 30]), '1', log()), { kind: 'kept', by: '2' });
});

t.test('a later change that moved the quantity alone does not stand in the way', async (t) => {
  t.strictSame(undoDay(history(['1', 10], ['2', 20], ['3', 20]), '2', log()), restored(10));
  t.strictSame(undoDay(history(['1', 10], ['2', 10]), '2', log()), { kind: 'untouched' }, 'nor is it a delivery');
  t.strictSame(undoDay(history(['1', null], ['2', null]), '2', log()), { kind: 'untouched' });
});

t.test('what an undo brought back belongs to its first writer', async (t) => {
  const versions = history(['1', 10], ['2', 20], ['3', 10]);
  t.strictSame(undoDay(versions, '1', log({ 2: '3' })), restored(null));
  t.strictSame(undoDay(versions, '1', log()), { kind: 'kept', by: '2' }, 'and to the third, had it delivered the same');
});

t.test('what was taken back meanwhile does not come back', async (t) => {
  t.strictSame(undoDay(history(['1', 10], ['2', 20]), '2', log({ 1: '9' })), restored(null));
  t.strictSame(undoDay(history(['1', 10], ['2', 20], ['3', 30]), '3', log({ 2: '9' })), restored(10));
  t.strictSame(undoDay(history(['1', 10], ['2', 20], ['3', 30]), '3', log({ 1: '8', 2: '9' })), restored(null));
});
