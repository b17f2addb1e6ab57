import t from 'tap';
import type { Coverage } from '../../src/domain/coverage.ts';
import { Decimal, roundKg, roundPercent, sum } from '../../src/domain/decimal.ts';
import { intersect, lengthDays } from '../../src/domain/local-day.ts';
import { calendarYear, financialYear } from '../../src/domain/period.ts';
import { DEFAULT_SETTINGS } from '../../src/domain/reference/default-settings.ts';
import { type BudgetYear, runsOutOn } from '../../src/domain/targets/budget.ts';
import { checkTarget } from '../../src/domain/targets/check-target.ts';
import { differencesBetween, publishedTerms, termsOf } from '../../src/domain/targets/comparability.ts';
import { cutToReach, cutToStayWithin } from '../../src/domain/targets/needed-cut.ts';
import { meanShare } from '../../src/domain/targets/season.ts';
import type { Target } from '../../src/domain/targets/target.ts';
import { verdictOf } from '../../src/domain/targets/target-status.ts';
import { judgedIn, targetYear } from '../../src/domain/targets/target-years.ts';
import { trajectoryOf } from '../../src/domain/targets/trajectory.ts';
import { dec } from '../support/memory-estate.ts';
import { areaTargetOf, targetOf } from '../support/memory-target.ts';
import { partsOf, readNote } from '../support/note.ts';

const NOTE = readNote('targets');

const kgText = (kg: Decimal): string => roundKg(kg).toFixed(3);

type Path = Pick<Target, 'path' | 'milestones' | 'allowances' | 'yearlyReductionPercent'>;

/** What a box says of a path: a milestone, a yearly value, or a rate until a year. */
function addPart(path: Path, part: string): Path {
  const [percent = '', each = '', until = ''] = /^(\d+) % less (each year to|in) (\S+)$/.exec(part)?.slice(1) ?? [];
  if (each === 'in')
    return { ...path, milestones: [...path.milestones, { period: until, reductionPercent: Number(percent) }] };
  if (each !== '') return { ...path, yearlyReductionPercent: Number(percent), milestones: [{ period: until }] };
  const [amount = '', period = ''] = /^(\d+) in (\S+)$/.exec(part)?.slice(1) ?? [];
  if (period !== '') return { ...path, allowances: [...path.allowances, { period, emissionsKgCo2e: Number(amount) }] };
  const [residual, year = ''] = partsOf(part, /^net zero(?: with (\d+) % left)? in (\S+)$/);
  const left = residual === '' ? {} : { residualPercent: Number(residual) };
  return { ...path, milestones: [...path.milestones, { period: year, netZero: true, ...left }] };
}

/** The path of a box: its kind, the baseline, and what follows. */
function pathOf(words: string): (year: number) => Decimal | null {
  const [kind = '', baselineKg = '', period = '', rest = ''] = partsOf(words, /^(\w+): (\d+) in (\S+), (.+)$/);
  const empty: Path = { path: kind as Target['path'], milestones: [], allowances: [], yearlyReductionPercent: null };
  const target = targetOf({ baseline: { period, kind: 'computed' }, ...rest.split(', ').reduce(addPart, empty) });
  if (target.milestones.length > 0) checkTarget(target);
  const start = { year: targetYear(period, ''), kg: dec(baselineKg), index: new Decimal(1) };
  return trajectoryOf(target, start).allowedKg;
}

t.test('every kind of path and its sum is what the page says (rules H1, H7)', async (t) => {
  const boxes = NOTE.boxes('path');
  t.equal(boxes.length, 7, 'no box is lost by a slip of the pen');
  for (const { words, lines } of boxes) {
    const allowed = pathOf(words);
    t.ok(lines.length >= 2, words);
    for (const line of lines) {
      const [first = '', last = '', stated] = partsOf(line, /^(?:sum of )?(\S+)(?: to (\S+))? = (\S+)$/);
      const from = targetYear(first, '');
      const years = Array.from({ length: last === '' ? 1 : targetYear(last, '') - from + 1 }, (_, index) =>
        allowed(from + index),
      );
      const known = years.flatMap((kg) => kg ?? []);
      t.equal(known.length === 0 ? 'nothing' : kgText(sum(known)), stated, `${words}: ${line}`);
    }
  }
});

