import { type Figure, figureOf } from './figure.ts';
import { canReadMemory, forgetPeak, residentMemory } from './process-memory.ts';

/** The memory of the service, phase by phase. */
export type MemoryLog = {
  /** Does some work and keeps the most memory that the service held in it. */
  during: <T>(pid: number, phase: string, work: () => Promise<T>) => Promise<T>;
  figures: () => Figure[];
};

/** Keeps the peaks of phases, where the system tells them. */
export function createMemoryLog(): MemoryLog {
  const figures: Figure[] = [];
  return {
    during: async (pid, phase, work) => {
      if (!canReadMemory) return work();
      forgetPeak(pid);
      const { nowMb } = residentMemory(pid);
      const result = await work();
      const { peakMb } = residentMemory(pid);
      const remark = `${nowMb.toFixed(0)} MB before it`;
      figures.push(figureOf(phase, [peakMb], 'MB', { remark }));
      return result;
    },
    figures: () => figures,
  };
}
