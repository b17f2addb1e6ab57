import { AsyncLocalStorage } from 'node:async_hooks';
import type pg from 'pg';
import type { ReadServers } from '../../services/read-servers.ts';
import { IN_SNAPSHOT } from '../snapshot.ts';
import { beginCourse, type Course, type ReadServer } from './course.ts';
import type { Replica } from './replica.ts';

/** The servers that are read from, and what reads by them. */
export type RoutedReads = ReadServers & {
  /** Stands for what the present request reads from; outside of one that is the primary server. For stores that read. */
  pool: pg.Pool;
  /** The server that the request reads from must have the change `seq`: what it reads from here on may be as of it. */
  reach(seq: bigint): Promise<void>;
  /** All that the request reads from here on is as of the change `seq`. */
  settleOn(seq: bigint): Promise<void>;
};

/** Gives each request one moment to read from, at the primary server or at a replica of it. */
export function createReadServers(pool: pg.Pool, snapshots: pg.Pool, replica: Replica | null): RoutedReads {
  const courses = new AsyncLocalStorage<Course>();
  const primary: ReadServer = { pool, snapshots, failed: () => undefined };
  const follower: ReadServer | null =
    replica === null ? null : { pool: replica.pool, snapshots: replica.snapshots, failed: replica.failed };
  const serverWith = async (seq: bigint): Promise<ReadServer> =>
    follower !== null && (await replica?.hasReached(seq)) === true ? follower : primary;

  const routed = new Proxy(pool, {
    get(target, name) {
      const course = courses.getStore();
      if (name === IN_SNAPSHOT) return course !== undefined;
      if (name === 'query' && course !== undefined) return (...args: unknown[]) => course.query(args);
      const member: unknown = Reflect.get(target, name, target);
      return typeof member === 'function' ? member.bind(target) : member;
    },
  });

  return {
    pool: routed,
    async readingFrom(seq, ended, work) {
      const course = beginCourse(follower === null ? primary : await serverWith(seq), primary);
      ended.then(() => course.end());
      courses.run(course, work);
    },
    async reach(seq) {
      await courses.getStore()?.beginAnew(await serverWith(seq));
    },
    async settleOn(seq) {
      await courses.getStore()?.settle(await serverWith(seq));
    },
  };
}
