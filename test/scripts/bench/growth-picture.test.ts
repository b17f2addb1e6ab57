import t from 'tap';
import { type Curve, PANELS, pointOf, stepsTo } from '../../../scripts/bench/curve.ts';
import { growthPicture } from '../../../scripts/bench/growth-picture.ts';

const curve = (panel: Curve['panel'], name: string): Curve => ({
  panel,
  name,
  points: [pointOf(1, [12, 10, 11]), pointOf(10, [25]), pointOf(100, [240])],
});

t.test('steps end at the most, grow by the factor, and are whole, each once', async (t) => {
  t.strictSame(stepsTo(1_000, 3), [12, 37, 111, 333, 1_000]);
  t.strictSame(stepsTo(10, 2), [1, 3, 5, 10]);
  t.strictSame(stepsTo(1, 2), [1]);
});

t.test('the picture names every panel, axis, unit and curve, on paper of its own', async (t) => {
  const curves = [
    curve('sites', 'one site'),
    curve('years', 'one year'),
    curve('clients', 'p50'),
    curve('throughput', 'rate'),
  ];
  const picture = growthPicture(curves);
  t.match(picture, /^<svg width="\d+" height="\d+" xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
  for (const { title, x, y } of Object.values(PANELS))
    for (const text of [title, x, y]) t.ok(picture.includes(`>${text}</text>`), text);
  for (const { name } of curves) t.ok(picture.includes(`>${name}</text>`), name);
  t.match(picture, /<rect [^>]*fill="#ffffff"/);
});

t.test('the same curves give the same lines', async (t) => {
  const lines = () => growthPicture([curve('years', 'one year')]).match(/<path d="[^"]+"/g);
  t.strictSame(lines(), lines());
});
