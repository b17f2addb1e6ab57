import t from 'tap';
import { checkDayTotal } from '../../src/domain/checks/day-total.ts';
import { dayTypesOf, meterSeries } from '../../src/domain/checks/meter-series.ts';
import { type Closure, checkClosure, dayTypesAt } from '../../src/domain/closures.ts';
import { DAY_TYPES, dayTypeOf } from '../../src/domain/like-days.ts';
import { addDays, type LocalDay } from '../../src/domain/local-day.ts';
import { Refusal } from '../../src/domain/refusal.ts';
import { estateOf } from '../support/memory-estate.ts';
import { CHECKS, checkedDay } from '../support/memory-series.ts';

const SUMMER: Closure = {
  key: 'summer',
  name: 'Summer holidays',
  firstDay: '2025-07-23',
  lastDay: '2025-08-31',
  sites: [],
  categories: [],
  portfolios: [],
};

const portfolios = [
  { from: null, portfolio: 'corporate' },
  { from: '2025-08-01', portfolio: 'schools' },
];

function typesOf(closure: Partial<Closure>, site: { category?: string; moved?: boolean } = {}) {
  const sites = [
    { key: 'SCHOOL', category: site.category ?? null, portfolios },
    { key: 'OFFICE', category: 'office' },
  ];
  const estate = estateOf([{ key: 'M', site: 'SCHOOL' }], sites);
  const [meter] = estate.meters;
  if (meter === undefined) throw new Error('an estate of one meter has one');
  const placements = [...meter.placements, ...(site.moved === true ? [{ from: '2025-08-01', site: 'OFFICE' }] : [])];
  const typeOf = dayTypesAt({ ...meter, placements }, estate, [{ ...SUMMER, ...closure }]);
  return { typeOf, on: (day: LocalDay) => DAY_TYPES[typeOf(day)] };
}

t.test('working days of a closure are a kind of their own, other days stay what they are', async (t) => {
  const { on } = typesOf({ sites: ['SCHOOL'] });
  t.equal(on('2025-07-22'), 'working day');
  t.equal(on('2025-07-23'), 'closure day', 'the first day');
  t.equal(on('2025-07-26'), 'Saturday');
  t.equal(on('2025-07-27'), 'Sunday or bank holiday');
  t.equal(on('2025-08-25'), 'Sunday or bank holiday', 'the bank holiday of August');
  t.equal(on('2025-08-29'), 'closure day', 'the last working day of it');
  t.equal(on('2025-09-01'), 'working day');
});

t.test('a closure holds by site, by category, and by portfolio on its days', async (t) => {
  t.equal(typesOf({ categories: ['school'] }, { category: 'school' }).on('2025-07-23'), 'closure day');
  t.equal(typesOf({ categories: ['school'] }).typeOf, dayTypeOf, 'a site of no category is no school');
  const byPortfolio = typesOf({ portfolios: ['schools'] });
  t.equal(byPortfolio.on('2025-07-31'), 'working day', 'not yet in the portfolio');
  t.equal(byPortfolio.on('2025-08-01'), 'closure day');
  t.equal(typesOf({ sites: ['OFFICE'] }).typeOf, dayTypeOf);
  const moved = typesOf({ sites: ['SCHOOL'] }, { moved: true });
  t.equal(moved.on('2025-07-31'), 'closure day');
  t.equal(moved.on('2025-08-01'), 'working day', 'the meter has moved to the office');
});

t.test('what is no closure is refused with its place', async (t) => {
  const refused = (fields: Partial<Closure>): string | undefined => {
    try {
      checkClosure({ ...SUMMER, sites: ['SCHOOL'], ...fields });
      return undefined;
    } catch (error) {
      return error instanceof Refusal ? error.faults[0]?.pointer : String(error);
    }
  };
  t.equal(refused({}), undefined);
  t.equal(refused({ lastDay: '2025-07-23' }), undefined, 'one day');
  t.equal(refused({ lastDay: '2025-07-22' }), '/lastDay');
  t.equal(refused({ lastDay: '2026-07-23' }), undefined, '366 days');
  t.equal(refused({ lastDay: '2026-07-24' }), '/lastDay');
  t.equal(refused({ sites: [] }), '/sites');
});

t.test('a week of holidays is unusual until the closure is known (rule E12)', async (t) => {
  const window = { start: '2025-05-01', end: '2025-09-01' };
  const asked = { start: '2025-07-01', end: '2025-09-01' };
  const days = Array.from({ length: 123 }, (_, place) => addDays(window.start, place));
  const isClosed = (day: LocalDay): boolean => day >= '2025-07-23';
  const stored = days.flatMap((day) => checkedDay(day, isClosed(day) || dayTypeOf(day) !== 0 ? 1 : 10));
  const [meter] = estateOf([{ key: 'M' }]).meters;
  if (meter === undefined) throw new Error('an estate of one meter has one');
  const { typeOf } = typesOf({ sites: ['SCHOOL'] });
  const found = (types = dayTypesOf(window)) =>
    checkDayTotal(meterSeries(meter, window, asked, stored, types), CHECKS).map(({ start }) => start);
  t.ok(found().includes('2025-07-23'), 'the first days of the holidays');
  t.same(found(dayTypesOf(window, typeOf)), []);
});