t.test('a budget runs out on the day of the page (rule H1)', async (t) => {
  const examples = NOTE.lines('runs-out');
  t.equal(examples.length, 3);
  for (const line of examples) {
    const [budget = '', first = '', last = '', stated] = partsOf(
      line,
      /^(\d+) kg, of which (\d+) in 2023\/24 and (\d+) in 2024\/25 = (\S+)$/,
    );
    const years = [first, last].map((kg, index): BudgetYear => {
      const period = financialYear(2023 + index);
      return { year: 2023 + index, period, allowedKg: dec(0), isOver: true, countedKg: dec(kg), knownKg: dec(kg) };
    });
    t.equal(runsOutOn(dec(budget), years, { year: 2024, period: financialYear(2024), kg: dec(last) }), stated, line);
  }
});

t.test('the cut that is needed is the one of the page (rule H1)', async (t) => {
  const examples = NOTE.lines('cut');
  t.equal(examples.length, 6);
  for (const line of examples) {
    const [from = '', to = '', left = '', years = '', stated] = partsOf(
      line,
      /^(\d+) kg(?: to (\d+) kg|, (-?\d+) kg left) (?:in|for) (\d+) years = (.+)$/,
    );
    const ahead = Array.from({ length: Number(years) }, (_, index) => index + 1);
    const cut = to === '' ? cutToStayWithin(dec(from), dec(left), ahead) : cutToReach(dec(from), dec(to), ahead.length);
    const said =
      cut === null
        ? 'none is enough'
        : `${roundPercent(cut.yearlyShare.times(100)).toFixed(1)} % or ${kgText(cut.yearlyKg)} kg a year`;
    t.equal(said, stated, line);
  }
});

t.test('a seasonal share is the mean of the page (rule H6)', async (t) => {
  const examples = NOTE.lines('season');
  t.equal(examples.length, 2);
  for (const line of examples) {
    const [parts = '', stated] = partsOf(line, /^(.+) = (\S+)$/);
    const years = parts.split(', ').map((part) => {
      const [partKg = '', kg = ''] = partsOf(part, /^(\d+) of (\d+)$/);
      return { partKg: dec(partKg), kg: dec(kg) };
    });
    t.equal(meanShare(years).toFixed(6), stated, line);
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
  const start = { year: 2022, kg: dec(tonnes), index: dec(index) };
  t.equal(kgText(trajectoryOf(areaTargetOf({ milestones }), start).allowedKg(2027) ?? dec(0)), stated, line);
});

t.test('what differs is said in the words of the page (rules H5, H6)', async (t) => {
  const examples = NOTE.lines('terms');
  t.equal(examples.length, 5);
  const span = { start: '2024-04-01', end: '2025-04-01' };
  const terms = (text: string): object => {
    if (text === 'nothing') return {};
    const [name = '', value = ''] = partsOf(text, /^(\w+) (.+)$/);
    return { [name]: JSON.parse(value) };
  };
  for (const line of examples) {
    const [baseline = '', actual = '', stated] = partsOf(line, /^(.+?) against (.+?) = (.+)$/);
    const figure = { period: '2019/20', kind: 'published' as const, emissionsKgCo2e: 1, source: 'A report' };
    const target = targetOf({ ...terms(actual), baseline: { ...figure, ...terms(baseline) } });
    const found = differencesBetween(
      publishedTerms(target, DEFAULT_SETTINGS, span),
      termsOf(target, DEFAULT_SETTINGS, span),
    );
    t.same(found, [stated], line);
  }
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
      notComparable: [],
      isMilestone: false,
      budget: null,
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
