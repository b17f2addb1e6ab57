import { parseArgs } from 'node:util';

/** What the command line asks of the demonstration. */
export type DemoOptions = {
  /** TCP port of the service. */
  port: number;
  /** Stop once everything is loaded. */
  loadOnly: boolean;
  /** Only the first so many sites. */
  sites: number | undefined;
};

export const DEMO_USAGE = `npm run demo -- [options]
  --port N      port of the service (default: PORT, else 3000; 0: any that is free)
  --sites N     only the first N sites of the estate
  --load-only   stop once everything is loaded`;

function wholeNumber(name: string, text: string, min: number, max: number): number {
  const number = Number(text);
  if (/^\d+$/.test(text) && number >= min && number <= max) return number;
  throw new Error(`${name} is '${text}': expected a whole number from ${min} to ${max}`);
}

/**
 * Reads the options.
 * @throws Error in one sentence, for an option that is unknown or has no sense.
 */
export function readDemoOptions(args: readonly string[], defaultPort: string | undefined): DemoOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      port: { type: 'string', default: defaultPort || '3000' },
      sites: { type: 'string' },
      'load-only': { type: 'boolean', default: false },
    },
  });
  return {
    port: wholeNumber('--port', values.port, 0, 65_535),
    loadOnly: values['load-only'],
    sites: values.sites === undefined ? undefined : wholeNumber('--sites', values.sites, 1, 1000),
  };
}
