import fc from 'fast-check';
import t from 'tap';
import { Decimal } from '../../../src/domain/decimal.ts';
import { type FitPoint, fitLine } from '../../../src/domain/weather/fit-line.ts';
import { holds } from '../../support/property.ts';

const point = (days: number, degreeDays: number, quantity: number): FitPoint => ({
  days,
  degreeDays: new Decimal(degreeDays),
  quantity: new Decimal(quantity),
});

t.test('points on a line give the line, and no doubt about it', async (t) => {
  const points = [point(31, 395, 14950), point(28, 342, 13060), point(30, 42, 4260), point(31, 44, 4420)];
  const fit = fitLine(points);
  t.equal(fit?.basePerDay.toDecimalPlaces(20).toNumber(), 100);
  t.equal(fit?.slopePerDegreeDay.toDecimalPlaces(20).toNumber(), 30);
  t.equal(fit?.rSquared?.toNumber(), 1);
  t.equal(fit?.cvRmse?.toNumber(), 0);
  t.equal(fit?.slopeT, null, 'no standard error to divide by');
});

t.test('no line is told from two points, nor from degree days that go with the days', async (t) => {
  t.equal(fitLine([point(31, 395, 14950), point(28, 342, 13060)]), null);
  t.equal(fitLine([point(30, 60, 1), point(31, 62, 2), point(28, 56, 3)]), null);
  t.equal(fitLine([point(30, 0, 1), point(31, 0, 2), point(28, 0, 3)]), null);
});

t.test('a mean that is not above zero has no relative error, equal quantities no determination', async (t) => {
  const zero = fitLine([point(30, 10, 0), point(30, 20, 0), point(30, 40, 0)]);
  t.same([zero?.cvRmse, zero?.rSquared], [null, null]);
});

const amount = fc.integer({ min: 0, max: 100_000 });
const days = fc.integer({ min: 1, max: 40 });
const somePoints = fc.array(fc.tuple(days, fc.integer({ min: 0, max: 500 }), amount), { minLength: 3, maxLength: 15 });

t.test('a fit does not hang on the order of its points, and residuals are at right angles to both terms', async (t) => {
  await holds(
    t,
    fc.property(somePoints, (drawn) => {
      const points = drawn.map(([n, dd, q]) => point(n, dd, q));
      const fit = fitLine(points);
      const turned = fitLine([...points].reverse());
      if (fit === null || turned === null) return fit === turned;
      const rest = points.map((each) =>
        each.quantity.minus(fit.basePerDay.times(each.days)).minus(fit.slopePerDegreeDay.times(each.degreeDays)),
      );
      const sumWith = (of: (each: FitPoint) => Decimal) =>
        points.reduce((sum, each, index) => sum.plus(of(each).times(rest[index] ?? 0)), new Decimal(0)).abs();
      return (
        sumWith((each) => new Decimal(each.days)).lt('1e-20') &&
        sumWith((each) => each.degreeDays).lt('1e-20') &&
        fit.slopePerDegreeDay.minus(turned.slopePerDegreeDay).abs().lt('1e-25')
      );
    }),
  );
});

t.test('twice the use is twice the base and the slope, and as good a fit', async (t) => {
  await holds(
    t,
    fc.property(somePoints, (drawn) => {
      const fit = fitLine(drawn.map(([n, dd, q]) => point(n, dd, q)));
      const twice = fitLine(drawn.map(([n, dd, q]) => point(n, dd, 2 * q)));
      if (fit === null || twice === null) return fit === twice;
      const isDouble = (a: Decimal, b: Decimal) => a.times(2).minus(b).abs().lt('1e-20');
      return (
        isDouble(fit.basePerDay, twice.basePerDay) &&
        isDouble(fit.slopePerDegreeDay, twice.slopePerDegreeDay) &&
        (fit.rSquared
          ?.minus(twice.rSquared ?? 0)
          .abs()
          .lt('1e-20') ??
          twice.rSquared === null)
      );
    }),
  );
});
