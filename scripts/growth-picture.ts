import { readFileSync, writeFileSync } from 'node:fs';
import type { Curve } from './bench/curve.ts';
import { growthPicture } from './bench/growth-picture.ts';

// Draws what `npm run bench -- --only growth` has measured: growth-picture.ts [bench.json] [docs/growth.svg].
const [from = 'bench.json', to = 'docs/growth.svg'] = process.argv.slice(2);
try {
  const { curves } = JSON.parse(readFileSync(from, 'utf8')) as { curves?: Curve[] };
  if (curves === undefined || curves.length === 0)
    throw new Error(`${from} has no growth: measure it with --only growth`);
  writeFileSync(to, `${growthPicture(curves)}\n`);
  console.log(`Drawn to ${to}.`);
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
