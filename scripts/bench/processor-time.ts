import { existsSync, readFileSync } from 'node:fs';
import { cpus } from 'node:os';

const STAT = (pid: number) => `/proc/${pid}/stat`;
/** Clock ticks a second, which Linux tells programs whatever it counts in itself. */
const TICKS_PER_SECOND = 100;

/** Milliseconds of processor time that a process has used with all its threads; none where the system does not tell. */
export function processorTimeMs(pid: number): number {
  if (!existsSync(STAT(pid))) return Number.NaN;
  // The name of the program stands in brackets and may hold blanks; user and system time are the 12th and 13th after it.
  const fields = readFileSync(STAT(pid), 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ');
  return ((Number(fields[11]) + Number(fields[12])) * 1_000) / TICKS_PER_SECOND;
}

/** Milliseconds in which the processors of this machine worked, for whomever, all together. */
export function machineTimeMs(): number {
  return cpus().reduce((sum, { times }) => sum + times.user + times.nice + times.sys + times.irq, 0);
}
