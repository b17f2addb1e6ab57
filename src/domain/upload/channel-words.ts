import type { Direction } from '../activities.ts';

/** What a row measures. Only active energy is stored; reactive energy and demand are never added to it. */
export type Channel = 'active-import' | 'active-export' | 'reactive' | 'demand';

const CHANNELS: ReadonlyMap<string, Channel> = new Map(
  Object.entries({
    ai: 'active-import',
    import: 'active-import',
    'active import': 'active-import',
    'import kwh': 'active-import',
    'kwh import': 'active-import',
    kwh: 'active-import',
    consumption: 'active-import',
    active: 'active-import',
    ae: 'active-export',
    export: 'active-export',
    'active export': 'active-export',
    'export kwh': 'active-export',
    'kwh export': 'active-export',
    ri: 'reactive',
    re: 'reactive',
    rie: 'reactive',
    ree: 'reactive',
    reactive: 'reactive',
    'reactive import': 'reactive',
    'reactive export': 'reactive',
    kvarh: 'reactive',
    kvar: 'reactive',
    'kvarh lag': 'reactive',
    'kvarh lead': 'reactive',
    kva: 'demand',
    kvah: 'demand',
    md: 'demand',
    'maximum demand': 'demand',
  } satisfies Record<string, Channel>),
);

/** Reads the name of a channel, such as AI or kVArh. Null when it is not known. */
export function readChannel(text: string): Channel | null {
  return (
    CHANNELS.get(
      text
        .toLowerCase()
        .replace(/[^a-z0-9]+/g, ' ')
        .trim(),
    ) ?? null
  );
}

/** Whether a channel belongs to a meter of a direction. What does not is skipped and counted, never merged (rule E9). */
export function belongsTo(channel: Channel, direction: Direction): boolean {
  if (channel === 'active-import') return direction !== 'export';
  if (channel === 'active-export') return direction !== 'import';
  return false;
}
