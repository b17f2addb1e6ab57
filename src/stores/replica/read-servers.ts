import { AsyncLocalStorage } from 'node:async_hooks';
import pg from 'pg';
import type { ReadServers } from '../../services/read-servers.ts';
import { isLostConnection } from '../errors.ts';
import type { Replica } from './replica.ts';

/** The servers that are read from, and what reads by them. */
export type RoutedReads = ReadServers & {
  /** Stands for whichever server the present request reads from; outside of one that is the primary. For reads alone. */
  pool: pg.Pool;
  /** Leaves the replica for the rest of the request where it lacks the change `seq`. */
  reach(seq: bigint): Promise<void>;
};

/** What of a request is remembered: whether it still reads from the replica. */
type Course = { fromReplica: boolean };

/** A statement that the replica could not run for reasons of its own: it is gone, it cancelled, or it cannot write. */
const OWN_FAULTS = new Set(['40001', '40P01', '25006']);

function isFaultOfReplica(error: unknown): boolean {
  if (isLostConnection(error)) return true;
  return error instanceof pg.DatabaseError && OWN_FAULTS.has(error.code ?? '');
}

/** Chooses, request by request, between the primary server and a replica. */
export function createReadServers(primary: pg.Pool, replica: Replica): RoutedReads {
  const courses = new AsyncLocalStorage<Course>();

  /** Calls a method of the replica's pool, and where it fails through no fault of the statement, the primary's. */
  const elseAtPrimary =
    (method: 'query' | 'connect', course: Course) =>
    async (...args: unknown[]): Promise<unknown> => {
      try {
        return await Reflect.apply(replica.pool[method], replica.pool, args);
      } catch (error) {
        if (!isFaultOfReplica(error)) throw error;
        course.fromReplica = false;
        if (isLostConnection(error)) replica.failed(error);
        return Reflect.apply(primary[method], primary, args);
      }
    };

  const pool = new Proxy(primary, {
    get(target, name) {
      const course = courses.getStore();
      if (course?.fromReplica === true && (name === 'query' || name === 'connect')) return elseAtPrimary(name, course);
      const member: unknown = Reflect.get(target, name, target);
      return typeof member === 'function' ? member.bind(target) : member;
    },
  });

  return {
    pool,
    async readingFrom(seq, work) {
      const fromReplica = await replica.hasReached(seq);
      courses.run({ fromReplica }, work);
    },
    async reach(seq) {
      const course = courses.getStore();
      if (course?.fromReplica === true && !(await replica.hasReached(seq))) course.fromReplica = false;
    },
  };
}
