import { finished } from 'node:stream/promises';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { STAGE_COLUMNS } from '../readings/stage.ts';

const COPY_ROWS = `copy meter_day_stage (${STAGE_COLUMNS}) from stdin (format binary)`;

/** Sends batches of rows into the stage, one after the other. */
export type StageCopy = {
  /** Begins to send a batch once the one before has arrived; the caller meanwhile makes the next. */
  send(batch: Buffer): Promise<void>;
  /** Waits until the last batch has arrived. */
  finish(): Promise<void>;
};

/**
 * Makes a sender. Each batch is a COPY of its own, outside any transaction: a sender that is slow or never ends holds no
 * statement open, and nothing that vacuum would have to wait for.
 */
export function createStageCopy(client: pg.PoolClient): StageCopy {
  let running: Promise<void> = Promise.resolve();
  const copy = async (batch: Buffer): Promise<void> => {
    const stream = client.query(copyFrom(COPY_ROWS));
    stream.end(batch);
    await finished(stream);
  };
  return {
    async send(batch) {
      await running;
      running = copy(batch);
      // A failure is met by the next `send` or `finish`, never as an unhandled rejection.
      running.catch(() => undefined);
    },
    async finish() {
      await running;
    },
  };
}
