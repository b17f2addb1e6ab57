import t from 'tap';
import type { Coverage } from '../../src/domain/coverage.ts';
import { Decimal, roundKg, sum } from '../../src/domain/decimal.ts';
import { intersect, lengthDays } from '../../src/domain/local-day.ts';
import { calendarYear } from '../../src/domain/period.ts';
import { DEFAULT_SETTINGS } from '../../src/domain/reference/default-settings.ts';
import { targetYear } from '../../src/domain/targets/target.ts';
import { verdictOf } from '../../src/domain/targets/target-status.ts';
import { judgedIn } from '../../src/domain/targets/target-years.ts';
import { allowedShare, pathOf } from '../../src/domain/targets/trajectory.ts';
import { dec } from '../support/memory-estate.ts';
import { areaTargetOf, targetOf } from '../support/memory-target.ts';
import { partsOf, readNote } from '../support/note.ts';

const NOTE = readNote('targets');

const kgText = (kg: Decimal): string => roundKg(kg).toFixed(3);

t.test('the path and its sum are what the page says (rule H1)', async (t) => {
  const [box] = NOTE.boxes('path');
  const [baselineKg = '', baseline = '', less = '', milestone = ''] = partsOf(
    box?.words ?? '',
    /^(\d+) in (\S+), (\d+) % less in (\S+)$/,
  );
  const milestones = [{ period: milestone, reductionPercent: Number(less) }];
  const path = pathOf(targetOf({ baseline: { period: baseline, kind: 'computed' }, milestones }), dec(baselineKg));
  const allowed = (year: number): Decimal | null => allowedShare(path, year)?.times(baselineKg) ?? null;
  const lines = box?.lines ?? [];
  t.equal(lines.length, 6, 'no example is lost by a slip of the pen');
  for (const line of lines) {
    const [first = '', last = '', stated] = partsOf(line, /^(?:sum of )?(\S+)(?: to (\S+))? = (\S+)$/);
    const from = targetYear(first, '');
    const years = Array.from({ length: last === '' ? 1 : targetYear(last, '') - from + 1 }, (_, index) =>
      allowed(from + index),
    );
    const known = years.flatMap((kg) => kg ?? []);
    t.equal(known.length === 0 ? 'nothing' : kgText(sum(known)), stated, line);
  }
});

t.test('a year is judged in the reporting year that the page names (rule H2)', async (t) => {
  const examples = NOTE.lines('judged');
  t.equal(examples.length, 3);
  for (const line of examples) {
    const [year = '', start = '', label, days] = partsOf(line, /^(\d{4}) from (\S+) = (\S+), (\d+) days$/);
    const found = judgedIn(Number(year), { yearBasis: 'calendar' }, start);
    const shared = intersect(found, calendarYear(Number(year)));
    t.same([found.label, shared === null ? 0 : lengthDays(shared)], [label, Number(days)], line);
  }
});

t.test('a pathway starts where the area stood (rule H3)', async (t) => {
  const [line = ''] = NOTE.lines('rebasing');
  const [tonnes = '', index = '', less = '', stated] = partsOf(line, /^(\d+) t, index (\S+), (\d+) % less = (\S+) t$/);
  const milestones = [{ period: '2027', reductionPercent: Number(less) }];
  const share = allowedShare(pathOf(areaTargetOf({ milestones }), null), 2027) ?? new Decimal(0);
  t.equal(kgText(dec(tonnes).times(share).div(index)), stated, line);
});

t.test('verdicts are those of the page (rule H6)', async (t) => {
  const examples = NOTE.lines('verdict');
  t.equal(examples.length, 5);
  for (const line of examples) {
    const [allowedKg = '', actualKg = '', missing = '', status, over = ''] = partsOf(
      line,
      /^allowed (\S+), known (\S+), missing (\S+) = ([\w-]+)(?:, at least (\S+) over)?$/,
    );
    const share = Number(missing);
    const days = { expected: 365, actual: 365 * (1 - share), estimated: 0, missing: 365 * share };
    const coverage: Coverage = { actual: 1 - share, estimated: 0, missing: share, days };
    const verdict = verdictOf({
      allowedKg: dec(allowedKg),
      actualKg: dec(actualKg),
      coverage,
      notQuantified: [],
      startReasons: [],
      notComparable: null,
      isMilestone: false,
      cumulative: null,
      missingShareMax: DEFAULT_SETTINGS.missingShareMax,
      estimatedShareMax: DEFAULT_SETTINGS.estimatedShareMax,
    });
    const exceeds = verdict.alreadyExceedsByKg === null ? '' : kgText(verdict.alreadyExceedsByKg);
    t.same([verdict.status, exceeds], [status, over], line);
  }
});

t.test('the settings that the pages name are those that ship', async (t) => {
  t.match(NOTE.text, /more than 5 % missing or 20 % estimated \(settings\)/);
  t.match(readNote('control').text, /`significanceThreshold` of the original \(5 % as shipped/);
  t.match(readNote('lines').text, /The setting ships as 0\.90/);
  const { missingShareMax, estimatedShareMax, significanceThreshold, returnToSewer } = DEFAULT_SETTINGS;
  t.same(
    [missingShareMax, estimatedShareMax, significanceThreshold, returnToSewer].map(Number),
    [0.05, 0.2, 0.05, 0.9],
  );
});
