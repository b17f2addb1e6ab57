import { existsSync, readFileSync, writeFileSync } from 'node:fs';

/** What a process holds in memory and the most that it has held, in megabytes (a million bytes). */
export type ResidentMemory = { nowMb: number; peakMb: number };

const STATUS = (pid: number) => `/proc/${pid}/status`;

/** Whether this system tells the memory of a process in /proc. */
export const canReadMemory = existsSync(STATUS(process.pid));

function megabytes(status: string, name: string): number {
  const [, kibibytes] = new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status) ?? [];
  return (Number(kibibytes) * 1024) / 1e6;
}

/** The resident memory of a process with all its threads. */
export function residentMemory(pid: number): ResidentMemory {
  const status = readFileSync(STATUS(pid), 'utf8');
  return { nowMb: megabytes(status, 'VmRSS'), peakMb: megabytes(status, 'VmHWM') };
}

/** Has the system begin anew with the peak of a process. */
export function forgetPeak(pid: number): void {
  writeFileSync(`/proc/${pid}/clear_refs`, '5');
}
