import { readFileSync } from 'node:fs';

/** The flags that `npm start` gives to Node. */
export function startFlags(): string[] {
  const { scripts } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
    scripts: { start: string };
  };
  const [, flags = ''] = /&& node (.*) ?dist\/src\/server\.js$/.exec(scripts.start) ?? [];
  return flags.split(' ').filter((flag) => flag !== '');
}
